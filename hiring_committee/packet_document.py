"""A packet as its readers get it: its content under what people found of its flags."""

import json

from packets.content.document import PacketDocument, PacketHeader
from packets.content.resolved import resolved
from packets.models import Packet


def document_of(packet: Packet) -> PacketDocument:
    """The whole packet as docs/packet.md describes it: one query, or none where prefetched.

    A superseded packet shows what was found by its time, and so never changes again.
    """
    header: PacketHeader = {
        "id": str(packet.id),
        "loop": str(packet.loop_id),
        "version": packet.version,
        "digest": packet.digest,
        "built_at": packet.built_at.isoformat(),
        "superseded": packet.is_superseded,
    }
    if not packet.content.get("flags"):
        return {"packet": header, **packet.content}
    rows = packet.loop.flag_resolutions.all()
    found = [row.as_read for row in rows if row.packet.version <= packet.version]
    return {"packet": header, **resolved(packet.content, found)}


def as_json(document: PacketDocument) -> str:
    """As `build_packet --json` prints it and the page offers it."""
    return json.dumps(document, indent=2, ensure_ascii=False)
