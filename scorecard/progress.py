"""Where a loop's scorecards stand, as one reader may know it.

Whoever still owes a scorecard for the candidate learns nothing about their colleagues': neither
who has handed one in nor how many there are.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.db.models import Case, Count, Exists, F, Max, Min, OuterRef, Q, QuerySet, Value, When
from django.utils import timezone

from accounts.models import User
from interviews.models import Interview, Loop, Seat, SeatRole
from scorecard.models import Scorecard
from scorecard.models.card import due_seats

GRACE = timedelta(hours=24)  # after an interview's end a scorecard is due, then late

IN_ORDER = ("interview__starts_at", "interview__day", "interview", "role")
SHOWN_OF_A_SEAT = (
    *(f"interview__{name}" for name in ("loop", "round", "starts_at", "ends_at", "day")),
    *("interview__cancelled_at", "person__name", "person__is_active"),
)
# Of loops: the interviews that are held, the seats whose scorecard is waited for, those handed in.
HELD = Q(interviews__cancelled_at=None)
WAITED_FOR = HELD & Q(interviews__seats__role__in=[SeatRole.LEAD, SeatRole.SECOND])
HANDED_IN = Q(interviews__seats__scorecard__submitted_at__isnull=False)


class Stage(StrEnum):
    """How far a loop is; `YOURS` hides every other from those who owe a scorecard."""

    YOURS = "yours"
    EMPTY = "empty"
    RUNNING = "running"
    MISSING = "missing"
    COMPLETE = "complete"


STAGES = {
    Stage.YOURS: "Needs your scorecard",
    Stage.EMPTY: "Nothing scheduled",
    Stage.RUNNING: "Interviews to come",
    Stage.MISSING: "Scorecards missing",
    Stage.COMPLETE: "All scorecards in",
}


class State(StrEnum):
    AHEAD = "ahead"
    DUE = "due"
    LATE = "late"
    IN = "in"
    HIDDEN = "hidden"
    CANCELLED = "cancelled"


@dataclass(frozen=True)
class SeatStatus:
    """One seat and what the reader may know of its scorecard; `card` where they may read it."""

    seat: Seat
    state: State
    mine: bool = False
    late_by: timedelta = timedelta()
    card: Scorecard | None = None

    @property
    def is_shadow(self) -> bool:
        return self.seat.role == SeatRole.SHADOW


def end_of(interview: Interview) -> datetime | None:
    """When an interview is over; one that a calendar gives only a day for, at its midnight."""
    if interview.ends_at or not interview.day:
        return interview.ends_at
    return timezone.make_aware(datetime.combine(interview.day + timedelta(days=1), time.min))


def with_progress(loops: QuerySet[Loop], reader: User | None, now: datetime) -> QuerySet[Any]:
    """Adds `owes`, `planned`, `handed_in`, `overdue`, `stage`, `first_at`, `last_at`.

    `overdue` counts interviews that are over without their scorecard. Shadows count nowhere.
    Of a loop that is visible to the reader, every card that was handed in is as well, unless they
    owe one: so the counts need no second look at who may see which card; who owes gets 0. Without a
    reader it is an operator, who owes none.

    All are counted in one join, a row a seat: `loops` must have none of its own to many rows. For
    whom the reader owes is asked at once, in a query of its own.
    """
    owes = Q(candidate__in=_owed_by(reader) if reader else [])
    return loops.annotate(
        owes=Case(When(owes, then=Value(True)), default=Value(False)),
        planned=Count("interviews__seats", filter=WAITED_FOR),
        handed_in=_unless(owes, Count("interviews__seats", filter=WAITED_FOR & HANDED_IN)),
        overdue=_unless(owes, Count("interviews__seats", filter=_overdue(now))),
        first_at=Min("interviews__starts_at", filter=HELD),
        last_at=Max("interviews__starts_at", filter=HELD),
    ).annotate(
        stage=Case(
            When(owes, then=Value(Stage.YOURS.value)),
            When(planned=0, then=Value(Stage.EMPTY.value)),
            When(planned=F("handed_in"), then=Value(Stage.COMPLETE.value)),
            When(overdue__gt=0, then=Value(Stage.MISSING.value)),
            default=Value(Stage.RUNNING.value),
        )
    )


def late(loops: QuerySet[Loop], reader: User, now: datetime) -> QuerySet[Loop]:
    """Those that would have `overdue` scorecards, found without counting the others'."""
    waiting = Loop.objects.filter(_overdue(now), pk=OuterRef("pk")).order_by()
    return loops.filter(Exists(waiting)).exclude(candidate__in=_owed_by(reader))


def _overdue(now: datetime) -> Q:
    over = Q(interviews__ends_at__lt=now) | Q(interviews__day__lt=now.date())
    return WAITED_FOR & over & Q(interviews__seats__scorecard__submitted_at=None)


def _unless(owes: Q, count: Count) -> Case:
    return Case(When(owes, then=Value(0)), default=count)


