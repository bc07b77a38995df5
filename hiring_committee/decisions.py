"""Recording what a committee decided. People decide: nothing here does, or proposes to."""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from hiring_committee import steps, voting
from hiring_committee.models import BallotOpening, Decision
from hiring_committee.models.resolutions import open_flags
from hiring_committee.steps import Refused, held_to_the_rules, is_current, lock
from interviews.models import CommitteeSeat, Level
from packets.models import Packet, PacketFlag, Severity

Kind = Decision.Kind


@dataclass(frozen=True)
class DecisionBlockers:
    """What stands in the way of a decision on one packet; and the kinds that are left."""

    sentences: tuple[str, ...]
    kinds: tuple[Kind, ...]
    stopping_flags: dict[str, str]  # titles of the flags that stop it, by signal
    awaited: tuple[str, ...]  # titles of those that leave nothing but more evidence to ask for


def decision_blockers(by: User, packet: Packet) -> DecisionBlockers:
    """What stands in this person's way, as far as they may know it.

    It tells nothing of votes that are not open yet, and nothing of a resolution that they may not
    read yet.
    """
    seats = packet.loop.committee_seats.sitting().select_related("person")
    flags = list(open_flags(packet.flags.all(), by).order_by("pk"))
    awaited = _titles(packet, [flag for flag in flags if flag.outcome])  # another interview
    unsaid = [flag for flag in flags if not flag.outcome]
    stopping = _titles(packet, [f for f in unsaid if f.severity == Severity.DISQUALIFYING])
    sentences = (
        *_of_the_packet(packet),
        *_of_the_chair(by, seats.filter(is_chair=True).first()),
        *_of_the_flags(stopping),
        *_of_the_votes(by, packet),
    )
    kinds = (Kind.MORE_EVIDENCE,) if awaited else tuple(Kind)
    return DecisionBlockers(sentences, kinds, stopping, tuple(awaited.values()))


def _of_the_packet(packet: Packet) -> Iterator[str]:
    if not is_current(packet):
        yield f"Packet {packet.version} was superseded. Decide on the current one."


def _of_the_chair(by: User, chair: CommitteeSeat | None) -> Iterator[str]:
    if chair is None:
        yield "The committee has no chair. A recruiter names one."
    elif chair.person_id != by.pk:
        yield f"The chair, {chair.person}, records the decision."


def _titles(packet: Packet, flags: list[PacketFlag]) -> dict[str, str]:
    titles = packet.content["titles"]["signals"]
    return {flag.signal: titles.get(flag.signal, flag.signal) for flag in flags}


def _of_the_flags(stopping: dict[str, str]) -> Iterator[str]:
    for title in stopping.values():
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
    """The chair's decision on this version of the packet. Raises Refused.

    `instead_of` is the decision that stands, where there is one: the new one supersedes it, and
    its reason says why the case was reopened. `answer` says why a challenged remark in it stands.
    """
    lock(packet)
    _check(by, packet, kind, level)
    standing = _superseded_by_this(packet, instead_of)
    with held_to_the_rules():
        if standing:
            Decision.objects.filter(pk=standing.pk).update(superseded_at=timezone.now())
        decision = Decision.objects.create(
            loop=packet.loop,
            packet=packet,
            kind=kind,
            level=level,
            reason=reason.strip(),
            answer=answer.strip(),
            decided_by=by,
            supersedes=standing,
        )
    action = "decision.reopened" if standing else "decision.recorded"
    steps.record(by, action, packet, decision, kind=kind)
    return decision


def _superseded_by_this(packet: Packet, instead_of: UUID | None) -> Decision | None:
    standing = Decision.objects.current().filter(loop=packet.loop_id).first()
    if (standing.pk if standing else None) != instead_of:
        raise Refused("Another decision was recorded meanwhile. Read it first.")
    return standing


def _check(by: User, packet: Packet, kind: str, level: str) -> None:
    """Is the way free, and do kind and level fit each other, the flags and the opening?"""
    blockers = decision_blockers(by, packet)
    if blockers.sentences:
        raise Refused(" ".join(blockers.sentences))
    if kind not in blockers.kinds:
        raise Refused("A flag waits for another interview: only more evidence can be asked for.")
    if (kind == Kind.OTHER_LEVEL) != bool(level):
        raise Refused("Name the level where it is another one, and only there.")
    if level == packet.loop.opening.level:
        raise Refused(f"The opening's own level is {Level(level).label.lower()}: choose Hire.")
