"""Voting on a packet: a blind first vote, reading, a blind second one, then names and reasons.

Every step holds the loop's lock, so that of two last votes one sees the other; the database
refuses what these functions refuse.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import CharField, Exists, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat

from accounts import audit
from accounts.models import AuditEvent, User
from hiring_committee.models import BallotOpening, Decision, Vote
from interviews.locks import lock_loop, loop_stream
from interviews.models import CommitteeSeat, Loop
from packets.models import Packet

FIRST, SECOND = Vote.Ballot.FIRST, Vote.Ballot.SECOND
AT_LEAST = 2  # second votes, where the opening names no quorum


class CannotVote(Exception):
    """What was asked is not possible now; the message says why and what to do instead."""


# --- Giving a vote --------------------------------------------------------------------------------


@transaction.atomic
def vote(
    by: User, packet: Packet, ballot: str, choice: str, reason: str, *, answer: str = ""
) -> Vote:
    """One ballot of a member, once; the last second vote opens them all. Raises CannotVote.

    `answer` says why a challenged remark in the reason stands.
    """
    seat = _seat_to_vote_from(by, packet)
    given = {each.ballot: each for each in Vote.objects.filter(packet=packet, seat=seat)}
    if ballot in given:
        raise CannotVote(f"Your {ballot} vote on this packet is in. A vote that is given stays.")
    if ballot == SECOND:
        if FIRST not in given:
            raise CannotVote("Give your first vote before the second.")
        if not has_read(by, packet, since=given[FIRST].at):
            raise CannotVote(f"Read packet {packet.version} before your second vote.")
    return _give(by, packet, seat, ballot, choice, reason, answer)


@transaction.atomic
def confirm(by: User, packet: Packet) -> list[Vote]:
    """Let one's votes on the packet before stand for this one, as they were. Raises CannotVote."""
    seat = _seat_to_vote_from(by, packet)
    if Vote.objects.filter(packet=packet, seat=seat).exists():
        raise CannotVote("You have voted on this packet already.")
    earlier = earlier_votes(by, packet)
    if not earlier:
        raise CannotVote("You gave no vote on an earlier packet. Vote on this one.")
    if not has_read(by, packet, since=packet.built_at):
        raise CannotVote(f"Read packet {packet.version} first: it is not what you voted on.")
    return [
        _give(by, packet, seat, old.ballot, old.choice, old.reason, old.answer, confirms=old)
        for old in earlier
    ]


def earlier_votes(by: User, packet: Packet) -> list[Vote]:
    """This member's votes on the newest packet before this one that they voted on, in order."""
    votes = Vote.objects.filter(
        packet__loop=packet.loop_id, packet__version__lt=packet.version, seat__person=by
    )
    found = list(
        votes.select_related("packet__ballot_opening").order_by("-packet__version", "ballot")
    )
    return [each for each in found if each.packet_id == found[0].packet_id]


def _give(
    by: User,
    packet: Packet,
    seat: CommitteeSeat,
    ballot: str,
    choice: str,
    reason: str,
    answer: str,
    confirms: Vote | None = None,
) -> Vote:
    given = Vote.objects.create(
        packet=packet,
        seat=seat,
        ballot=ballot,
        choice=choice,
        reason=reason.strip(),
        answer=answer.strip(),
        confirms=confirms,
    )
    audit.record(
        by, f"vote.{ballot}", given, stream=loop_stream(packet.loop), version=packet.version
    )
    if ballot == SECOND:
        open_if_all_in(packet.loop)
    return given


def _seat_to_vote_from(by: User, packet: Packet) -> CommitteeSeat:
    lock_loop(packet.loop)
    seat = packet.loop.committee_seats.sitting().filter(person=by).first()
    if seat is None:
        raise CannotVote("You have no seat in this committee.")
    if not Packet.objects.current().filter(pk=packet.pk).exists():
        raise CannotVote(
            f"Packet {packet.version} was superseded while you wrote. Read the new one and vote"
            " on it."
        )
    if Decision.objects.filter(packet=packet).exists():
        raise CannotVote("This packet is decided. It takes no more votes.")
    return seat


def has_read(user: User, packet: Packet, *, since: datetime) -> bool:
    """Has this person opened the packet since then? The audit trail knows."""
    return (
        _readings(user)
        .filter(stream=loop_stream(packet.loop), subject=f"packet:{packet.pk}", at__gt=since)
        .exists()
    )


def _readings(user: User) -> QuerySet[AuditEvent]:
    """Of whole packets: a row of a comparison, or the recruiter's one page, is no packet."""
    reads = AuditEvent.objects.filter(actor=user, action="packet.read")
    parts = Q(detail__contains={"how": "compare"}) | Q(detail__contains={"how": "summary"})
    return reads.exclude(parts)


# --- Opening the votes ----------------------------------------------------------------------------


