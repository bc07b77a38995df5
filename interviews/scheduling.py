"""Scheduling interviews, moving and cancelling them. Each step is one transaction."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.models import User
from interviews import scorecard_facts
from interviews.conflicts_of_interest import is_candidate
from interviews.locks import lock_loop, loop_stream
from interviews.models import Interview, InterviewQuerySet, Loop, Seat
from interviews.refusals import Refused
from interviews.signals import interviews_changed, loop_changed


@transaction.atomic
def schedule(
    by: User,
    loop: Loop,
    *,
    round: str,
    starts_at: datetime,
    ends_at: datetime,
    **people: User | None,
) -> Interview:
    """One round with the people who sit in it, by role. Raises Refused."""
    interview = Interview.objects.create(
        loop=loop, round=round, starts_at=starts_at, ends_at=ends_at
    )
    _seat(interview, people)
    _announce(by, "interview.scheduled", interview, round=round)
    return interview


@transaction.atomic
def reschedule(
    by: User,
    interview: Interview,
    *,
    round: str,
    starts_at: datetime,
    ends_at: datetime,
    **people: User | None,
) -> None:
    """Move a round, or change who sits in it. A seat with a scorecard stays as it is."""
    lock_loop(interview.loop)  # before the row: everybody takes the two in this order
    before = Interview.objects.select_for_update().get(pk=interview.pk)
    if before.cancelled_at:
        raise Refused("This interview was cancelled meanwhile. Add another one.", "round")
    if before.round != round and begun(before):
        raise Refused(
            "Notes have been taken in this round, and they are about it. Add another interview;"
            " cancel this one if it does not count, and its notes stay.",
            "round",
        )
    Interview.objects.filter(pk=interview.pk).update(
        round=round, starts_at=starts_at, ends_at=ends_at, day=None
    )
    _seat(interview, people)
    _announce(by, "interview.changed", interview, round=round)


@transaction.atomic
def cancel(by: User, interview: Interview) -> None:
    """The round does not take place; scorecards that were begun in it stay (see `begun`)."""
    lock_loop(interview.loop)
    now = timezone.now()
    if Interview.objects.filter(pk=interview.pk, cancelled_at=None).update(cancelled_at=now):
        _announce(by, "interview.cancelled", interview)


def begun(interview: Interview) -> list[User]:
    """People whose scorecard of this interview was begun: it outlives a cancelled interview."""
    seats = interview.seats.filter(scorecard_facts.begun())
    return [seat.person for seat in seats.select_related("person")]


def overlapping(
    seen: InterviewQuerySet, people: Iterable[User], starts_at: datetime, ends_at: datetime
) -> list[Seat]:
    """Seats of these people at the same time, in interviews out of `seen`. One query."""
    same_time = seen.filter(cancelled_at=None, starts_at__lt=ends_at, ends_at__gt=starts_at)
    seats = Seat.objects.filter(interview__in=same_time, person__in=list(people))
    return list(seats.select_related("person", "interview__loop__candidate"))


def _announce(by: User, action: str, interview: Interview, **payload: str) -> None:
    loop = interview.loop
    audit.record(by, action, interview, stream=loop_stream(loop), **payload)
    loop_changed.send(sender=Loop, loop=loop, by=by)
    interviews_changed.send(sender=Interview, interviews=[interview], by=by)


def _seat(interview: Interview, people: dict[str, User | None]) -> None:
    """Fill the seats as asked; raises Refused where that would unseat a scorecard."""
    wanted = {role: person for role, person in people.items() if person}
    if len(set(wanted.values())) < len(wanted):
        raise Refused("One person cannot have two seats in one interview.", "shadow")
    writing = begun(interview)
    for seat in interview.seats.select_related("person"):
        if wanted.get(seat.role) == seat.person:
            del wanted[seat.role]
        elif seat.person in writing:
            raise Refused(
                f"{seat.person} has begun a scorecard here and keeps the seat. Add the other one as"
                " second interviewer, or cancel this interview, whose notes stay, and add another.",
                seat.role,
            )
        else:
            seat.delete()
    for role, who in wanted.items():
        if not who.is_active:
            raise Refused(f"{who} has left. Choose somebody else.", role)
        if is_candidate(who, interview.loop):
            raise Refused(f"{who} is the candidate. Choose somebody else.", role)
        Seat.objects.create(interview=interview, person=who, role=role)
