"""Packets side by side, in the order in which one is read. No figure ranks anybody."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from statistics import NormalDist

from packets.content.adjusted import likelihood
from packets.content.document import PacketContent, PacketDocument
from packets.content.reading_order import is_tie
from packets.page.consistency import HeatRow
from packets.page.labels import Labels
from packets.page.packet_page import PacketPage, packet_page

SURE = 0.80  # below, and above one minus this, two are too close to separate
# Two yardsticks measure no difference.
OTHER_YARDSTICK = "Their packets rest on different calibrations, so nothing is said between them."


@dataclass(frozen=True)
class ComparedDimension:
    """Packets of two rubric versions may differ in their dimensions: then one reads None."""

    title: str
    must: bool
    cells: list[tuple[PacketPage, HeatRow | None]]


@dataclass(frozen=True)
class SeparatedDimension:
    """Pairs of which one is ahead, and pairs that are too close to separate."""

    title: str
    ahead: list[tuple[str, str, str]]  # one, how likely it is, the other
    close: list[tuple[str, str]]


@dataclass(frozen=True)
class Separation:
    """Dimensions in which two are rated, in the rubric's order; else why nothing is said."""

    rows: list[SeparatedDimension]
    reason: str


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


def separation(packets: Sequence[PacketContent], dimensions: Sequence[str]) -> Separation | None:
    """Of two candidates, whom the adjusted estimates put ahead: in words, and no rank.

    None where no packet has a calibration. `dimensions` are those to be told of.
    """
    known = {found["snapshot"] if (found := each["calibration"]) else None for each in packets}
    if known == {None}:
        return None
    if len(known) > 1:
        return Separation([], OTHER_YARDSTICK)
    labels = Labels(packets[0])
    rows = [_dimension(id, labels.title("dimensions", id), packets) for id in dimensions]
    return Separation([row for row in rows if row.ahead or row.close], "")


def _dimension(id: str, title: str, packets: Sequence[PacketContent]) -> SeparatedDimension:
    ahead, close = [], []
    for (one, a), (other, b) in combinations(_estimates(id, packets), 2):
        probability = _above_zero(a - b)
        if probability >= SURE:
            ahead.append((one, likelihood(probability), other))
        elif 1 - probability >= SURE:
            ahead.append((other, likelihood(1 - probability), one))
        else:
            close.append((one, other))
    return SeparatedDimension(title, ahead, close)


def _estimates(id: str, packets: Sequence[PacketContent]) -> Iterator[tuple[str, NormalDist]]:
    """By name, of those who were rated there: the estimate with its standard error."""
    for each in packets:
        found = (each["statistics"]["adjusted"] or {}).get(id)
        if found and found["estimate"] is not None:
            yield each["candidate"]["name"], NormalDist(found["estimate"], found["se"])


def _above_zero(difference: NormalDist) -> float:
    """
    >>> round(_above_zero(NormalDist(0.5, 0.5)), 2)
    0.84
    >>> _above_zero(NormalDist(0.1, 0.0)), _above_zero(NormalDist(0.0, 0.0))
    (1.0, 0.5)
    """
    if difference.stdev > 0:
        return NormalDist().cdf(difference.mean / difference.stdev)
    return 0.5 if difference.mean == 0 else float(difference.mean > 0)
