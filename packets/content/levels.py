"""The same evidence under the bars of lower levels: whether a level question is to be offered."""

from typing import Any

from packets.content.bar import read, reread
from packets.content.panel import Panel


def levels_below(panel: Panel, dimensions: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Each lower level's own bar, the next one down first; what the opening edited is its own.

    `is_met` where every dimension reads met, and so does a 4 that the level asks for. An untested
    dimension is unknown there too: what was not observed meets no bar and falls below none.
    """
    levels = list(panel.rubric.levels)
    lower = levels[: levels.index(panel.source.opening.level)]
    return [_judged(read(panel, dimensions, id, panel.rubric.bar(id))) for id in reversed(lower)]


def reread_levels(
    levels: list[dict[str, Any]], dimensions: list[dict[str, Any]]
) -> list[dict[str, Any]]:
    """The same levels where other dimensions are open."""
    return [_judged(reread(each, dimensions)) for each in levels]


def _judged(bar: dict[str, Any]) -> dict[str, Any]:
    return {**bar, "is_met": is_met(bar)}


def is_met(bar: dict[str, Any]) -> bool:
    """Does every dimension meet this bar? Signals of the bar turn nothing below."""
    four = bar["any_supported_4"]
    rows_met = all(row["reading"] == "met" for row in bar["rows"])
    return rows_met and (four is None or four["reading"] == "met")
