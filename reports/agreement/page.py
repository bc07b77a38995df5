"""A report's figures in words, dimension by dimension. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

NOT_ENOUGH = "Not enough to say"
FORMS = ("ICC(1,1)", "ICC(2,1)", "ICC(3,1)", "ICC(1,k)", "ICC(2,k)", "ICC(3,k)")
FIRM, TENTATIVE = 0.80, 0.667
ON_A_CARD = 4  # dimensions that a round usually rates

# design: title, what a unit is, and why there may be none
DESIGNS = {
    "in_one_room": (
        "In one room",
        "Do two people who heard the same answers give the same rating? Each interview that two"
        " people rated is a unit.",
        "No interview had two people rate it.",
    ),
    "across_rounds": (
        "Across rounds",
        "Do different people, who heard different answers, rate one candidate alike? Each"
        " candidate rated in two rounds is a unit; people of one room count as one, with the lower"
        " median, and two rounds by one person are one person.",
        "No candidate was rated in two rounds by different people.",
    ),
}


@dataclass(frozen=True)
class Row:
    """One dimension. `reason` says why there is no alpha; then the three are empty."""

    title: str
    ordinal: str
    likely: str  # where ordinal lies in 95 of 100 draws, or empty
    nominal: str
    interval: str
    reads: str
    rests_on: str
    reason: str
    caution: str


@dataclass(frozen=True)
class Section:
    id: str
    title: str
    asks: str
    rows: list[Row]
    unrated: list[str]  # titles of dimensions in which nobody can be compared
    nobody: str  # why, in the words of the design
    correlations: dict[str, list[str]]  # by dimension the six forms; one not defined says so


def sections(result: Mapping[str, Any], titles: Mapping[str, str]) -> list[Section]:
    """`titles` are the rubric's, in its order; a dimension that it has no more comes last."""
    return [_section(design, result[design], titles) for design in DESIGNS]


def _section(design: str, found: Mapping[str, Any], titles: Mapping[str, str]) -> Section:
    title, asks, nobody = DESIGNS[design]
    ids = [*titles, *sorted(set(found) - set(titles))]
    named = {id: titles.get(id, id) for id in ids}
    compared = [id for id in ids if id in found and found[id]["units"]]
    return Section(
        id=design.replace("_", "-"),
        title=title,
        asks=asks,
        rows=[_row(named[id], found[id]) for id in compared],
        unrated=[named[id] for id in ids if id not in compared],
        nobody=nobody,
        correlations={
            named[id]: [_figure(found[id]["icc"][form]) for form in FORMS]
            for id in compared
            if any(value is not None for value in found[id]["icc"].values())
        },
    )


def _row(title: str, found: Mapping[str, Any]) -> Row:
    alpha = found["alpha"]
    return Row(
        title=title,
        ordinal=_figure(alpha["ordinal"]),
        likely=" to ".join(map(_figure, found["alpha_range"] or [])),
        nominal=_figure(alpha["nominal"]),
        interval=_figure(alpha["interval"]),
        reads=reading(alpha["ordinal"]),
        rests_on=f"{found['units']} units, {found['ratings']} ratings, {found['raters']} raters",
        reason=found["why"].get("ordinal", ""),
        caution=found["caution"],
    )


def _figure(value: float | None) -> str:
    """Two decimals, as these coefficients are read; never 0 for what is not defined.

    >>> _figure(0.8216), _figure(-0.001), _figure(None)
    ('0.82', '0.00', 'Not enough to say')
    """
    return NOT_ENOUGH if value is None else f"{round(value, 2) + 0.0:.2f}"


def reading(alpha: float | None) -> str:
    """
    >>> reading(0.8), reading(0.79), reading(0.66), reading(None)
    ('firm', 'tentative', 'a description only', '')
    """
    if alpha is None:
        return ""
    return "firm" if alpha >= FIRM else "tentative" if alpha >= TENTATIVE else "a description only"


def of_one_card(components: Mapping[str, float], dimensions: int = ON_A_CARD) -> str:
    """The share of what candidates differ in that one scorecard shows; empty if not defined.

    `components` are the variances of a calibration.

    >>> of_one_card({"candidate": 0.2, "candidate_dimension": 0.1, "card": 0.1, "interviewer": 0.05,
    ...              "residual": 0.1})
    '0.50'
    >>> of_one_card({})
    ''
    """
    try:
        names = ("candidate", "candidate_dimension", "card", "interviewer", "residual")
        candidate, cell, card, interviewer, rest = (float(components[name]) for name in names)
        every = candidate + interviewer + card + (cell + rest) / dimensions
        return _figure(candidate / every)
    except (KeyError, TypeError, ZeroDivisionError):  # a variance is missing or null, or all are 0
        return ""
