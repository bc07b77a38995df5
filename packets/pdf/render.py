"""Set a packet's document as a PDF: whole, or as one page."""

import json
from dataclasses import asdict, dataclass
from datetime import date, datetime, tzinfo
from pathlib import Path
from typing import Any, Final

import typst
from django.utils import timezone

from packets.content.document import PacketDocument
from packets.page.packet_page import packet_page
from packets.pdf.fonts import FAMILIES, fonts
from packets.pdf.legible import isolated, legible, parts
from packets.pdf.print_charts import print_chart

FOLDER = Path(__file__).parent
# Tagged, with alternatives for what is drawn: the compiler refuses it otherwise.
STANDARD: Final = "ua-1"
SVG = "<svg "


@dataclass(frozen=True)
class RecordedDecision:
    """A decision as the summary tells it; `at` is aware."""

    says: str
    reason: str
    by: str
    at: datetime


def packet_pdf(document: PacketDocument, zone: tzinfo | None = None) -> bytes:
    """The same object as the page's, whole and tagged; dates are in `zone`, else the current one.

    The same packet, read under the same resolutions, is the same file.
    """
    return _set("packet.typ", document, zone, title=f"Packet {document['packet']['version']}")


def summary_pdf(
    document: PacketDocument, decided: RecordedDecision | None, zone: tzinfo | None = None
) -> bytes:
    """One page of the same object, for somebody who does not read packets; tagged as well.

    Long texts are cut, and of long lists it says how much more the packet has.
    """
    decision = legible(asdict(decided)) if decided else None
    return _set("summary.typ", document, zone, title="Summary", decision=decision)


def _set(template: str, document: PacketDocument, zone: tzinfo | None, **more: Any) -> bytes:
    """Compile preamble and template over the page's object and what more the template takes."""
    content = {key: part for key, part in document.items() if key != "packet"}
    page = asdict(packet_page(legible(content) | {"packet": document["packet"]}))
    zone = zone or timezone.get_current_timezone()
    said = _plain({"page": page, **more}, zone)
    data = {**said, "parts": parts(said), "fonts": FAMILIES, "zone": str(zone)}
    return typst.compile(
        b"".join((FOLDER / name).read_bytes() for name in ("preamble.typ", template)),
        font_paths=fonts(),
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(data)},
        pdf_standards=[STANDARD],
        timestamp=_built(document),
    )


def _built(document: PacketDocument) -> datetime:
    """To the second, as a PDF keeps it."""
    return datetime.fromisoformat(document["packet"]["built_at"]).replace(microsecond=0)


def _plain(value: Any, zone: tzinfo) -> Any:
    """As JSON has it: dates in words, charts in ink."""
    if isinstance(value, dict):
        return {key: _plain(each, zone) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each, zone) for each in value]
    if isinstance(value, datetime):
        return f"{value.astimezone(zone):%-d %b %Y, %H:%M}"
    if isinstance(value, date):
        return f"{value:%-d %b %Y}"
    if isinstance(value, str):
        return print_chart(value) if value.startswith(SVG) else isolated(value)
    return value
