"""The loop board: the loops of one opening as a grid, a row a candidate and a cell a round.

It tells nothing but what its reader may know of each loop, orders by name and by date alone, and
knows no score.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import (
    Case,
    CharField,
    Count,
    Exists,
    F,
    IntegerField,
    OuterRef,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from accounts.folding import Folded, containing
from accounts.models import User
from hiring_committee import progress
from hiring_committee.models import Decision, Packet, PacketFlag
from hiring_committee.progress import STAGES, Place
from interviews.models import Interview, Loop, Opening, Seat

PACKETS = {
    "current": "current",
    "superseded": "superseded",
    "building": "being built",
    "failed": "failed",
    "none": "none yet",
}
FLAGS = {"open": "some open", "none": "none open"}
DECISIONS = {"none": "not decided", **dict(Decision.Kind.choices)}
SORTS = {
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
        return cls(**{name: given.get(name, "").strip()[:200] for name in NAMES})

    @property
    def narrows(self) -> bool:
        return any(getattr(self, name) for name in NAMES if name != "sort")


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


def loops_of(opening: Opening, reader: User, now: datetime) -> QuerySet[Loop]:
    """With progress, packet, open flags and decision, each as far as the reader may know it."""
    loops = Loop.objects.visible_to(reader).filter(opening=opening).select_related("candidate")
    loops = progress.with_packets(progress.with_progress(loops, reader, now), reader)
    packets = Packet.objects.visible_to(reader).filter(loop=OuterRef("pk"))
    decisions = Decision.objects.visible_to(reader).current().filter(loop=OuterRef("pk"))
    return loops.annotate(
        packet_state=_packet_state(packets),
        open_flags=_open_flags(),
        decision=Subquery(decisions.values("kind")[:1]),
        decision_level=Subquery(decisions.values("level")[:1]),
    )


def chosen(loops: QuerySet[Loop], choice: Choice) -> QuerySet[Loop]:
    """Narrowed and ordered as asked."""
    if choice.q:
        loops = containing(loops, choice.q, "candidate__name")
    if choice.stage in STAGES:
        loops = loops.filter(stage=choice.stage)
    if choice.late:
        loops = loops.filter(overdue__gt=0)
    if _as_id(choice.interviewer):
        sits = Seat.objects.filter(
            interview__loop=OuterRef("pk"),
            interview__cancelled_at=None,
            person=_as_id(choice.interviewer),
        )
        loops = loops.filter(Exists(sits))
    if choice.packet in PACKETS:
        loops = loops.filter(packet_state=choice.packet)
    if choice.flags in FLAGS:
        loops = (
            loops.filter(open_flags__gt=0) if choice.flags == "open" else loops.filter(open_flags=0)
        )
    if choice.decision in DECISIONS:
        nothing = choice.decision == "none"
        loops = loops.filter(decision=None if nothing else choice.decision)
    _, order = SORTS.get(choice.sort, SORTS["added"])
    return loops.alias(sort_name=Folded("candidate__name")).order_by(*order)


def interviewers(opening: Opening, reader: User) -> QuerySet[User]:
    """Whoever sits in a loop of the opening that the reader may know."""
    known = Loop.objects.visible_to(reader).filter(opening=opening)
    return User.objects.filter(seats__interview__loop__in=known).distinct()


def rows(loops: Iterable[Loop], opening: Opening, reader: User, now: datetime) -> list[Row]:
    """The grid for loops out of `loops_of`; two queries, or four where the reader owes a card."""
    loops = list(loops)
    places = progress.places_of(loops, reader, now)
    return [_row(loop, opening.rounds, places.get(loop, {})) for loop in loops]


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


def _packet_state(packets: QuerySet[Packet]) -> Case:
    """One of PACKETS. A current packet stays so while another one is being built."""
    return Case(
        When(packet__isnull=False, then=Value("current")),
        When(request_state__in=["requested", "running"], then=Value("building")),
        When(request_state="failed", then=Value("failed")),
        When(Exists(packets), then=Value("superseded")),
        default=Value("none"),
        output_field=CharField(),
    )


def _open_flags() -> Case:
    """Of the current packet; null where there is none that the reader may read."""
    flags = PacketFlag.objects.open().filter(packet=OuterRef("packet"))
    counted = flags.order_by().values("packet").annotate(n=Count("pk")).values("n")
    return Case(
        When(
            packet__isnull=False,
            then=Coalesce(Subquery(counted, output_field=IntegerField()), 0),
        ),
        output_field=IntegerField(),
    )


def _as_id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
