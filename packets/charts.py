"""Charts as SVG text: pure, and without style attributes, which the page's policy would block.

Colours come from classes of packet.css. Each chart has a title and a description, and the page
gives the same figures as a table.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import ceil, floor
from typing import TypeVar
from xml.etree.ElementTree import Element, SubElement, tostring

WIDTH, LEFT, RIGHT = 960, 190, 12  # of the timeline, in its own units
ROW, HEAD = 46, 26
REACH = 21  # two marks nearer than this would cover each other

DOTS_WIDTH, DOTS_LEFT, DOT_ROW, POINT = 436, 190, 26, 66
CHANGES_WIDTH = 520  # as the dots, with room for words at the end of a row
COURSE_WIDTH, COURSE_HEIGHT = 420, 120
STRIP_WIDTH, STRIP_ROW, PILE = 560, 40, 6
DOT_GAP, DOT_REACH = 17, 44  # between two dots of one value, and over all of them


@dataclass(frozen=True)
class Mark:
    """A stage's first mention, in seconds from the start. The model is drawn as a square."""

    letter: str
    at: int
    href: str = ""
    label: str = ""


@dataclass(frozen=True)
class InterviewLine:
    name: str
    round: str
    marks: Sequence[Mark]
    seconds: int  # how long the interview lasted; 0 if unknown


@dataclass(frozen=True)
class Dot:
    value: int
    label: str
    href: str


@dataclass(frozen=True)
class DotRow:
    title: str
    dots: Sequence[Dot]
    needs: int  # the level's bar


@dataclass(frozen=True)
class RatingChange:
    """A rating before and after an amendment; None where it was, or is, not rated."""

    title: str
    before: int | None
    after: int | None


@dataclass(frozen=True)
class Strip:
    """One row of a quantile chart: equally probable values from 1 to 4, lowest first."""

    title: str
    values: Sequence[float]
    bar: float  # from here on a value rounds to the level's bar
    label: str


T = TypeVar("T")


def timeline(lines: Sequence[InterviewLine]) -> str:
    """When each stage first came up, one line an interview, minutes from left to right."""
    height = HEAD + ROW * len(lines)
    svg = _svg(
        WIDTH,
        height,
        "Order of thinking",
        "The minute at which objective, data, model and trade-offs first came up in each round."
        " The table below has the same figures.",
    )
    ends = [max([line.seconds, *(mark.at for mark in line.marks)]) for line in lines]
    minutes = max(10, ceil(max(ends, default=0) / 600) * 10)
    scale = (WIDTH - LEFT - RIGHT) / (minutes * 60)
    for minute in range(0, minutes + 1, 10):
        x = LEFT + minute * 60 * scale
        _line(svg, "grid", x, HEAD - 4, x, height)
        _text(svg, "ax", x, 14, str(minute), middle=True)
    for row, (line, end) in enumerate(zip(lines, ends, strict=True)):
        _interview(svg, HEAD + ROW * row + 20, line, end, scale)
    return tostring(svg, encoding="unicode")


def _interview(svg: Element, y: float, line: InterviewLine, end: int, scale: float) -> None:
    _text(svg, "nm", 0, y - 3, line.name)
    _text(svg, "ax", 0, y + 12, line.round)
    _line(svg, "axis", LEFT, y, LEFT + (end or 60) * scale, y)
    if not line.marks:
        _text(svg, "ax", LEFT + 8, y - 6, "no stage of these was noted")
    free = 0.0
    for mark in sorted(line.marks, key=lambda mark: mark.at):
        true = LEFT + mark.at * scale
        x = max(true, free)  # a mark steps aside for the one before; its tick does not
        free = x + REACH
        _line(svg, "tick", true, y + 10, true, y + 16)
        _mark(_link(svg, mark.href, mark.label), x, y, mark.letter)


def _link(parent: Element, href: str, label: str) -> Element:
    """A link for the pointer: for the keyboard, the table beside the chart has the same ones."""
    if not href:
        return parent
    return _element(parent, "a", "", href=href, tabindex=-1, **{"aria-label": label})


def _mark(svg: Element, x: float, y: float, letter: str) -> None:
    if letter == "M":
        _element(svg, "rect", "mk model", x=x - 9, y=y - 9, width=18, height=18, rx=3)
    else:
        _circle(svg, "mk", x, y, 9.5)
    _text(svg, "ml" if letter == "M" else "lt", x, y + 4, letter, middle=True)


def dots(rows: Sequence[DotRow]) -> str:
    """Supported ratings from 1 to 4, one dot each, with a mark where the level's bar stands."""
    return _on_scale(
        (DOTS_WIDTH, DOT_ROW),
        rows,
        _dot_row,
        "Ratings by dimension",
        "One dot for each rating with evidence, from 1 to 4, and the level's bar."
        " The table has the same figures.",
    )


def _on_scale(
    size: tuple[int, int],
    rows: Sequence[T],
    draw: Callable[[Element, float, T], None],
    title: str,
    description: str,
) -> str:
    """Lines at 1 to 4 with the rows over them: `size` is the whole width, and a row's height."""
    width, height = size
    svg = _svg(width, HEAD + height * len(rows), title, description)
    for point in range(1, 5):
        _line(svg, "grid", _at(point), HEAD - 4, _at(point), HEAD + height * len(rows))
        _text(svg, "ax", _at(point), 14, str(point), middle=True)
    for number, row in enumerate(rows):
        draw(svg, HEAD + height * (number + 0.5), row)
    return tostring(svg, encoding="unicode")


