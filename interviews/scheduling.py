"""Setting up openings, loops, interviews and committees. Each step is one transaction."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.emails import normalise_email
from accounts.models import User
from interviews import conflicts_of_interest, scorecard_facts
from interviews.locks import lock_loop, loop_stream
from interviews.models import (
    Candidate,
    CommitteeSeat,
    Interview,
    InterviewQuerySet,
    Loop,
    Opening,
    Seat,
    SeatRole,
)
from interviews.openings import is_candidate, seat_committee_of_opening
from interviews.signals import committee_changed, interviews_changed, loop_changed

YOURSELF = "You are this candidate. Somebody else has to plan your interviews."
NOT_YOURS = "This loop is not yours to plan. Ask another recruiter."


class CannotSchedule(Exception):
    """Why something cannot be scheduled; `field` names the input at fault."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


@transaction.atomic
def add_loop(
    by: User, opening: Opening, *, name: str, email: str, current_title: str, current_company: str
) -> Loop:
    """A loop for a candidate, who is known by e-mail: the same one again is the same person.

    Raises CannotSchedule where there is a loop for this opening already, and where `by` may not
    know of the loop: one that they cannot see, they cannot make either.
    """
    email = normalise_email(email)
    if email == by.email:
        raise CannotSchedule("email", YOURSELF)
    candidate, _ = Candidate.objects.get_or_create(
        email=email,
        defaults={
            "name": name.strip(),
            "current_title": current_title,
            "current_company": current_company,
        },
    )
    loop, made = Loop.objects.get_or_create(opening=opening, candidate=candidate)
    if not Loop.objects.visible_to(by).filter(pk=loop.pk).exists():
        raise CannotSchedule("email", NOT_YOURS)
    if not made:
        raise CannotSchedule("email", "This candidate has a loop for this opening already.")
    seat_committee_of_opening(loop)
    audit.record(by, "loop.added", loop, stream=loop_stream(loop))
    return loop


@transaction.atomic
def schedule(
    by: User,
    loop: Loop,
    *,
    round: str,
    starts_at: datetime,
    ends_at: datetime,
    lead: User,
    second: User | None = None,
    shadow: User | None = None,
) -> Interview:
    """One round with the people who sit in it. Raises CannotSchedule."""
    interview = Interview.objects.create(
        loop=loop, round=round, starts_at=starts_at, ends_at=ends_at
    )
    _seat(interview, lead=lead, second=second, shadow=shadow)
    audit.record(by, "interview.scheduled", interview, stream=loop_stream(loop), round=round)
    loop_changed.send(sender=Loop, loop=loop, by=by)
    interviews_changed.send(sender=Interview, interviews=[interview], by=by)
    return interview


@transaction.atomic
def reschedule(
    by: User,
    interview: Interview,
    *,
    round: str,
    starts_at: datetime,
    ends_at: datetime,
    lead: User,
    second: User | None = None,
    shadow: User | None = None,
) -> None:
    """Move a round, or change who sits in it. A seat with a scorecard stays as it is."""
    lock_loop(interview.loop)  # before the row: everybody takes the two in this order
    before = Interview.objects.select_for_update().get(pk=interview.pk)
    if before.cancelled_at:
        raise CannotSchedule("round", "This interview was cancelled meanwhile. Add another one.")
    begun = before.seats.filter(scorecard_facts.begun())
    if before.round != round and begun.exists():
        raise CannotSchedule(
            "round",
            "Notes have been taken in this round, and they are about it. Add another interview;"
            " cancel this one if it does not count, and its notes stay.",
        )
    Interview.objects.filter(pk=interview.pk).update(
        round=round, starts_at=starts_at, ends_at=ends_at, day=None
    )
    _seat(interview, lead=lead, second=second, shadow=shadow)
    audit.record(
        by, "interview.changed", interview, stream=loop_stream(interview.loop), round=round
    )
    loop_changed.send(sender=Loop, loop=interview.loop, by=by)
    interviews_changed.send(sender=Interview, interviews=[interview], by=by)


@transaction.atomic
def cancel(by: User, interview: Interview) -> None:
    """The round does not take place; scorecards that were begun in it stay (see `begun`)."""
    lock_loop(interview.loop)
    now = timezone.now()
    if Interview.objects.filter(pk=interview.pk, cancelled_at=None).update(cancelled_at=now):
        audit.record(by, "interview.cancelled", interview, stream=loop_stream(interview.loop))
        loop_changed.send(sender=Loop, loop=interview.loop, by=by)
        interviews_changed.send(sender=Interview, interviews=[interview], by=by)


def begun(interview: Interview) -> list[User]:
    """People whose scorecard of this interview was begun: it outlives a cancelled interview."""
    return [
        seat.person
        for seat in interview.seats.filter(scorecard_facts.begun()).select_related("person")
    ]


def overlapping(
    seen: InterviewQuerySet, people: Iterable[User], starts_at: datetime, ends_at: datetime
) -> list[Seat]:
    """Seats of these people at the same time, in interviews out of `seen`. One query."""
    same_time = seen.filter(cancelled_at=None, starts_at__lt=ends_at, ends_at__gt=starts_at)
    seats = Seat.objects.filter(interview__in=same_time, person__in=list(people))
    return list(seats.select_related("person", "interview__loop__candidate"))


