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
from interviews.models import Interview, Loop, Opening, Seat
from recruiting import packet_status
from recruiting.packet_status import PacketStatus
from scorecard import progress
from scorecard.progress import SeatStatus

SORTS: dict[str, tuple[Any, ...]] = {
    "added": ("-created_at", "pk"),
    "name": ("sort_name", "pk"),
    "last": (F("last_at").asc(nulls_last=True), "pk"),
}
OF_PACKET = ("packet", "flags", "decision")  # what is chosen by the status of a packet


@dataclass(frozen=True)
class Cell:
    """One round of one loop: its interviews that count; `was_cancelled` where there were others."""

    round: str
    held: tuple[tuple[Interview, tuple[SeatStatus, ...]], ...]
    was_cancelled: bool


@dataclass(frozen=True)
class Row:
    """One loop: a cell for each round of the plan, and what was held besides."""

    loop: Loop
    cells: tuple[Cell, ...]
    besides: tuple[Cell, ...]


def chosen(opening: Opening, reader: User, choice: dict[str, Any], now: datetime) -> list[UUID]:
    """Keys of the loops that fit what a BoardForm read, in the order asked for.

    Two queries, and the five of `statuses_of` where packets, flags or decisions are asked for: what
    is not asked for is looked up for the page that is shown, and for no more.
    """
    loops: QuerySet[Any] = Loop.objects.visible_to(reader).filter(opening=opening)
    sort = choice.get("sort", "added")
    if "q" in choice:
        loops = containing(loops, choice["q"], "candidate__name")
    if "interviewer" in choice:
        loops = loops.filter(Exists(_seats_of(choice["interviewer"])))
    if "late" in choice:
        loops = progress.late(loops, reader, now)
    if "stage" in choice or sort == "last":
        loops = progress.with_progress(loops, reader, now)
    if "stage" in choice:
        loops = loops.filter(stage=choice["stage"])
    if sort == "name":
        loops = loops.alias(sort_name=Folded("candidate__name"))
    found = list(loops.order_by(*SORTS[sort]).values_list("pk", flat=True))
    wanted = {name: choice[name] for name in OF_PACKET if name in choice}
    if not wanted:
        return found
    known = packet_status.statuses_of(found, reader)
    return [loop for loop in found if wanted.items() <= _answers(known[loop]).items()]


def _answers(status: PacketStatus) -> dict[str, str]:
    """What of OF_PACKET the loop has; no answer about flags where there is no current packet."""
    flags = "" if status.open_flags is None else "open" if status.open_flags else "none"
    decision = status.decision.kind if status.decision else "none"
    return {"packet": status.state, "flags": flags, "decision": decision}


def interviewers(opening: Opening, reader: User) -> QuerySet[User]:
    """Whoever sits in a loop of the opening that the reader may know."""
    known = Loop.objects.visible_to(reader).filter(opening=opening)
    seats = Seat.objects.filter(interview__loop__in=known).order_by()
    return User.objects.filter(pk__in=seats.values("person")).only("name")


def rows(loops: list[UUID], opening: Opening, reader: User, now: datetime) -> list[Row]:
    """The grid for some loops out of `chosen`, in their order. Eight queries at most."""
    shown = Loop.objects.filter(pk__in=loops).select_related("candidate").order_by()
    found = packet_status.with_packet_status(progress.with_progress(shown, reader, now), reader)
    places = progress.statuses_of_loops(found, reader, now)
    by_key = {loop.pk: _row(loop, opening.rounds, places.get(loop, {})) for loop in found}
    return [by_key[key] for key in loops if key in by_key]


def _row(loop: Loop, plan: list[str], places: Mapping[Interview, list[SeatStatus]]) -> Row:
    met = dict.fromkeys(interview.round for interview in places)
    return Row(
        loop,
        tuple(_cell(round, places) for round in plan),
        tuple(_cell(round, places) for round in met if round not in plan),
    )


def _cell(round: str, places: Mapping[Interview, list[SeatStatus]]) -> Cell:
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
