"""The level's bar: what it asks of each dimension, and how far the panel's evidence answers."""

from collections.abc import Sequence
from typing import Any

from hiring_committee.packet.terms import Panel

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
    rows = [
        {
            "dimension": each["id"],
            "needs": each["needs"],
            "lower_median": each["lower_median"],
            "reading": each["bar"],
            "must": each["must"],
        }
        for each in dimensions
    ]
    return {
        "level": panel.source.opening.level,
        "edited": panel.source.opening.bar is not None,
        **_in_order(rows),
        "signals": [_signal(panel, id, needs) for id, needs in panel.bar.signals.items()],
        "any_supported_4": _any_supported_4(panel.bar.any_supported_4, dimensions),
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
