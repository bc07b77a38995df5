"""Where a loop's scorecards stand, as one reader may know it.

Whoever still owes a scorecard for the candidate learns nothing about their colleagues': neither
who has handed one in nor how many there are.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum

from django.db.models import (
    Case,
    Count,
    F,
    IntegerField,
    Max,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce
from django.utils import timezone

from accounts.models import User
from hiring_committee.models import Packet, PacketRequest
from interviews.models import Interview, Loop, Seat, SeatRole
from scorecard.models import Scorecard
from scorecard.models.card import owes_for

GRACE = timedelta(hours=24)  # after an interview's end a scorecard is due, then late


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
class Place:
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


def with_progress(loops: QuerySet[Loop], reader: User | None, now: datetime) -> QuerySet[Loop]:
    """Adds `owes`, `planned`, `handed_in`, `overdue`, `stage`, `first_at`, `last_at`.

    `overdue` counts interviews that are over without their scorecard. Shadows count nowhere.
    Of a loop that is visible to the reader, every card that was handed in is as well, unless they
    owe one: so the counts need no second look at who may see which card; who owes gets 0. Without a
    reader it is an operator, who owes none.
    """
    seats = Seat.objects.filter(interview__loop=OuterRef("pk"), interview__cancelled_at=None)
    seats = seats.exclude(role=SeatRole.SHADOW)
    handed_in = Q(scorecard__submitted_at__isnull=False)
    over = Q(interview__ends_at__lt=now) | Q(interview__day__lt=now.date())
    interviews = Interview.objects.filter(loop=OuterRef("pk"), cancelled_at=None)
    return loops.annotate(
        owes=owes_for(reader, "candidate") if reader else Value(False),
        planned=_count(seats),
        handed_in=_unless_owing(_count(seats.filter(handed_in))),
        overdue=_unless_owing(_count(seats.filter(over).exclude(handed_in))),
        first_at=_moment(interviews, Min),
        last_at=_moment(interviews, Max),
    ).annotate(
        stage=Case(
            When(owes=True, then=Value(Stage.YOURS.value)),
            When(planned=0, then=Value(Stage.EMPTY.value)),
            When(planned=F("handed_in"), then=Value(Stage.COMPLETE.value)),
            When(overdue__gt=0, then=Value(Stage.MISSING.value)),
            default=Value(Stage.RUNNING.value),
        )
    )


def _unless_owing(count: Coalesce) -> Case:
    return Case(When(owes=True, then=Value(0)), default=count)


def with_packets(loops: QuerySet[Loop], reader: User) -> QuerySet[Loop]:
    """Adds `packet` and `packet_version` of the current one, and the state of the last request.

    All three are empty where the reader may not read packets.
    """
    current = Packet.objects.visible_to(reader).current().filter(loop=OuterRef("pk"))
    requests = PacketRequest.objects.visible_to(reader).filter(loop=OuterRef("pk"))
    return loops.annotate(
        packet=Subquery(current.values("pk")[:1]),
        packet_version=Subquery(current.values("version")[:1]),
        request_state=Subquery(requests.order_by("-requested_at").values("state")[:1]),
    )


def places(loop: Loop, reader: User, now: datetime) -> dict[Interview, list[Place]]:
    """Every interview of the loop in order, with who sits in it. Three queries."""
    seats = Seat.objects.filter(interview__loop=loop).select_related("interview", "person")
    return _by_interview(seats, reader, now, hidden=_owes(loop, reader))


def places_of(
    loops: Iterable[Loop], reader: User, now: datetime
) -> dict[Loop, dict[Interview, list[Place]]]:
    """The same for many loops out of `with_progress`; two queries, or four where some are owed."""
    known = {loop.pk: loop for loop in loops}
    found: dict[Loop, dict[Interview, list[Place]]] = defaultdict(dict)
    for owes in (False, True):
        those = [pk for pk, loop in known.items() if loop.owes == owes]
        seats = Seat.objects.filter(interview__loop__in=those)
        seats = seats.select_related("interview", "person")
        if those:
            for interview, places in _by_interview(seats, reader, now, hidden=owes).items():
                found[known[interview.loop_id]][interview] = places
    return dict(found)


def overdue_places(loops: Iterable[Loop], reader: User, now: datetime) -> dict[Loop, list[Place]]:
    """Of loops out of `with_progress`: the seats whose scorecard is due or late, by loop."""
    known = {loop.pk: loop for loop in loops if not loop.owes and loop.overdue}
    seats = Seat.objects.filter(interview__loop__in=known, interview__cancelled_at=None)
    seats = seats.exclude(role=SeatRole.SHADOW).select_related("interview", "person")
    found: dict[Loop, list[Place]] = defaultdict(list)
    for interview, those in _by_interview(seats, reader, now, hidden=False).items():
        waited = [place for place in those if place.state in (State.DUE, State.LATE)]
        if waited:
            found[known[interview.loop_id]] += waited
    return dict(found)


def my_places(reader: User, now: datetime, handed_in_since: datetime) -> list[Place]:
    """The reader's own seats in order of time, without those cancelled or handed in long ago."""
    recent = Q(scorecard=None) | Q(scorecard__submitted_at=None)
    recent |= Q(scorecard__submitted_at__gt=handed_in_since)
    seats = (
        Seat.objects.of(reader)
        .filter(recent)
        .select_related("interview__loop__candidate", "interview__loop__opening", "person")
    )
    return [place for those in _by_interview(seats, reader, now).values() for place in those]


def _by_interview(
    seats: QuerySet[Seat], reader: User, now: datetime, *, hidden: bool = False
) -> dict[Interview, list[Place]]:
    seats = seats.order_by("interview__starts_at", "interview__day", "interview", "role")
    cards = Scorecard.objects.visible_to(reader).filter(seat__in=seats.order_by())
    by_seat = {card.seat_id: card for card in cards}
    found: dict[Interview, list[Place]] = defaultdict(list)
    for seat in seats:
        mine = seat.person_id == reader.pk
        if hidden and not mine:
            state, late = State.HIDDEN, timedelta()
        else:
            state, late = _state(seat.interview, by_seat.get(seat.pk), now)
        found[seat.interview].append(Place(seat, state, mine, late, by_seat.get(seat.pk)))
    return dict(found)


def _state(interview: Interview, card: Scorecard | None, now: datetime) -> tuple[State, timedelta]:
    """With how long after the interview's end the card came, or has been missing."""
    end = end_of(interview)
    if card and card.submitted_at:
        return State.IN, card.submitted_at - end if end else timedelta()
    if interview.cancelled_at:
        return State.CANCELLED, timedelta()
    if end is None or now < end:
        return State.AHEAD, timedelta()
    return (State.LATE if now - end > GRACE else State.DUE), now - end


def _owes(loop: Loop, reader: User) -> bool:
    return Loop.objects.filter(pk=loop.pk).filter(owes_for(reader, "candidate")).exists()


def _count(seats: QuerySet[Seat]) -> Coalesce:
    """How many rows, as a subquery: a join would count them once for each other join."""
    counted = seats.order_by().values("interview__loop").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


def _moment(interviews: QuerySet[Interview], which: type[Min] | type[Max]) -> Subquery:
    moments = interviews.order_by().values("loop").annotate(at=which("starts_at"))
    return Subquery(moments.values("at"))
