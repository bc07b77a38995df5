"""Saving an opening, its bar, and who sits in the committee of its new loops."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction

from accounts import audit
from accounts.models import User
from interviews.models import Opening, OpeningSeat
from interviews.signals import opening_changed

MEASURED = ("title", "level", "rounds")  # what a packet says of its opening, besides the bar


@transaction.atomic
def save_opening(
    by: User,
    opening: Opening,
    *,
    committee: Iterable[User] | None = None,
    chair: User | None = None,
) -> Opening:
    """Add or change an opening, and who sits on the committee of its next loops where given."""
    before = Opening.objects.select_for_update().filter(pk=opening.pk).first()
    opening.save()
    action = "opening.changed" if before else "opening.added"
    audit.record(by, action, opening, level=opening.level, rounds=opening.rounds)
    if committee is not None:
        opening.committee_seats.all().delete()
        OpeningSeat.objects.bulk_create(
            OpeningSeat(opening=opening, person=person, is_chair=person == chair)
            for person in {*committee, *([chair] if chair else [])}
        )
    if before and any(getattr(before, name) != getattr(opening, name) for name in MEASURED):
        opening_changed.send(sender=Opening, opening=opening, by=by)
    return opening


@transaction.atomic
def change_bar(by: User, opening: Opening, bar: dict[str, Any]) -> bool:
    """Set the opening's own bar, {} for that of its level; whether that changed anything.

    The caller has checked `bar` against the rubric. Packets measured against the old bar are marked
    as superseded.
    """
    row = Opening.objects.select_for_update().get(pk=opening.pk)
    if row.bar == bar:
        return False
    Opening.objects.filter(pk=row.pk).update(bar=bar)
    audit.record(by, "opening.bar-changed", opening, before=row.bar, after=bar)
    opening.bar = row.bar = bar
    opening_changed.send(sender=Opening, opening=row, by=by)
    return True
