"""Parts 3 to 5: the heat table, disagreement spots, coverage, plan, and the level's bar."""

from dataclasses import dataclass, field
from typing import Any

from packets.page.labels import NOT_ENOUGH, Document, Person, Where, Words, count
from scorecard.readable import ReadableNote

COVERAGE = {"covered": "Covered", "thin": "Thin", "not_covered": "Not covered"}
BAR = {"met": "Met", "below": "Below", "open": "Open", "unknown": "Unknown"}
NOT_RATED = "not in this round"


@dataclass(frozen=True)
class Cell:
    """One card's rating of one dimension. `state` is rated, unsupported, nobs or out."""

    state: str
    value: int | None = None
    apart: bool = False  # part of a disagreement
    says: str = ""  # for those who do not see the cell
    href: str = ""


@dataclass(frozen=True)
class Row:
    id: str
    title: str
    must: bool
    tie_breaker: bool
    cells: list[Cell]
    range: str
    apart: bool
    lower_median: str
    coverage: str
    thin: bool
    bar: str  # met, below, open, unknown
    bar_title: str
    needs: int


@dataclass(frozen=True)
class Unsupported:
    """A rating that is shown and counts for nothing, and why."""

    where: Where
    dimension: str
    value: int
    reason: str
    href: str


@dataclass(frozen=True)
class Heat:
    columns: list[Where]
    rows: list[Row]
    unsupported: list[Unsupported]
    level: str


@dataclass(frozen=True)
class Rated:
    where: Where
    value: int
    rationale: str
    notes: list[ReadableNote]


@dataclass(frozen=True)
class Spot:
    """Two people's supported ratings, two or more apart, with the notes of both sides."""

    anchor: str
    title: str
    gap: str
    flag: str  # the anchor of a flag on the same dimension
    sides: list[tuple[str, list[Rated]]]


@dataclass(frozen=True)
class Gap:
    title: str
    in_focus: bool
    raters: list[Person]
    href: str


@dataclass(frozen=True)
class Coverage:
    not_covered: list[Gap]
    thin: list[Gap]
    departures: list[tuple[str, str]]  # how the loop left its plan: label, rounds
    planned: str


@dataclass(frozen=True)
class BarRow:
    title: str
    must: bool
    says: str
    href: str


@dataclass(frozen=True)
class LowerBar:
    """The same evidence under a lower level's bar: what does not meet it, and how that reads."""

    level: str
    is_met: bool
    short: list[tuple[str, list[BarRow]]]  # reading in words, dimensions
    four: str  # where the level's 4 is wanting, what it asks for


@dataclass(frozen=True)
class Extra:
    """`seen` is what `says` speaks of, each with the anchor of its notes."""

    title: str
    is_met: bool
    says: str
    seen: list[tuple[str, str]]


@dataclass(frozen=True)
class Bar:
    level: str
    groups: list[tuple[str, str, list[BarRow]]]  # reading, its title, dimensions, musts first
    extras: list[Extra]  # what else the level asks for
    edited: bool = False  # asked by the opening, not by its level
    lower: list[LowerBar] = field(default_factory=list)

    @property
    def is_short(self) -> bool:
        """Is any dimension anything but met?"""
        return any(reading != "met" for reading, _, _ in self.groups)


def heat(document: Document, words: Words) -> Heat:
    columns = [words.where(card) for card in document["cards"]]
    spots = {
        (spot["dimension"], words.ref(rating))
        for spot in document["disagreements"]
        for rating in (*spot["low"], *spot["high"])
    }
    level = words.title("levels", document["opening"]["level"])
    return Heat(
        columns=columns,
        rows=[_row(each, columns, spots, words) for each in document["dimensions"]],
        unsupported=[
            _unsupported(each["id"], rating, words)
            for each in document["dimensions"]
            for rating in each["ratings"]
            if rating["rating"] is not None and not rating["supported"]
        ],
        level=level,
    )


def _row(
    each: dict[str, Any], columns: list[Where], spots: set[tuple[str, str]], words: Words
) -> Row:
    ratings = {words.ref(rating): rating for rating in each["ratings"]}
    cells = [
        _cell(each["id"], column, ratings.get(column.ref), (each["id"], column.ref) in spots)
        for column in columns
    ]
    return Row(
        id=each["id"],
        title=words.title("dimensions", each["id"]),
        must=each["must"],
        tie_breaker=each["tie_breaker"],
        cells=cells,
        range=NOT_ENOUGH if each["range"] is None else str(each["range"]),
        apart=each["disagreement"],
        lower_median="Not assessed" if each["lower_median"] is None else str(each["lower_median"]),
        coverage=coverage_word(each),
        thin=each["coverage"] != "covered" or each["single_source"],
        bar=each["bar"],
        bar_title=BAR[each["bar"]],
        needs=each["needs"],
    )


def coverage_word(each: dict[str, Any]) -> str:
    """Two ratings by one person cover a dimension and are still one person's."""
    alone = each["coverage"] == "covered" and each["single_source"]
    return "One person" if alone else COVERAGE[each["coverage"]]


