"""A loop with two cards in, decided."""

import pytest
from django.db import transaction

from accounts.models import User
from hiring_committee.models import BallotOpening, Decision, FlagResolution, Vote
from hiring_committee.models.resolutions import stopping_flags
from interviews.models import CommitteeSeat, Seat
from packets import build_jobs
from packets.models import Packet, PacketFlag
from tests.people import Cast, submitted_card


@pytest.fixture
def packet(cast: Cast) -> Packet:
    for seat in Seat.objects.filter(interview__loop=cast.loop, role="lead"):
        submitted_card(seat)
    row = build_jobs.build_now(cast.loop, cast.recruiter)
    assert row is not None
    assert row.packet is not None
    return row.packet


def settle(packet: Packet, by: User) -> None:
    """Resolve what stops a decision, as a member has to."""
    for flag in stopping_flags(PacketFlag.objects.all()).filter(packet=packet):
        FlagResolution.objects.create(
            loop=packet.loop,
            packet=packet,
            signal=flag.signal,
            fingerprint=flag.fingerprint,
            outcome="upheld",
            reason="Read.",
            by=by,
        )


def decide(cast: Cast, packet: Packet, kind: str = "no_hire") -> Decision:
    """The chair alone votes and decides, with a quorum of one."""
    type(cast.loop.opening).objects.filter(pk=cast.loop.opening_id).update(quorum=1)
    seat = CommitteeSeat.objects.get(loop=cast.loop, person=cast.committee)
    if not BallotOpening.objects.filter(packet=packet).exists():
        for ballot in ("first", "second"):
            Vote.objects.get_or_create(
                packet=packet,
                seat=seat,
                ballot=ballot,
                defaults={"choice": "no", "reason": "Read."},
            )
        BallotOpening.objects.create(packet=packet)
    settle(packet, cast.committee)
    last = Decision.objects.current().filter(loop=cast.loop).first()
    with transaction.atomic():
        if last:
            Decision.objects.filter(pk=last.pk).update(superseded_at=packet.built_at)
        return Decision.objects.create(
            loop=cast.loop,
            packet=packet,
            kind=kind,
            reason="Read and discussed.",
            decided_by=cast.committee,
            supersedes=last,
        )


@pytest.fixture
def decision(cast: Cast, packet: Packet) -> Decision:
    return decide(cast, packet)