@transaction.atomic
def change_candidate(by: User, candidate: Candidate) -> None:
    """Save the candidate, and have their packets rebuilt. Raises CannotSchedule.

    Nobody becomes the candidate of a loop that they sit in, by account or by e-mail; they have to
    give up the seat first.
    """
    loops = list(candidate.loops.select_related("opening").order_by("pk"))
    for field, person in (("account", candidate.account), ("email", _known_by(candidate.email))):
        if person and _sits_in_one_of(loops, person):
            raise CannotSchedule(
                field,
                f"{person} sits in a loop of this candidate. Give the seat to somebody else, or"
                " recuse them from the committee, and then say that it is them.",
            )
    candidate.save()
    audit.record(by, "candidate.changed", candidate)
    for loop in loops:
        loop_changed.send(sender=Loop, loop=loop, by=by)


def _known_by(email: str) -> User | None:
    return User.objects.filter(email=email).first()


def _sits_in_one_of(loops: list[Loop], person: User) -> bool:
    seats = CommitteeSeat.objects.filter(person=person, loop__in=loops, recused_at=None)
    return person.seats.filter(interview__loop__in=loops).exists() or seats.exists()


@transaction.atomic
def seat_committee(by: User, loop: Loop, person: User, *, is_chair: bool) -> CommitteeSeat:
    """Raises CannotSchedule: seated already, a conflict of interest, or the chair is taken."""
    lock_loop(loop)
    if loop.committee_seats.filter(person=person).exists():
        raise CannotSchedule("person", f"{person} has a seat in this committee already.")
    why = conflicts_of_interest.found(loop, [person]).get(person.pk)
    if why:
        raise CannotSchedule("person", f"{person} {why}. Choose somebody without that stake.")
    if is_chair:
        if loop.committee_seats.sitting().filter(is_chair=True).exists():
            raise CannotSchedule("is_chair", "This committee has a chair already.")
        _leave_the_chair(loop)
    seat = CommitteeSeat.objects.create(loop=loop, person=person, is_chair=is_chair)
    audit.record(by, "committee.seated", seat, stream=loop_stream(loop), person=person.email)
    committee_changed.send(sender=Loop, loop=loop, by=by)
    return seat


@transaction.atomic
def make_chair(by: User, seat: CommitteeSeat) -> None:
    """Hand the chair to this member. Raises CannotSchedule where they are recused meanwhile."""
    loop = seat.loop
    lock_loop(loop)
    if not loop.committee_seats.sitting().filter(pk=seat.pk).exists():
        raise CannotSchedule("person", f"{seat.person} is recused and cannot take the chair.")
    _leave_the_chair(loop)
    CommitteeSeat.objects.filter(pk=seat.pk).update(is_chair=True)
    audit.record(by, "committee.chair", seat, stream=loop_stream(loop), person=seat.person.email)
    committee_changed.send(sender=Loop, loop=loop, by=by)


def _leave_the_chair(loop: Loop) -> None:
    """Nobody holds the chair any more, not even a member with a conflict that was found."""
    loop.committee_seats.filter(is_chair=True, recused_at=None).update(is_chair=False)


@transaction.atomic
def recuse(by: User, seat: CommitteeSeat, reason: str) -> None:
    """Close the whole loop to this member from now on. `by` is a recruiter or the member."""
    lock_loop(seat.loop)  # before the row: everybody takes the two in this order
    rows = CommitteeSeat.objects.filter(pk=seat.pk, recused_at=None)
    if rows.update(recused_at=timezone.now(), recusal_reason=reason.strip()):
        audit.record(
            by, "committee.recused", seat, stream=loop_stream(seat.loop), person=seat.person.email
        )
        committee_changed.send(sender=Loop, loop=seat.loop, by=by)


def _seat(interview: Interview, **people: User | None) -> None:
    """Fill the seats as asked; raises CannotSchedule where that would unseat a scorecard."""
    wanted = {SeatRole(role): person for role, person in people.items() if person}
    if len(set(wanted.values())) < len(wanted):
        raise CannotSchedule("shadow", "One person cannot have two seats in one interview.")
    kept = []
    for seat in interview.seats.select_related("person").annotate(is_begun=scorecard_facts.begun()):
        if wanted.get(SeatRole(seat.role)) == seat.person:
            kept.append(seat.role)
        elif seat.is_begun:
            raise CannotSchedule(
                seat.role,
                f"{seat.person} has begun a scorecard here and keeps the seat. Add the other one as"
                " second interviewer, or cancel this interview, whose notes stay, and add another.",
            )
        else:
            seat.delete()
    new = {role: who for role, who in wanted.items() if role not in kept}
    for role, who in new.items():
        if not who.is_active:
            raise CannotSchedule(role, f"{who} has left. Choose somebody else.")
        if is_candidate(who, interview.loop):
            raise CannotSchedule(role, f"{who} is the candidate. Choose somebody else.")
    _add_seats(interview, new)


def _add_seats(interview: Interview, people: dict[SeatRole, User]) -> Sequence[Seat]:
    return [
        Seat.objects.create(interview=interview, person=who, role=role)
        for role, who in people.items()
    ]
