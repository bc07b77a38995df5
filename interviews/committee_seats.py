"""Who sits in a loop's committee: seats, the chair, recusals. Each step is one transaction."""

from collections import defaultdict
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.models import Role, User
from interviews import conflicts_of_interest
from interviews.locks import lock_loop, loop_stream
from interviews.models import CommitteeSeat, Loop, OpeningSeat
from interviews.refusals import Refused
from interviews.signals import committee_changed


def seat_committee_of_opening(*loops: Loop) -> None:
    """Copy the opening's committee into new loops. Two queries for any number of loops.

    Leaves out people who have left or lost the role, and the candidate.
    """
    seats = OpeningSeat.objects.filter(
        opening__in={loop.opening_id for loop in loops},
        person__is_active=True,
        person__roles__contains=[Role.COMMITTEE],
    )
    by_opening: dict[UUID, list[OpeningSeat]] = defaultdict(list)
    for seat in seats.select_related("person"):
        by_opening[seat.opening_id].append(seat)
    CommitteeSeat.objects.bulk_create(
        CommitteeSeat(loop=loop, person=seat.person, is_chair=seat.is_chair)
        for loop in loops
        for seat in by_opening[loop.opening_id]
        if not conflicts_of_interest.is_candidate(seat.person, loop)
    )


@transaction.atomic
def add_seat(by: User, loop: Loop, person: User, *, is_chair: bool) -> CommitteeSeat:
    """Raises Refused: seated already, a conflict of interest, or the chair is taken."""
    lock_loop(loop)
    if loop.committee_seats.filter(person=person).exists():
        raise Refused(f"{person} has a seat in this committee already.", "person")
    why = conflicts_of_interest.found(loop, [person]).get(person.pk)
    if why:
        raise Refused(f"{person} {why}. Choose somebody without that stake.", "person")
    if is_chair:
        if loop.committee_seats.sitting().filter(is_chair=True).exists():
            raise Refused("This committee has a chair already.", "is_chair")
        _leave_the_chair(loop)
    seat = CommitteeSeat.objects.create(loop=loop, person=person, is_chair=is_chair)
    _announce(by, "committee.seated", seat)
    return seat


@transaction.atomic
def make_chair(by: User, seat: CommitteeSeat) -> None:
    """Hand the chair to this member. Raises Refused where they are recused meanwhile."""
    lock_loop(seat.loop)
    if not seat.loop.committee_seats.sitting().filter(pk=seat.pk).exists():
        raise Refused(f"{seat.person} is recused and cannot take the chair.", "person")
    _leave_the_chair(seat.loop)
    CommitteeSeat.objects.filter(pk=seat.pk).update(is_chair=True)
    _announce(by, "committee.chair", seat)


def _leave_the_chair(loop: Loop) -> None:
    """Nobody holds the chair any more, not even a member with a conflict that was found."""
    loop.committee_seats.filter(is_chair=True, recused_at=None).update(is_chair=False)


@transaction.atomic
def recuse(by: User, seat: CommitteeSeat, reason: str) -> None:
    """Close the whole loop to this member from now on. `by` is a recruiter or the member."""
    lock_loop(seat.loop)  # before the row: everybody takes the two in this order
    rows = CommitteeSeat.objects.filter(pk=seat.pk, recused_at=None)
    if rows.update(recused_at=timezone.now(), recusal_reason=reason.strip()):
        _announce(by, "committee.recused", seat)


def _announce(by: User, action: str, seat: CommitteeSeat) -> None:
    audit.record(by, action, seat, stream=loop_stream(seat.loop), person=seat.person.email)
    committee_changed.send(sender=Loop, loop=seat.loop, by=by)