@dataclass(frozen=True)
class Standing:
    """How far the second ballot on a packet is. Nobody is shown any of it before it is theirs."""

    quorum: int
    votes: int  # second votes of members who are not recused
    missing: tuple[CommitteeSeat, ...]  # who sits and has not voted, in order of name

    @property
    def has_quorum(self) -> bool:
        return self.votes >= self.quorum


def standing(packet: Packet) -> Standing:
    """Two queries, and the loop's opening where it is not loaded."""
    second = Vote.objects.second().filter(packet=packet)
    sitting = packet.loop.committee_seats.sitting().select_related("person")
    voted = Exists(second.filter(seat=OuterRef("pk")))
    seats = list(sitting.annotate(voted=voted).order_by("person__name"))
    return Standing(
        quorum=quorum(packet.loop.opening.quorum, len(seats)),
        votes=second.counted().count(),
        missing=tuple(seat for seat in seats if not seat.voted),
    )


def quorum(named: int | None, seats: int) -> int:
    """Second votes that a decision needs: as the opening says, or more than half, at least two."""
    return named or max(AT_LEAST, seats // 2 + 1)


def open_if_all_in(loop: Loop) -> None:
    """Open the votes once nobody's is missing. The caller is in a transaction."""
    lock_loop(loop)
    packet = (
        Packet.objects.current().filter(loop=loop, ballot_opening=None).defer("content").first()
    )
    if packet is None:
        return
    now = standing(packet)
    if now.has_quorum and not now.missing:
        _open(None, packet, "")


@transaction.atomic
def open_early(by: User, packet: Packet, reason: str) -> None:
    """The chair opens the votes while some are missing, and says why. Raises CannotVote."""
    seat = _seat_to_vote_from(by, packet)
    now = standing(packet)
    if not seat.is_chair:
        raise CannotVote("Only the chair opens the votes before all are in.")
    if BallotOpening.objects.filter(packet=packet).exists():
        raise CannotVote("The votes are open already.")
    if seat in now.missing:
        raise CannotVote("Give your own second vote first.")
    if not now.has_quorum:
        raise CannotVote(f"A quorum is {now.quorum} second votes. It is not reached yet.")
    _open(by, packet, reason.strip())


def _open(by: User | None, packet: Packet, reason: str) -> None:
    BallotOpening.objects.create(packet=packet, by=by, reason=reason)
    audit.record(
        by, "votes.opened", packet, stream=loop_stream(packet.loop), version=packet.version
    )


def blind_subjects() -> QuerySet:
    """Subjects of audit lines that would tell who has voted while the votes are not open."""
    blind = Vote.objects.filter(packet__ballot_opening=None).order_by()
    return blind.values_list(Concat(Value("vote:"), Cast("pk", CharField())), flat=True)


# --- Who owes what --------------------------------------------------------------------------------


def owed_by(user: User) -> QuerySet[Packet]:
    """Current packets that wait for a vote of this member, with `first_in` where one is in."""
    mine = Vote.objects.filter(packet=OuterRef("pk"), seat__person=user)
    packets = _to_vote_on(user).exclude(Exists(mine.second()))
    return packets.annotate(first_in=Exists(mine.filter(ballot=FIRST)))


def unread_by(user: User) -> QuerySet[Packet]:
    """Current packets of their committees that this member has not opened yet."""
    label = Concat(Value("packet:"), Cast(OuterRef("pk"), CharField()))
    return _to_vote_on(user).exclude(Exists(_readings(user).filter(subject=label)))


def _to_vote_on(user: User) -> QuerySet[Packet]:
    seats = CommitteeSeat.objects.sitting().filter(person=user, loop=OuterRef("loop"))
    packets = Packet.objects.visible_to(user).current().filter(Exists(seats))
    return packets.exclude(is_settled()).defer("content")


def is_settled() -> Exists:
    """Of packets: decided; a decision for more evidence settles only the packet it was made on."""
    decided = Decision.objects.current().filter(loop=OuterRef("loop"))
    final = ~Q(kind=Decision.Kind.MORE_EVIDENCE) | Q(packet=OuterRef("pk"))
    return Exists(decided.filter(final))


def members(packet: Packet) -> QuerySet[User]:
    """Who is told that the packet is there: everybody who sits in the committee, unrecused."""
    seats = packet.loop.committee_seats.sitting()
    return User.objects.filter(pk__in=seats.values("person"))


def owing(packet: Packet) -> QuerySet[User]:
    """Who is reminded of a second vote on this packet; nobody once it is settled or superseded."""
    if not Packet.objects.current().filter(pk=packet.pk).exclude(is_settled()).exists():
        return User.objects.none()
    voted = Vote.objects.second().filter(packet=packet).values("seat__person")
    return members(packet).exclude(pk__in=voted)


def names(seats: Iterable[CommitteeSeat]) -> str:
    """For a sentence: the members' names."""
    return ", ".join(seat.person.name for seat in seats)
