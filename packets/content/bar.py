"""The level's bar: what it asks of each dimension, and how far the panel's evidence answers."""

from collections.abc import Mapping, Sequence

from packets.content.document import (
    AnySupported4,
    BarAnswers,
    BarReading,
    BarRow,
    BarSection,
    BarSignal,
    DimensionSection,
)
from packets.content.panel import Panel
from rubric.content import LevelBar

ORDER = ("below", "open", "unknown", "met")


def reading(lower_median: int | None, needs: int, is_open: bool) -> str:
    """met, below, open (a disqualifying flag is unresolved) or unknown (no supported rating)."""
    if is_open:
        return "open"
    if lower_median is None:
        return "unknown"
    return "met" if lower_median >= needs else "below"


def bar(panel: Panel, dimensions: list[DimensionSection]) -> BarSection:
    """The bar as rows, musts that are below first, with the rows that are not dimensions."""
    opening = panel.source.opening
    found = read(panel, dimensions, opening.level, panel.bar)
    return {"edited": opening.bar is not None, **found}


def read(
    panel: Panel, dimensions: list[DimensionSection], level: str, asked: LevelBar
) -> BarReading:
    """The panel's evidence under any bar."""
    needs = {each["id"]: asked.for_dimension(each["id"]) for each in dimensions}
    return {
        "level": level,
        "signals": [_signal(panel, id, least) for id, least in asked.signals.items()],
        **_answers(dimensions, needs, asked.musts, asked.any_supported_4),
    }


def reread(bar: BarReading, dimensions: list[DimensionSection]) -> BarAnswers:
    """How the same bar is answered where other dimensions are open."""
    needs = {row["dimension"]: row["needs"] for row in bar["rows"]}
    musts = [row["dimension"] for row in bar["rows"] if row["must"]]
    four = bar["any_supported_4"]
    return _answers(dimensions, needs, musts, four["dimensions"] if four else ())


def _answers(
    dimensions: list[DimensionSection],
    needs: Mapping[str, int],
    musts: Sequence[str],
    fours: Sequence[str],
) -> BarAnswers:
    """Rows in the rubric's order, sorted by what they read, and their dimensions by reading."""
    rows = [_row(each, needs[each["id"]], each["id"] in musts) for each in dimensions]
    rows.sort(key=lambda row: (ORDER.index(row["reading"]), not row["must"]))
    found = {r: [row["dimension"] for row in rows if row["reading"] == r] for r in ORDER}
    return {
        "rows": rows,
        "musts_below": [id for id in found["below"] if id in musts],
        "below": found["below"],
        "open": found["open"],
        "unknown": found["unknown"],
        "met": found["met"],
        "any_supported_4": _any_supported_4(fours, dimensions) if fours else None,
    }


def _row(dimension: DimensionSection, needs: int, must: bool) -> BarRow:
    """One dimension under that bar; one with an open flag is open under every bar."""
    median = dimension["lower_median"]
    return {
        "dimension": dimension["id"],
        "needs": needs,
        "lower_median": median,
        "reading": reading(median, needs, dimension["bar"] == "open"),
        "must": must,
    }


def _signal(panel: Panel, id: str, needs: int) -> BarSignal:
    """A signal that the level expects: a row of its own, which turns no dimension below."""
    seen_by = panel.in_order(card.by for card in panel.counted if card.tagged([id]))
    return {"signal": id, "needs": needs, "seen_by": seen_by, "met": len(seen_by) >= needs}


def _any_supported_4(wanted: Sequence[str], dimensions: list[DimensionSection]) -> AnySupported4:
    """One of these dimensions must carry a supported 4; one with an open flag cannot yet."""
    asked = [each for each in dimensions if each["id"] in wanted]
    fours = [each for each in asked if 4 in each["supported"]]
    if any(each["bar"] != "open" for each in fours):
        reads = "met"
    elif fours:
        reads = "open"
    else:
        reads = "below" if any(each["supported"] for each in asked) else "unknown"
    return {
        "dimensions": list(wanted),
        "seen_in": [each["id"] for each in fours],
        "reading": reads,
    }
