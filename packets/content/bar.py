"""The level's bar: what it asks of each dimension, and how far the panel's evidence answers."""

from collections.abc import Sequence
from typing import Any

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


def bar(panel: Panel, dimensions: list[dict[str, Any]]) -> dict[str, Any]:
    """The bar as rows, musts that are below first, with the rows that are not dimensions."""
    opening = panel.source.opening
    found = read(panel, dimensions, opening.level, panel.bar)
    return {"level": opening.level, "edited": opening.bar is not None, **found}


def read(
    panel: Panel, dimensions: list[dict[str, Any]], level: str, asked: LevelBar
) -> dict[str, Any]:
    """The panel's evidence under any bar."""
    return {
        "level": level,
        **_in_order([_row(each, asked) for each in dimensions]),
        "signals": [_signal(panel, id, needs) for id, needs in asked.signals.items()],
        "any_supported_4": _any_supported_4(asked.any_supported_4, dimensions),
    }


def _row(dimension: dict[str, Any], asked: LevelBar) -> dict[str, Any]:
    """One dimension under that bar; one with an open flag is open under every bar."""
    needs = asked.for_dimension(dimension["id"])
    return {
        "dimension": dimension["id"],
        "needs": needs,
        "lower_median": dimension["lower_median"],
        "reading": reading(dimension["lower_median"], needs, dimension["bar"] == "open"),
        "must": dimension["id"] in asked.musts,
    }


def reread(bar: dict[str, Any], dimensions: list[dict[str, Any]]) -> dict[str, Any]:
    """The same bar where other dimensions are open: their own rows say now which."""
    by_id = {row["dimension"]: row for row in bar["rows"]}
    rows = [
        {
            **(row := by_id[each["id"]]),
            "reading": reading(row["lower_median"], row["needs"], each["bar"] == "open"),
        }
        for each in dimensions
    ]
    four = bar["any_supported_4"]
    return {
        **bar,
        **_in_order(rows),
        "any_supported_4": four and _any_supported_4(four["dimensions"], dimensions),
    }


def _in_order(rows: list[dict[str, Any]]) -> dict[str, Any]:
    """Rows in the rubric's order, sorted by what they read, and their dimensions by reading."""
    rows = sorted(rows, key=lambda row: (ORDER.index(row["reading"]), not row["must"]))
    by_reading = {
        wanted: [row["dimension"] for row in rows if row["reading"] == wanted] for wanted in ORDER
    }
    return {
        "rows": rows,
        "musts_below": [r["dimension"] for r in rows if r["must"] and r["reading"] == "below"],
        **by_reading,
    }


def _signal(panel: Panel, id: str, needs: int) -> dict[str, Any]:
    """A signal that the level expects: a row of its own, which turns no dimension below."""
    seen_by = panel.in_order(card.by for card in panel.counted if card.tagged([id]))
    return {"signal": id, "needs": needs, "seen_by": seen_by, "met": len(seen_by) >= needs}


def _any_supported_4(
    wanted: Sequence[str], dimensions: list[dict[str, Any]]
) -> dict[str, Any] | None:
    """One of these dimensions must carry a supported 4; one with an open flag cannot yet."""
    if not wanted:
        return None
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