def _cell(dimension: str, column: Where, rating: dict[str, Any] | None, apart: bool) -> Cell:
    if rating is None:
        return Cell("out", says=NOT_RATED)
    href = f"ev-{dimension}-{column.ref}"
    if rating["rating"] is None:
        return Cell("nobs", says="not observed", href=href)
    value = rating["rating"]
    if not rating["supported"]:
        says = f"of 4, counts for nothing: {rating['reason']}"
        return Cell("unsup", value, says=says, href=href)
    says = f"of 4, {count(len(rating['notes']), 'note')}"
    if apart:
        says += ", part of a disagreement"
    return Cell("rated", value, apart, says, href)


def _unsupported(dimension: str, rating: dict[str, Any], words: Words) -> Unsupported:
    where = words.where(rating)
    return Unsupported(
        where=where,
        dimension=words.title("dimensions", dimension),
        value=rating["rating"],
        reason=rating["reason"],
        href=f"ev-{dimension}-{where.ref}",
    )


def spots(document: Document, words: Words) -> list[Spot]:
    flagged = {flag["dimension"]: f"flag-{flag['signal']}" for flag in document["flags"][::-1]}
    return [
        Spot(
            anchor=f"spot-{each['dimension']}",
            title=words.title("dimensions", each["dimension"]),
            gap=count(each["gap"], "point"),
            flag=flagged.get(each["dimension"], ""),
            sides=[
                ("Lower", [_rated(rating, words) for rating in each["low"]]),
                ("Higher", [_rated(rating, words) for rating in each["high"]]),
            ],
        )
        for each in document["disagreements"]
    ]


def _rated(rating: dict[str, Any], words: Words) -> Rated:
    return Rated(
        words.where(rating), rating["rating"], rating["rationale"], words.notes(rating["notes"])
    )


def coverage(document: Document, words: Words) -> Coverage:
    found, plan = document["coverage"], document["coverage"]["plan"]
    raters = {
        each["id"]: [r["interviewer"] for r in each["ratings"] if r["supported"]]
        for each in document["dimensions"]
    }

    def gaps(ids: list[str]) -> list[Gap]:
        return [
            Gap(
                title=words.title("dimensions", id),
                in_focus=id in found["focus"],
                raters=words.people(dict.fromkeys(raters[id])),
                href=f"ev-{id}",
            )
            for id in ids
        ]

    departures = [
        ("Planned, not held", plan["not_held"]),
        ("Held, not planned", plan["added"]),
        ("Cancelled", plan["cancelled"]),
        ("Scorecard awaited", plan["awaited"]),
    ]
    return Coverage(
        not_covered=gaps(found["not_covered"]),
        thin=gaps(found["thin"]),
        departures=[
            (label, ", ".join(words.titled("rounds", rounds)))
            for label, rounds in departures
            if rounds
        ],
        planned=", ".join(words.titled("rounds", plan["planned"])),
    )


def bar(document: Document, words: Words) -> Bar:
    found = document["bar"]
    return Bar(
        level=words.title("levels", found["level"]),
        groups=_groups(found, words),
        extras=_extras(document, words),
        edited=found.get("edited", False),  # packets of before had no word for it
        lower=[_lower(each, words) for each in document.get("levels_below", [])],
    )


def _groups(found: dict[str, Any], words: Words) -> list[tuple[str, str, list[BarRow]]]:
    groups = []
    for reading in ("below", "open", "unknown", "met"):
        rows = [_bar_row(row, words) for row in found["rows"] if row["reading"] == reading]
        if rows:
            groups.append((reading, BAR[reading], sorted(rows, key=lambda row: not row.must)))
    return groups


def _lower(found: dict[str, Any], words: Words) -> LowerBar:
    four = found["any_supported_4"]
    wanting = four["dimensions"] if four and four["reading"] != "met" else []
    return LowerBar(
        level=words.title("levels", found["level"]),
        is_met=found["is_met"],
        short=[(title, rows) for key, title, rows in _groups(found, words) if key != "met"],
        four=", ".join(words.titled("dimensions", wanting)),
    )


def _bar_row(row: dict[str, Any], words: Words) -> BarRow:
    says = {
        "open": "until its flag is resolved",
        "unknown": "no rating with evidence",
    }.get(row["reading"], f"lower median {row['lower_median']}, needs {row['needs']}")
    title = words.title("dimensions", row["dimension"])
    return BarRow(title, row["must"], says, f"ev-{row['dimension']}")


def _extras(document: Document, words: Words) -> list[Extra]:
    found = document["bar"]
    extras = [_signal(row, document, words) for row in found["signals"]]
    four = found["any_supported_4"]
    if four:
        names = ", ".join(words.titled("dimensions", four["dimensions"]))
        seen = [(words.title("dimensions", id), f"ev-{id}") for id in four["seen_in"]]
        title, is_met = f"A 4 in one of {names}", four["reading"] == "met"
        extras.append(Extra(title, is_met, "seen in", seen or [("none", "")]))
    return extras


def _signal(row: dict[str, Any], document: Document, words: Words) -> Extra:
    """Its notes stand under the dimension that they are tagged with, which is the signal's."""
    of = f"{len(row['seen_by'])} of {count(row['needs'], 'person', 'people')}"
    anchors = (
        f"ev-{each['dimension']}"
        for each in document["evidence"]
        for note in (*each["strengths"], *each["risks"])
        if note["signal"] == row["signal"]
    )
    title = words.title("signals", row["signal"])
    return Extra(title, row["met"], "noted by", [(of, next(anchors, ""))])
