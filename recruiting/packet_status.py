"""What a committee has of each of many loops: its packet, the flags open on it, its decision."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from django.db.models import Count

from accounts.models import User
from hiring_committee.models import Decision
from hiring_committee.models.resolutions import open_flags
from interviews.models import Loop
from packets.models import Packet, PacketFlag, PacketRequest
from scorecard.access import loops_read_by


class PacketState(StrEnum):
    CURRENT = "current"
    SUPERSEDED = "superseded"
    BUILDING = "building"
    FAILED = "failed"
    NONE = "none"


@dataclass(frozen=True)
class PacketStatus:
    """What there is of one loop; everything is empty where the reader may not read its packet."""

    is_read: bool = False  # may they?
    packet: Packet | None = None  # the current one, without its content
    was_built: bool = False
    request: str = ""  # the state of the last request
    open_flags: int | None = None  # on the current packet, where there is one
    decision: Decision | None = None

    @property
    def is_building(self) -> bool:
        return self.request in (PacketRequest.State.REQUESTED, PacketRequest.State.RUNNING)

    @property
    def state(self) -> PacketState:
        """A current packet stays so while another one is being built."""
        if self.packet:
            return PacketState.CURRENT
        if self.is_building:
            return PacketState.BUILDING
        if self.request == PacketRequest.State.FAILED:
            return PacketState.FAILED
        return PacketState.SUPERSEDED if self.was_built else PacketState.NONE


def statuses_of(loops: Collection[UUID], reader: User) -> dict[UUID, PacketStatus]:
    """By loop, for each of those given. Five queries at most, however many loops."""
    read = list(loops_read_by(reader).filter(pk__in=loops).order_by().values_list("pk", flat=True))
    built = Packet.objects.filter(loop__in=read).order_by().defer("content")
    packets = {each.loop_id: each for each in built if not each.is_superseded}
    requests = _last_requests(read)
    flags = _open_flags(packets.values(), reader)
    decisions = {each.loop_id: each for each in Decision.objects.current().filter(loop__in=read)}
    ever = {each.loop_id for each in built}
    found = {
        loop: PacketStatus(
            is_read=True,
            packet=packets.get(loop),
            was_built=loop in ever,
            request=requests.get(loop, ""),
            open_flags=flags.get(packets[loop].pk, 0) if loop in packets else None,
            decision=decisions.get(loop),
        )
        for loop in read
    }
    return {loop: found.get(loop, PacketStatus()) for loop in loops}


def with_packet_status(loops: Iterable[Loop], reader: User) -> list[Loop]:
    """The same loops, each with its `packet_status`."""
    loops = list(loops)
    statuses = statuses_of([loop.pk for loop in loops], reader)
    for loop in loops:
        loop.packet_status = statuses[loop.pk]  # type: ignore[attr-defined]
    return loops


def _last_requests(loops: list[UUID]) -> dict[UUID, str]:
    requests = PacketRequest.objects.filter(loop__in=loops).order_by("loop", "-requested_at")
    return dict(requests.distinct("loop").values_list("loop", "state"))


def _open_flags(packets: Iterable[Packet], reader: User) -> dict[UUID, int]:
    """By packet; a flag that was settled counts as open while the reader may not know of it."""
    keys = [packet.pk for packet in packets]
    if not keys:
        return {}
    flags = open_flags(PacketFlag.objects.all(), reader).filter(packet__in=keys).order_by()
    return dict(flags.values_list("packet").annotate(Count("pk")))
