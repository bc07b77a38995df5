"""Voting on a packet: a blind first vote, reading, a blind second one, then names and reasons.

Every step holds the loop's lock, so that of two last votes one sees the other.
"""

from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from accounts.models import User
from hiring_committee import votes_owed
from hiring_committee.models import BallotOpening, Decision, Vote
from hiring_committee.steps import Refused, held_to_the_rules, is_current, lock, record, seat_of
from interviews.locks import lock_loop
from interviews.models import CommitteeSeat, Loop
from packets.models import Packet

FIRST, SECOND = Vote.Ballot.FIRST, Vote.Ballot.SECOND
AT_LEAST = 2  # second votes, where the opening names no quorum


# --- Giving a vote --------------------------------------------------------------------------------


@transaction.atomic
def vote(
    by: User, packet: Packet, ballot: str, choice: str, reason: str, *, answer: str = ""
) -> Vote:
    """One ballot of a member, once; the last second vote opens them all. Raises Refused.

    `answer` says why a challenged remark in the reason stands.
    """
    seat = _seat_to_vote_from(by, packet)
    given = {each.ballot: each for each in Vote.objects.filter(packet=packet, seat=seat)}
    if ballot in given:
        raise Refused(f"Your {ballot} vote on this packet is in. A vote that is given stays.")
    if ballot == SECOND:
        if FIRST not in given:
            raise Refused("Give your first vote before the second.")
        if not votes_owed.has_read(by, packet, since=given[FIRST].at):
            raise Refused(f"Read packet {packet.version} before your second vote.")
    words = {"reason": reason.strip(), "answer": answer.strip()}
    return _give(by, packet, ballot, seat=seat, choice=choice, **words)


@transaction.atomic
def confirm(by: User, packet: Packet) -> list[Vote]:
    """Let one's votes on the packet before stand for this one, as they were. Raises Refused."""
    seat = _seat_to_vote_from(by, packet)
    if Vote.objects.filter(packet=packet, seat=seat).exists():
        raise Refused("You have voted on this packet already.")
    earlier = earlier_votes(by, packet)
    if not earlier:
        raise Refused("You gave no vote on an earlier packet. Vote on this one.")
    if not votes_owed.has_read(by, packet, since=packet.built_at):
        raise Refused(f"Read packet {packet.version} first: it is not what you voted on.")
    kept = ("ballot", "seat", "choice", "reason", "answer")
    return [
        _give(by, packet, confirms=old, **{name: getattr(old, name) for name in kept})
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


def _give(by: User, packet: Packet, ballot: str, **given: Any) -> Vote:
    with held_to_the_rules():
        vote = Vote.objects.create(packet=packet, ballot=ballot, **given)
    record(by, f"vote.{ballot}", packet, vote)
    if ballot == SECOND:
        open_if_all_in(packet.loop)
    return vote


def _seat_to_vote_from(by: User, packet: Packet) -> CommitteeSeat:
    lock(packet)
    seat = seat_of(by, packet)
    if seat is None:
        raise Refused("You have no seat in this committee.")
    if not is_current(packet):
        raise Refused(
            f"Packet {packet.version} was superseded while you wrote. Read the new one and vote"
            " on it."
        )
    if Decision.objects.filter(packet=packet).exists():
        raise Refused("This packet is decided. It takes no more votes.")
    return seat


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
    second = Vote.objects.second().counted().filter(packet=packet)
    voted = set(second.values_list("seat_id", flat=True))
    sitting = packet.loop.committee_seats.sitting().select_related("person")
    seats = list(sitting.order_by("person__name"))
    return Standing(
        quorum=quorum(packet.loop.opening.quorum, len(seats)),
        votes=len(voted),
        missing=tuple(seat for seat in seats if seat.pk not in voted),
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
        with suppress(Refused):  # a quorum was raised, or a role given, this very moment
            _open(None, packet, "")


@transaction.atomic
def open_early(by: User, packet: Packet, reason: str) -> None:
    """The chair opens the votes while some are missing, and says why. Raises Refused."""
    seat = _seat_to_vote_from(by, packet)
    now = standing(packet)
    if not seat.is_chair:
        raise Refused("Only the chair opens the votes before all are in.")
    if BallotOpening.objects.filter(packet=packet).exists():
        raise Refused("The votes are open already.")
    if seat in now.missing:
        raise Refused("Give your own second vote first.")
    if not now.has_quorum:
        raise Refused(f"A quorum is {now.quorum} second votes. It is not reached yet.")
    _open(by, packet, reason.strip())


def _open(by: User | None, packet: Packet, reason: str) -> None:
    with held_to_the_rules():
        BallotOpening.objects.create(packet=packet, by=by, reason=reason)
    record(by, "votes.opened", packet)
