"""Packets side by side, in the order in which one is read. No figure ranks anybody."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from packets.content.document import PacketDocument
from packets.content.reading_order import is_tie
from packets.page.consistency import HeatRow
from packets.page.packet_page import PacketPage, packet_page
from packets.page.separation import Separation, separation


@dataclass(frozen=True)
class ComparedDimension:
    """Packets of two rubric versions may differ in their dimensions: then one reads None."""

    title: str
    must: bool
    cells: list[tuple[PacketPage, HeatRow | None]]


@dataclass(frozen=True)
class Comparison:
    columns: list[PacketPage]
    rows: list[ComparedDimension]  # all dimensions but the tie-breaker
    tie_breaker: ComparedDimension | None
    ties: list[tuple[str, str]]  # names of two who are level in everything else
    separation: Separation | None


def comparison(documents: Sequence[PacketDocument]) -> Comparison:
    """`documents` are of one opening and level, in the order in which they are to stand."""
    columns = [packet_page(document) for document in documents]
    dimensions = columns[0].heat.rows
    rows = [(each.tie_breaker, _compared(each, columns)) for each in dimensions]
    pairs = combinations(zip(columns, documents, strict=True), 2)
    ties = [(a.head.name, b.head.name) for (a, one), (b, other) in pairs if is_tie(one, other)]
    told = [each.id for each in dimensions if ties or not each.tie_breaker]
    return Comparison(
        columns=columns,
        rows=[row for breaks_ties, row in rows if not breaks_ties],
        tie_breaker=next((row for breaks_ties, row in rows if breaks_ties), None),
        ties=ties,
        separation=separation(documents, told),
    )


def _compared(dimension: HeatRow, columns: Sequence[PacketPage]) -> ComparedDimension:
    readings = [{row.id: row for row in page.heat.rows}.get(dimension.id) for page in columns]
    cells = list(zip(columns, readings, strict=True))
    return ComparedDimension(dimension.title, dimension.must, cells)
