"""A packet whose votes are open, and who voted on it."""

from accounts.models import User
from hiring_committee.models import BallotOpening, Vote
from packets.models import Packet
from tests.packets.page.reading import member_of


def voted(packet: Packet, *members: User) -> None:
    """Both ballots of these members."""
    for member in members:
        seat = packet.loop.committee_seats.get(person=member)
        for ballot in Vote.Ballot.values:
            Vote.objects.create(
                packet=packet, seat=seat, ballot=ballot, choice="yes", reason="As I read it."
            )


def opened(packet: Packet, *names: str) -> list[User]:
    """Members of those names, two at least, who have all voted; the votes are open."""
    members = [member_of(packet.loop, name) for name in names or ("Ada Chair", "Ben Member")]
    voted(packet, *members)
    BallotOpening.objects.create(packet=packet)
    return members