def _owed_by(reader: User) -> list[UUID]:
    """The candidates for whom this person still owes a scorecard: few."""
    return list(due_seats(reader).values_list("interview__loop__candidate", flat=True).order_by())


def statuses(loop: Loop, reader: User, now: datetime) -> dict[Interview, list[SeatStatus]]:
    """Every interview of the loop in order, with who sits in it. Three queries."""
    seats = Seat.objects.filter(interview__loop=loop).select_related("interview", "person")
    owed = due_seats(reader).filter(interview__loop__candidate=loop.candidate_id).exists()
    return _by_interview(seats, reader, now, hidden=owed)


def statuses_of_loops(
    loops: Iterable[Any], reader: User, now: datetime
) -> dict[Loop, dict[Interview, list[SeatStatus]]]:
    """The same for many loops, without `card`. One query.

    The loops come out of `with_progress` and `with_packet_status`.
    A loop's cards are open as `Scorecard.visible_to` opens them: to those who read its packet and
    to those who sit in it, unless they owe one.
    """
    known = {loop.pk: loop for loop in loops}
    of_loops = Seat.objects.filter(interview__loop__in=known).select_related("interview", "person")
    shown = of_loops.only("role", *SHOWN_OF_A_SEAT).order_by(*IN_ORDER)
    seats: list[Any] = list(shown.annotate(in_at=F("scorecard__submitted_at")))
    sat_in = {seat.interview.loop_id for seat in seats if _is_held_by(seat, reader)}
    found: dict[Loop, dict[Interview, list[SeatStatus]]] = {loop: {} for loop in known.values()}
    for seat in seats:
        loop, mine = known[seat.interview.loop_id], seat.person_id == reader.pk
        is_open = mine or loop.packet_status.is_read or loop.pk in sat_in
        if loop.owes and not mine:
            state, late = State.HIDDEN, timedelta()
        else:
            state, late = _state(seat.interview, seat.in_at if is_open else None, now)
        found[loop].setdefault(seat.interview, []).append(SeatStatus(seat, state, mine, late))
    return found


def _is_held_by(seat: Seat, person: User) -> bool:
    return seat.person_id == person.pk and seat.interview.cancelled_at is None


def overdue_statuses(
    loops: Iterable[Any], reader: User, now: datetime
) -> dict[Loop, list[SeatStatus]]:
    """Of loops out of `with_progress`: the seats whose scorecard is due or late, by loop."""
    known = {loop.pk: loop for loop in loops if not loop.owes and loop.overdue}
    seats = Seat.objects.filter(interview__loop__in=known, interview__cancelled_at=None)
    seats = seats.exclude(role=SeatRole.SHADOW).select_related("interview", "person")
    found: dict[Loop, list[SeatStatus]] = defaultdict(list)
    for interview, those in _by_interview(seats, reader, now).items():
        waited = [status for status in those if status.state in (State.DUE, State.LATE)]
        if waited:
            found[known[interview.loop_id]] += waited
    return dict(found)


def my_statuses(reader: User, now: datetime, handed_in_since: datetime) -> list[SeatStatus]:
    """The reader's own seats in order of time, without those cancelled or handed in long ago."""
    recent = Q(scorecard=None) | Q(scorecard__submitted_at=None)
    recent |= Q(scorecard__submitted_at__gt=handed_in_since)
    seats = (
        Seat.objects.of(reader)
        .filter(recent)
        .select_related("interview__loop__candidate", "interview__loop__opening", "person")
    )
    return [status for those in _by_interview(seats, reader, now).values() for status in those]


def _by_interview(
    seats: QuerySet[Seat], reader: User, now: datetime, *, hidden: bool = False
) -> dict[Interview, list[SeatStatus]]:
    seats = seats.order_by(*IN_ORDER)
    cards = Scorecard.objects.visible_to(reader).filter(seat__in=list(seats))
    by_seat = {card.seat_id: card for card in cards.only("seat", "submitted_at")}
    found: dict[Interview, list[SeatStatus]] = defaultdict(list)
    for seat in seats:
        mine, card = seat.person_id == reader.pk, by_seat.get(seat.pk)
        if hidden and not mine:
            state, late = State.HIDDEN, timedelta()
        else:
            state, late = _state(seat.interview, card.submitted_at if card else None, now)
        found[seat.interview].append(SeatStatus(seat, state, mine, late, card))
    return dict(found)


def _state(
    interview: Interview, handed_in_at: datetime | None, now: datetime
) -> tuple[State, timedelta]:
    """With how long after the interview's end the card came, or has been missing."""
    end = end_of(interview)
    if handed_in_at:
        return State.IN, handed_in_at - end if end else timedelta()
    if interview.cancelled_at:
        return State.CANCELLED, timedelta()
    if end is None or now < end:
        return State.AHEAD, timedelta()
    return (State.LATE if now - end > GRACE else State.DUE), now - end
