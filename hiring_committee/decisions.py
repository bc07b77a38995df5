"""Recording what a committee decided. People decide: nothing here does, or proposes to.

The database refuses what these functions refuse.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.models import User
from hiring_committee import voting
from hiring_committee.models import BallotOpening, Decision, Outcome
from hiring_committee.models.resolutions import open_flags
from interviews.locks import lock_loop, loop_stream
from interviews.models import CommitteeSeat, Level
from packets.models import Packet
from packets.models.flags import Severity

Kind = Decision.Kind


class CannotDecide(Exception):
    """The decision cannot be recorded. `field` names the input that it is about, where one is."""

    def __init__(self, message: str, field: str | None = None) -> None:
        super().__init__(message)
        self.field = field


@dataclass(frozen=True)
class Way:
    """What stands in the way of a decision on one packet, in sentences; and the kinds left open."""

    obstacles: tuple[str, ...]
    kinds: tuple[Kind, ...]
    stop_signals: dict[str, str]  # titles of the flags that stop it, by signal
    awaited: tuple[str, ...]  # titles of those that leave nothing but more evidence to ask for

    @property
    def is_free(self) -> bool:
        return not self.obstacles


def way(by: User, packet: Packet) -> Way:
    """What stands in this person's way, as far as they may know it.

    It tells nothing of votes that are not open yet, and nothing of a resolution that they may not
    read yet.
    """
    seats = packet.loop.committee_seats.sitting().select_related("person")
    chair = seats.filter(is_chair=True).first()
    flags = list(open_flags(packet.flags.all(), by).order_by("pk"))
    stop_signals = _stop_signals(packet, flags)
    obstacles = [
        *_of_the_packet(packet),
        *_of_the_chair(by, chair),
        *_of_the_flags(stop_signals),
        *_of_the_votes(by, packet),
    ]
    asked = [flag for flag in flags if flag.outcome == Outcome.NEEDS_INTERVIEW]
    kinds = (Kind.MORE_EVIDENCE,) if asked else tuple(Kind)
    return Way(tuple(obstacles), kinds, stop_signals, tuple(_titles(packet, asked).values()))


def _of_the_packet(packet: Packet) -> Iterator[str]:
    if not Packet.objects.current().filter(pk=packet.pk).exists():
        yield f"Packet {packet.version} was superseded. Decide on the current one."


def _of_the_chair(by: User, chair: CommitteeSeat | None) -> Iterator[str]:
    if chair is None:
        yield "The committee has no chair. A recruiter names one."
    elif chair.person_id != by.pk:
        yield f"The chair, {chair.person}, records the decision."


def _stop_signals(packet: Packet, flags: list[Any]) -> dict[str, str]:
    """Disqualifying flags of which nobody has said anything."""
    stops = [flag for flag in flags if flag.severity == Severity.DISQUALIFYING and not flag.outcome]
    return _titles(packet, stops)


def _titles(packet: Packet, flags: list[Any]) -> dict[str, str]:
    titles = packet.content["titles"]["signals"]
    return {flag.signal: titles.get(flag.signal, flag.signal) for flag in flags}


def _of_the_flags(stop_signals: dict[str, str]) -> Iterator[str]:
    for title in stop_signals.values():
        yield f"The disqualifying flag “{title}” is open. A member resolves it, with a reason."


def _of_the_votes(by: User, packet: Packet) -> Iterator[str]:
    if not BallotOpening.objects.filter(packet=packet).exists():
        yield "The votes are not open yet."
        return
    standing = voting.standing(packet)
    decided = Decision.objects.filter(packet=packet).exists()
    if not decided and any(seat.person_id == by.pk for seat in standing.missing):
        yield "Your own second vote is missing. Give it before you decide."
        return
    if not standing.has_quorum:
        yield (
            f"A quorum is {standing.quorum} second votes, and {standing.votes} count."
            " A recruiter seats a further member, who votes."
        )


@transaction.atomic
def record(
    by: User,
    packet: Packet,
    *,
    kind: str,
    reason: str,
    level: str = "",
    answer: str = "",
    instead_of: UUID | None = None,
) -> Decision:
    """The chair's decision on this version of the packet. Raises CannotDecide.

    `instead_of` is the decision that stands, where there is one: the new one supersedes it, and
    its reason says why the case was reopened. `answer` says why a challenged remark in it stands.
    """
    lock_loop(packet.loop)
    road = way(by, packet)
    if road.obstacles:
        raise CannotDecide(" ".join(road.obstacles))
    _check(packet, road, kind, level)
    former = Decision.objects.current().filter(loop=packet.loop_id).first()
    if (former.pk if former else None) != instead_of:
        raise CannotDecide("Another decision was recorded meanwhile. Read it first.")
    if former:
        Decision.objects.filter(pk=former.pk).update(superseded_at=timezone.now())
    decision = Decision.objects.create(
        loop=packet.loop,
        packet=packet,
        kind=kind,
        level=level,
        reason=reason.strip(),
        answer=answer.strip(),
        decided_by=by,
        supersedes=former,
    )
    audit.record(
        by,
        "decision.reopened" if former else "decision.recorded",
        decision,
        stream=loop_stream(packet.loop),
        version=packet.version,
        kind=kind,
    )
    return decision


def _check(packet: Packet, road: Way, kind: str, level: str) -> None:
    """Do kind and level fit each other, the flags and the opening?"""
    if kind not in road.kinds:
        raise CannotDecide(
            "A flag waits for another interview: only more evidence can be asked for.", "kind"
        )
    if (kind == Kind.OTHER_LEVEL) != bool(level):
        raise CannotDecide("Name the level where it is another one, and only there.", "level")
    if level == packet.loop.opening.level:
        name = Level(level).label.lower()
        raise CannotDecide(f"The opening's own level is {name}: choose Hire.", "level")
