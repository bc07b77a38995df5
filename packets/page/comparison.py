"""Packets side by side, in the order in which one is read. No figure ranks anybody."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from packets.content.reading_order import is_tie
from packets.page import cards, consistency, flags
from packets.page.ahead import Separation, separation
from packets.page.cards import Question
from packets.page.consistency import Coverage, Spot
from packets.page.flags import Flag, Pattern
from packets.page.labels import Document, Words
from packets.page.page import Verdict, verdict


@dataclass(frozen=True)
class Reading:
    """What one packet reads of one dimension, in words."""

    bar: str  # met, below, open, unknown
    bar_title: str
    coverage: str
    thin: bool
    apart: bool
    ratings: str  # those with evidence, as they are
    href: str


@dataclass(frozen=True)
class Column:
    """One candidate."""

    name: str
    packet: str  # its id
    version: int
    verdict: Verdict
    open_flags: list[Flag]
    settled_flags: list[Flag]
    patterns: list[Pattern]
    spots: list[Spot]
    coverage: Coverage
    questions: list[Question]


@dataclass(frozen=True)
class Row:
    title: str
    must: bool
    cells: list[tuple[Column, Reading]]


@dataclass(frozen=True)
class Comparison:
    opening: str
    level: str
    columns: list[Column]
    rows: list[Row]  # all dimensions but the tie-breaker
    tie_breaker: Row | None
    ties: list[tuple[str, str]]  # names of two who are level in everything else
    separation: Separation | None


def comparison(documents: Sequence[Document]) -> Comparison:
    """`documents` are of one opening and level, in the order in which they are to stand."""
    first, columns = documents[0], [_column(document) for document in documents]
    rows = [(each["tie_breaker"], _row(each, documents, columns)) for each in first["dimensions"]]
    pairs = combinations(documents, 2)
    ties = [(_name(one), _name(other)) for one, other in pairs if is_tie(one, other)]
    told = [each["id"] for each in first["dimensions"] if ties or not each["tie_breaker"]]
    return Comparison(
        opening=first["opening"]["title"],
        level=Words(first).title("levels", first["opening"]["level"]),
        columns=columns,
        rows=[row for breaks_ties, row in rows if not breaks_ties],
        tie_breaker=next((row for breaks_ties, row in rows if breaks_ties), None),
        ties=ties,
        separation=separation(documents, told),
    )


def _name(document: Document) -> str:
    return document["candidate"]["name"]


def _column(document: Document) -> Column:
    words = Words(document)
    shown = flags.flags(document, words)
    return Column(
        name=_name(document),
        packet=document["packet"]["id"],
        version=document["packet"]["version"],
        verdict=verdict(document),
        open_flags=[flag for flag in shown if flag.is_open],
        settled_flags=[flag for flag in shown if not flag.is_open],
        patterns=flags.patterns(document, words),
        spots=consistency.spots(document, words),
        coverage=consistency.coverage(document, words),
        questions=cards.questions(document, words),
    )


def _row(first: dict[str, Any], documents: Sequence[Document], columns: Sequence[Column]) -> Row:
    readings = [_reading(_dimension(first["id"], document)) for document in documents]
    return Row(
        title=Words(documents[0]).title("dimensions", first["id"]),
        must=first["must"],
        cells=list(zip(columns, readings, strict=True)),
    )


def _dimension(id: str, document: Document) -> dict[str, Any]:
    """Packets of two rubric versions may differ in their dimensions: then one has none."""
    return next((each for each in document["dimensions"] if each["id"] == id), {})


def _reading(each: dict[str, Any]) -> Reading:
    if not each:
        return Reading("unknown", "Not in its rubric", "", False, False, "", "")
    coverage = consistency.coverage_word(each)
    return Reading(
        bar=each["bar"],
        bar_title=consistency.BAR[each["bar"]],
        coverage=coverage,
        thin=coverage != consistency.COVERAGE["covered"],
        apart=each["disagreement"],
        ratings=", ".join(map(str, each["supported"])),
        href=f"#ev-{each['id']}",
    )
