"""Who sees which mail in the local mailbox, and for how long it is kept."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Q, QuerySet

from accounts.models import User
from mail.models import LocalMail
from scorecard.access import loops_read_by

KEPT = timedelta(days=30)


def mails_for(user: User) -> QuerySet[LocalMail]:
    """One's own. In a demo recruiters see those to others too, of loops that they may read.

    What tells of no loop (a ready export, a lost password) is nobody else's even there.
    """
    whose = Q(person=user)
    if settings.DEMO and user.is_recruiter:
        whose |= Q(loop__in=loops_read_by(user).values("pk"))
    return LocalMail.objects.filter(whose)


def forget(now: datetime) -> int:
    """Delete what is older than `KEPT`; how many there were."""
    return LocalMail.objects.filter(sent_at__lt=now - KEPT).delete()[0]
