from packets.models.flags import PacketFlag
from packets.models.packets import Packet, PacketRequest

__all__ = ["Packet", "PacketFlag", "PacketRequest"]
