"""Packets for pages that are the committee's own."""

from uuid import UUID

from django.shortcuts import get_object_or_404

from accounts.access import PersonsRequest
from hiring_committee.models import with_resolutions
from interviews.models import CommitteeSeat
from packets.models import Packet


def members_packet(request: PersonsRequest, pk: UUID) -> Packet:
    """The packet, superseded or not, if this person sits in its committee; 404 to all others."""
    seats = CommitteeSeat.objects.sitting().filter(person=request.user)
    packets = Packet.objects.visible_to(request.user).filter(loop__in=seats.values("loop"))
    found = with_resolutions(packets, request.user)
    packet: Packet = get_object_or_404(
        found.select_related("loop__candidate", "loop__opening"), pk=pk
    )
    return packet
