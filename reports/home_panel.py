"""Exports on the home page of who asked for them."""

from datetime import datetime, timedelta

from django.db.models import Q, QuerySet

from accounts.home_panels import HomePanel
from accounts.models import User
from reports.models import Export

NEWS = timedelta(days=3)  # for so long one that failed is told of


def exports(user: User, now: datetime) -> QuerySet[Export]:
    """This person's exports that are ready and not fetched yet, and those that failed recently."""
    kept = Q(state=Export.State.DONE, deleted_at=None, downloaded_at=None, expires_at__gt=now)
    failed = Q(state=Export.State.FAILED, finished_at__gt=now - NEWS)
    return Export.objects.visible_to(user).filter(kept | failed)


EXPORTS = HomePanel("exports", "Exports", "reports/home_panel.html", exports)
