"""A packet as its readers get it: its content under what people found of its flags."""

import json

from packets.content.document import PacketDocument
from packets.models import Packet


def document_of(packet: Packet) -> PacketDocument:
    """The whole packet under what people found of its flags: one query, or none where prefetched.

    A superseded packet shows what was found by its time, and so never changes again.
    """
    if not packet.content.get("flags"):
        return packet.document([])
    rows = packet.loop.flag_resolutions.all()
    return packet.document(row.as_read for row in rows if row.packet.version <= packet.version)


def as_json(document: PacketDocument) -> str:
    """As `build_packet --json` prints it and the page offers it."""
    return json.dumps(document, indent=2, ensure_ascii=False)
