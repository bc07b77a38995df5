"""The debrief of one packet, as one reader may know it: ballots, what is hidden, what comes next.

Of others' votes a reader's page holds nothing before they are open to that reader: neither a
choice nor a count, nor who has voted. The chair, once their own votes are in, is told whose are
missing, since they must say why they do not wait.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import QuerySet

from accounts.models import User
from hiring_committee import votes_owed, voting
from hiring_committee.models import BallotOpening, Decision, Vote
from interviews.models import CommitteeSeat, Loop, found_conflict
from packets.content.document import PacketDocument
from packets.content.levels import level_to_ask_about
from packets.models import Packet
from scorecard.access import loops_read_by
from scorecard.models.card import Recommendation

FIRST, SECOND = Vote.Ballot.FIRST, Vote.Ballot.SECOND


class Step(StrEnum):
    """What this reader does next."""

    FIRST = "first"
    READ = "read"  # the packet, after the first vote
    SECOND = "second"
    WAIT = "wait"  # for the others
    NONE = "none"  # all votes are open to them, or they have no seat


@dataclass(frozen=True)
class Cell:
    """One ballot of one member: the vote, or why there is none to see."""

    ballot: str
    vote: Vote | None
    says: str


@dataclass(frozen=True)
class Row:
    name: str
    is_chair: bool
    mine: bool
    cells: list[Cell]


@dataclass(frozen=True)
class Debrief:
    seat: CommitteeSeat | None  # the reader's, where they sit
    step: Step
    rows: list[Row]
    own: dict[str, Vote]  # by ballot
    earlier: list[Vote]  # their votes on a packet before, to let them stand
    has_read: bool  # this packet, ever
    ballot_opening: BallotOpening | None
    is_open: bool  # to this reader
    tallies: dict[str, list[tuple[str, int]]]  # by ballot, how many voted what
    standing: voting.Standing | None  # for the chair alone, whose votes are in

    @property
    def is_chair(self) -> bool:
        return bool(self.seat and self.seat.is_chair)


def loops_debriefed_by(user: User) -> QuerySet[Loop]:
    """Loops whose debrief this person may open: none in which they have a stake, in any role."""
    return loops_read_by(user).exclude(found_conflict(user, "pk"))


def debrief(packet: Packet, reader: User) -> Debrief:
    """A constant number of queries, whatever the committee's size."""
    sitting = packet.loop.committee_seats.sitting().select_related("person")
    seats = sorted(sitting, key=lambda seat: (seat.person_id != reader.pk, seat.person.name))
    seat = next((each for each in seats if each.person_id == reader.pk), None)
    votes = list(
        Vote.objects.visible_to(reader).filter(packet=packet).select_related("seat__person")
    )
    own = {vote.ballot: vote for vote in votes if vote.seat.person_id == reader.pk}
    opening = BallotOpening.objects.filter(packet=packet).select_related("by").first()
    decided = Decision.objects.filter(packet=packet).exists()
    is_open = bool(opening) and (seat is None or SECOND in own or decided)
    waits = seat is not None and SECOND in own and opening is None
    read_since = FIRST in own and votes_owed.has_read(reader, packet, since=own[FIRST].at)
    return Debrief(
        seat=seat,
        step=_step(seat, own, is_open=is_open, has_read=read_since),
        rows=list(_rows(seats, votes, reader, _hidden(seat, own, is_open=is_open))),
        own=own,
        earlier=voting.earlier_votes(reader, packet) if seat and not own else [],
        has_read=bool(own) or votes_owed.has_read(reader, packet, since=packet.built_at),
        ballot_opening=opening,
        is_open=is_open,
        tallies=_tallies(votes) if is_open else {},
        standing=voting.standing(packet) if waits and seat and seat.is_chair else None,
    )


def _step(
    seat: CommitteeSeat | None, own: dict[str, Vote], *, is_open: bool, has_read: bool
) -> Step:
    if seat is None or is_open:
        return Step.NONE
    if SECOND in own:
        return Step.WAIT
    if FIRST not in own:
        return Step.FIRST
    return Step.SECOND if has_read else Step.READ


def _hidden(seat: CommitteeSeat | None, own: dict[str, Vote], *, is_open: bool) -> str:
    """What stands in the place of another's vote."""
    if is_open:
        return "did not vote"
    return "hidden until you vote" if seat and SECOND not in own else "hidden until all are in"


def _rows(
    seats: list[CommitteeSeat], votes: list[Vote], reader: User, hidden: str
) -> Iterable[Row]:
    """The sitting members, the reader first; then those who voted and have left since."""
    given = {(vote.seat_id, vote.ballot): vote for vote in votes}
    known = {seat.pk for seat in seats}
    left = {vote.seat_id: vote.seat for vote in votes if vote.seat_id not in known}
    for seat in [*seats, *sorted(left.values(), key=lambda each: each.person.name)]:
        mine = seat.person_id == reader.pk
        says = "not given yet" if mine else hidden
        cells = [Cell(b, given.get((seat.pk, b)), says) for b in (FIRST, SECOND)]
        yield Row(seat.person.name, seat.is_chair, mine, cells)


def _tallies(votes: list[Vote]) -> dict[str, list[tuple[str, int]]]:
    """Counted, never averaged; the best choice first."""
    counts = Counter((vote.ballot, vote.choice) for vote in votes)
    best_first = Recommendation.choices[::-1]
    return {
        ballot.label: [(label, n) for choice, label in best_first if (n := counts[ballot, choice])]
        for ballot in (FIRST, SECOND)
    }


def votes_on_other_packets(packet: Packet, reader: User) -> dict[Packet, list[Vote]]:
    """Of the loop, as far as they are open to the reader, newest packet first."""
    votes = Vote.objects.visible_to(reader).filter(packet__loop=packet.loop_id)
    votes = votes.exclude(packet=packet)
    votes = votes.select_related("seat__person", "packet").defer("packet__content")
    found: dict[Packet, list[Vote]] = {}
    for vote in votes.order_by("-packet__version", "seat__person__name", "ballot"):
        found.setdefault(vote.packet, []).append(vote)
    return found


def level_question(document: PacketDocument) -> str:
    """The next level down, in words, where its bar is met and the opening's own is not."""
    level = level_to_ask_about(document)
    return document["titles"]["levels"][level].lower() if level else ""
