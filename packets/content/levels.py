"""The same evidence under the bars of lower levels: whether a level question is to be offered."""

from packets.content.bar import read, reread
from packets.content.document import BarAnswers, DimensionSection, LowerLevel, PacketReadings
from packets.content.panel import Panel


def levels_below(panel: Panel, dimensions: list[DimensionSection]) -> list[LowerLevel]:
    """Each lower level's own bar, the next one down first; what the opening edited is its own.

    `is_met` where every dimension reads met, and so does a 4 that the level asks for. An untested
    dimension is unknown there too: what was not observed meets no bar and falls below none.
    """
    levels = list(panel.rubric.levels)
    lower = levels[: levels.index(panel.source.opening.level)]
    bars = [read(panel, dimensions, id, panel.rubric.bar(id)) for id in reversed(lower)]
    return [{**bar, "is_met": is_met(bar)} for bar in bars]


def reread_levels(levels: list[LowerLevel], dimensions: list[DimensionSection]) -> list[LowerLevel]:
    """The same levels where other dimensions are open."""
    pairs = [(level, reread(level, dimensions)) for level in levels]
    return [{**level, **answers, "is_met": is_met(answers)} for level, answers in pairs]


def is_met(bar: BarAnswers) -> bool:
    """Does every dimension meet this bar? Signals of the bar turn nothing below."""
    four = bar["any_supported_4"]
    rows_met = all(row["reading"] == "met" for row in bar["rows"])
    return rows_met and (four is None or four["reading"] == "met")


def level_to_ask_about(content: PacketReadings) -> str | None:
    """The next level down where its bar is met and the opening's own is not; else None."""
    lower = content.get("levels_below", [])
    asks = bool(lower) and lower[0]["is_met"] and not is_met(content["bar"])
    return lower[0]["level"] if asks else None
