"""Set a packet's document as a PDF."""

import json
from dataclasses import asdict
from datetime import date, datetime, tzinfo
from pathlib import Path
from typing import Any

import typst
from django.utils import timezone

from hiring_committee.packet_page.page import packet_page
from hiring_committee.packet_page.words import Document
from hiring_committee.packet_pdf.fonts import FAMILIES, fonts
from hiring_committee.packet_pdf.ink import inked
from hiring_committee.packet_pdf.legible import isolated, legible, parts

TEMPLATE = Path(__file__).with_name("packet.typ")
STANDARD = "ua-1"  # tagged, with alternatives for what is drawn: the compiler refuses it otherwise
SVG = "<svg "


def packet_pdf(document: Document, zone: tzinfo | None = None) -> bytes:
    """The same object as the page's, whole and tagged; dates are in `zone`, else the current one.

    The same packet, read under the same resolutions, is the same file.
    """
    content = {key: part for key, part in document.items() if key != "packet"}
    page = asdict(packet_page({"packet": document["packet"], **legible(content)}))
    zone = zone or timezone.get_current_timezone()
    data = {
        "page": (plain := _plain(page, zone)),
        "parts": parts(plain),
        "fonts": FAMILIES,
        "zone": str(zone),
    }
    return typst.compile(
        TEMPLATE.read_bytes(),
        font_paths=fonts(),
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(data)},
        pdf_standards=[STANDARD],
        timestamp=_built(document),
    )


def _built(document: Document) -> datetime:
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
        return inked(value) if value.startswith(SVG) else isolated(value)
    return value
