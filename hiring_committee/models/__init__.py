from hiring_committee.models.access import OfLoopQuerySet, loops_read_by
from hiring_committee.models.packets import Packet, PacketRequest

__all__ = ["OfLoopQuerySet", "Packet", "PacketRequest", "loops_read_by"]