def _dot_row(svg: Element, y: float, row: DotRow) -> None:
    _text(svg, "nm", 0, y + 4, row.title)
    needs = _at(row.needs)
    _line(svg, "barline", needs, y - DOT_ROW / 2, needs, y + DOT_ROW / 2)
    if not row.dots:
        _text(svg, "ax", DOTS_LEFT, y + 4, "not assessed")
    for value in range(1, 5):
        same = [dot for dot in row.dots if dot.value == value]
        gap = min(DOT_GAP, DOT_REACH / max(1, len(same) - 1))
        for place, dot in enumerate(same):
            x = _at(value) + (place - (len(same) - 1) / 2) * gap
            link = _link(svg, dot.href, f"{row.title}, {dot.label}")
            SubElement(_circle(link, "dot", x, y, 7.5), "title").text = dot.label


def changes(rows: Sequence[RatingChange], title: str) -> str:
    """Ratings that an amendment changed: a ring where each stood, a dot where it stands."""
    return _on_scale(
        (CHANGES_WIDTH, DOT_ROW),
        rows,
        _change_row,
        title,
        "A ring for the rating before and a dot for the rating after, from 1 to 4. The table below"
        " has the same figures.",
    )


def _change_row(svg: Element, y: float, row: RatingChange) -> None:
    """A side without a rating has no mark; the end of the row says so in words."""
    _text(svg, "nm", 0, y + 4, row.title)
    if row.before and row.after:
        _line(svg, "axis", _at(row.before), y, _at(row.after), y)
    if row.before:
        _circle(svg, "ring", _at(row.before), y, 7)
    if row.after:
        _circle(svg, "dot", _at(row.after), y, 7.5)
    if not row.before or not row.after:
        _text(svg, "ax", _at(4) + 14, y + 4, "not rated before" if row.after else "not rated now")


def quantiles(rows: Sequence[Strip]) -> str:
    """How sure an estimate is: twenty dots a row, each as probable as the others."""
    return _on_scale(
        (STRIP_WIDTH, STRIP_ROW),
        rows,
        _strip,
        "How sure the estimates are",
        "Twenty dots for each dimension, each as probable as the others, and a line from which a"
        " value rounds to the level's bar. The table has the same figures.",
    )


def _strip(svg: Element, middle: float, row: Strip) -> None:
    """Dots that would cover each other are stacked, none across the bar's line."""
    y, bar = middle + STRIP_ROW / 2 - 6, _at(row.bar)  # where the lowest stand
    _text(svg, "nm", 0, y, row.title)
    _line(svg, "barline", bar, y - STRIP_ROW + 10, bar, y + 4)
    piles: Counter[int] = Counter()
    for value in row.values:
        place = floor((_at(value) - bar) / PILE)
        _circle(svg, "dot", bar + (place + 0.5) * PILE, y - piles[place] * PILE, 2.8)
        piles[place] += 1
    _text(svg, "ax", _at(4) + 16, y, row.label)


def course(
    title: str,
    description: str,
    values: Sequence[float | None],
    top: float,
    line: float | None = None,
) -> str:
    """A value for each card, oldest left; None is a gap. `line` is a limit drawn across."""
    svg = _svg(COURSE_WIDTH, COURSE_HEIGHT, title, f"{description} The table has the same figures.")
    low = COURSE_HEIGHT - 12
    scale = (low - 20) / top
    step = (COURSE_WIDTH - 60) / max(1, len(values) - 1)
    for mark in (0.0, top / 2, top):
        _line(svg, "grid", 40, low - mark * scale, COURSE_WIDTH - 10, low - mark * scale)
        _text(svg, "ax", 4, low - mark * scale + 4, f"{mark:g}")
    if line is not None:
        _line(svg, "barline", 40, low - line * scale, COURSE_WIDTH - 10, low - line * scale)
    for place, value in enumerate(values):
        if value is not None:
            y = low - max(value, 0.0) * scale
            _circle(svg, "dot", 45 + place * step, y, 4.5)
    return tostring(svg, encoding="unicode")


def _at(point: float) -> float:
    return DOTS_LEFT + 14 + (point - 1) * POINT


def _svg(width: int, height: int, title: str, description: str) -> Element:
    slug = title.lower().replace(" ", "-")
    svg = Element("svg", {"viewBox": f"0 0 {width} {height}", "role": "group"})
    svg.set("aria-labelledby", f"{slug}-title")
    svg.set("aria-describedby", f"{slug}-desc")
    SubElement(svg, "title", {"id": f"{slug}-title"}).text = title
    SubElement(svg, "desc", {"id": f"{slug}-desc"}).text = description
    return svg


def _element(parent: Element, tag: str, classes: str, **attributes: float | int | str) -> Element:
    made = SubElement(parent, tag, {key: _plain(value) for key, value in attributes.items()})
    if classes:
        made.set("class", classes)
    return made


def _plain(value: float | int | str) -> str:
    return f"{value:.1f}".removesuffix(".0") if isinstance(value, float) else str(value)


def _circle(parent: Element, classes: str, x: float, y: float, r: float) -> Element:
    return _element(parent, "circle", classes, cx=x, cy=y, r=r)


def _line(svg: Element, classes: str, x1: float, y1: float, x2: float, y2: float) -> None:
    _element(svg, "line", classes, x1=x1, y1=y1, x2=x2, y2=y2)


def _text(svg: Element, classes: str, x: float, y: float, text: str, middle: bool = False) -> None:
    made = _element(svg, "text", classes, x=x, y=y)
    if middle:
        made.set("text-anchor", "middle")
    made.text = text
