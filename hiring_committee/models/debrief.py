"""From when a committee reads each other's words: resolutions and remarks on a packet."""

from django.db.models import Exists, OuterRef, Q

from accounts.models import User
from hiring_committee.models.ballots import BallotOpening, Vote
from hiring_committee.models.decisions import Decision
from interviews.models import CommitteeSeat
from packets.models.packets import Packet


def debrief_open_to(user: User) -> Q:
    """True of rows of a `packet` whose votes are open to this person, as votes themselves are.

    A member who has voted neither on that packet nor on a later one reads nothing of it, unless
    it is decided: what colleagues wrote there would be in their mind when they vote. Others who
    may read the packet at all, recruiters, wait for the votes to open.
    """
    loop, since = OuterRef("packet__loop"), OuterRef("packet__version")
    seats = CommitteeSeat.objects.sitting().filter(person=user, loop=loop)
    voted = Vote.objects.second().filter(
        seat__person=user, packet__loop=loop, packet__version__gte=since
    )
    decided = Decision.objects.filter(packet__loop=loop, packet__version__gte=since)
    opened = BallotOpening.objects.filter(packet=OuterRef("packet"))
    return Q(Exists(opened)) & (Q(~Exists(seats)) | Q(Exists(voted)) | Q(Exists(decided)))


def is_in_debrief(user: User, packet: Packet) -> bool:
    """Are the votes on this packet open to this person? One query."""
    return BallotOpening.objects.filter(packet=packet).filter(debrief_open_to(user)).exists()
