"""A committee of three and the packet that it sits on, and short ways through its work."""

from dataclasses import dataclass

from django.db import transaction

from accounts import audit
from accounts.models import Role, User
from hiring_committee import voting
from hiring_committee.models import FlagResolution, Vote
from interviews.locks import loop_stream
from interviews.models import CommitteeSeat, Loop, Opening
from packets import build_jobs
from packets.models import Packet
from tests.packets.content.loops import MARCUS, packet_of
from tests.packets.page.reading import member_of, store
from tests.people import Cast, person

FIRST, SECOND = Vote.Ballot.FIRST, Vote.Ballot.SECOND


@dataclass(frozen=True)
class Committee:
    loop: Loop
    packet: Packet
    chair: User
    member: User
    third: User
    recruiter: User

    @property
    def people(self) -> tuple[User, User, User]:
        return self.chair, self.member, self.third


def make_committee(slug: str = MARCUS) -> Committee:
    """Nobody has voted. The packet of the default loop has no disqualifying flag."""
    with transaction.atomic():  # a packet is committed with its flags
        packet = store(packet_of(slug))
    chair, *others = [member_of(packet.loop, n) for n in ("Chair Ada", "Member Bo", "Third Cy")]
    seat_of(chair, packet.loop).update(is_chair=True)
    return Committee(packet.loop, packet, chair, *others, person("A Recruiter", Role.RECRUITER))


def seat_of(who: User, loop: Loop):
    return CommitteeSeat.objects.filter(person=who, loop=loop)


def read(who: User, packet: Packet) -> None:
    """As the packet's page records it."""
    audit.record(who, "packet.read", packet, stream=loop_stream(packet.loop))


def vote_twice(who: User, packet: Packet, choice: str = "yes", reason: str = "as read") -> None:
    voting.vote(who, packet, FIRST, choice, f"first {reason}")
    read(who, packet)
    voting.vote(who, packet, SECOND, choice, reason)


def all_vote(committee: Committee, *but: User) -> None:
    for who in committee.people:
        if who not in but:
            vote_twice(who, committee.packet, reason=f"reason of {who.name}")


def chair_alone_votes(cast: Cast, packet: Packet) -> None:
    """With a quorum of one, so that the packet can be decided on."""
    Opening.objects.filter(pk=cast.loop.opening_id).update(quorum=1)
    vote_twice(cast.committee, Packet.objects.get(pk=packet.pk))


def resolve(packet: Packet, by: User, outcome: str = "upheld") -> None:
    for flag in packet.flags.all():
        FlagResolution.objects.create(
            loop=packet.loop,
            packet=packet,
            signal=flag.signal,
            fingerprint=flag.fingerprint,
            outcome=outcome,
            by=by,
            reason="As the notes say.",
        )


def next_packet(packet: Packet) -> Packet:
    """What an amendment makes of it: the packet is superseded, and a further version is there."""
    with transaction.atomic():
        build_jobs.supersede(packet.loop)
        return store(packet.content, packet.loop, packet.version + 1)
