"""The loop board: the loops of one opening as a grid, a row a candidate and a cell a round.

It tells nothing but what its reader may know of each loop, orders by name and by date alone, and
knows no score.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, OuterRef, QuerySet

from accounts.models import User
from accounts.name_search import Folded, containing
from accounts.query_params import asked
from hiring_committee.models import Decision
from interviews.models import Interview, Loop, Opening, Seat
from recruiting import packet_status
from recruiting.packet_status import Case, PacketState
from scorecard import progress
from scorecard.progress import STAGES, Place

PACKETS = {
    PacketState.CURRENT: "current",
    PacketState.SUPERSEDED: "superseded",
    PacketState.BUILDING: "being built",
    PacketState.FAILED: "failed",
    PacketState.NONE: "none yet",
}
FLAGS = {"open": "some open", "none": "none open"}
DECISIONS = {"none": "not decided", **dict(Decision.Kind.choices)}
SORTS: dict[str, tuple[str, tuple[Any, ...]]] = {
    "added": ("newest first", ("-created_at", "pk")),
    "name": ("by name", ("sort_name", "pk")),
    "last": ("by last interview", (F("last_at").asc(nulls_last=True), "pk")),
}
NAMES = ("q", "stage", "late", "interviewer", "packet", "flags", "decision", "sort")


@dataclass(frozen=True)
class Choice:
    """What is asked for, as the address has it; what it does not know is no choice."""

    q: str = ""
    stage: str = ""
    late: str = ""
    interviewer: str = ""
    packet: str = ""
    flags: str = ""
    decision: str = ""
    sort: str = ""

    @classmethod
    def of(cls, given: Mapping[str, str]) -> "Choice":
        return cls(**{name: asked(given, name) for name in NAMES})

    @property
    def narrows(self) -> bool:
        return any(getattr(self, name) for name in NAMES if name != "sort")

    @property
    def asks_progress(self) -> bool:
        return self.stage in STAGES or self.sort == "last"

    @property
    def asks_cases(self) -> bool:
        return self.packet in PACKETS or self.flags in FLAGS or self.decision in DECISIONS

    def fits(self, case: Case) -> bool:
        """As far as packet, flags and decision are asked for."""
        if self.packet in PACKETS and case.packet_state != self.packet:
            return False
        if self.flags in FLAGS and (
            case.open_flags is None or (case.open_flags > 0) != (self.flags == "open")
        ):
            return False
        decided = case.decision.kind if case.decision else "none"
        return self.decision not in DECISIONS or decided == self.decision


@dataclass(frozen=True)
class Cell:
    """One round of one loop: its interviews that count; `was_cancelled` where there were others."""

    round: str
    held: tuple[tuple[Interview, tuple[Place, ...]], ...]
    was_cancelled: bool


@dataclass(frozen=True)
class Row:
    """One loop: a cell for each round of the plan, and what was held besides."""

    loop: Loop
    cells: tuple[Cell, ...]
    besides: tuple[Cell, ...]


def chosen(opening: Opening, reader: User, choice: Choice, now: datetime) -> list[UUID]:
    """Keys of the loops that fit, in the order asked for.

    Two queries, and the five of `cases_of` where packets, flags or decisions are asked for: what
    is not asked for is looked up for the page that is shown, and for no more.
    """
    loops: QuerySet[Any] = Loop.objects.visible_to(reader).filter(opening=opening)
    if choice.q:
        loops = containing(loops, choice.q, "candidate__name")
    interviewer = _as_id(choice.interviewer)
    if interviewer:
        loops = loops.filter(Exists(_seats_of(interviewer)))
    if choice.late:
        loops = progress.late(loops, reader, now)
    if choice.asks_progress:
        loops = progress.with_progress(loops, reader, now)
    if choice.stage in STAGES:
        loops = loops.filter(stage=choice.stage)
    _, order = SORTS.get(choice.sort, SORTS["added"])
    if choice.sort == "name":
        loops = loops.alias(sort_name=Folded("candidate__name"))
    found = list(loops.order_by(*order).values_list("pk", flat=True))
    if not choice.asks_cases:
        return found
    known = packet_status.cases_of(found, reader)
    return [loop for loop in found if choice.fits(known[loop])]


def interviewers(opening: Opening, reader: User) -> QuerySet[User]:
    """Whoever sits in a loop of the opening that the reader may know."""
    known = Loop.objects.visible_to(reader).filter(opening=opening)
    seats = Seat.objects.filter(interview__loop__in=known).order_by()
    return User.objects.filter(pk__in=seats.values("person")).only("name")


def rows(loops: list[UUID], opening: Opening, reader: User, now: datetime) -> list[Row]:
    """The grid for some loops out of `chosen`, in their order. Eight queries at most."""
    shown = Loop.objects.filter(pk__in=loops).select_related("candidate").order_by()
    found = packet_status.with_cases(progress.with_progress(shown, reader, now), reader)
    places = progress.places_of(found, reader, now)
    by_key = {loop.pk: _row(loop, opening.rounds, places.get(loop, {})) for loop in found}
    return [by_key[key] for key in loops if key in by_key]


def _row(loop: Loop, plan: list[str], places: Mapping[Interview, list[Place]]) -> Row:
    met = dict.fromkeys(interview.round for interview in places)
    return Row(
        loop,
        tuple(_cell(round, places) for round in plan),
        tuple(_cell(round, places) for round in met if round not in plan),
    )


def _cell(round: str, places: Mapping[Interview, list[Place]]) -> Cell:
    mine = {interview: seats for interview, seats in places.items() if interview.round == round}
    held = {i: seats for i, seats in mine.items() if i.cancelled_at is None}
    return Cell(
        round=round,
        held=tuple((interview, tuple(seats)) for interview, seats in held.items()),
        was_cancelled=len(held) < len(mine),
    )


def _seats_of(interviewer: UUID) -> QuerySet[Seat]:
    return Seat.objects.filter(
        interview__loop=OuterRef("pk"), interview__cancelled_at=None, person=interviewer
    )


def _as_id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
