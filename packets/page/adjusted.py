"""The adjusted estimates of part 8 in words: ranges, one word for each probability, and why."""

from dataclasses import dataclass
from statistics import NormalDist
from typing import Any

from packets import charts
from packets.page.labels import Document, Words, count

LOWEST, HIGHEST = 1.0, 4.0  # what is shown is clipped to the scale; what is computed is not
DOTS = 20  # each stands for a twentieth
WHY = {
    "few ratings": "few ratings: pulled towards typical",
    "strict panel": "strict panel",
    "lenient panel": "lenient panel",
}


@dataclass(frozen=True)
class Row:
    """One dimension. `reason` says why there is no estimate; then all else is empty."""

    anchor: str
    title: str
    estimate: str = ""
    likely: str = ""
    wide: str = ""
    bar: str = ""
    sources: str = ""
    why: str = ""
    reason: str = ""


@dataclass(frozen=True)
class Adjusted:
    rows: list[Row]
    unrated: list[Row]
    chart: str  # SVG
    rests_on: str
    calibrated_on: str
    reliability: str
    disagreement: str


def adjusted(document: Document, words: Words) -> Adjusted | None:
    """None where there is no calibration, or it does not know the level."""
    found = document["statistics"]["adjusted"]
    if found is None:
        return None
    # In the rubric's order: the database keeps the keys of an object in an order of its own.
    each_of = [(each["id"], found[each["id"]], each["needs"]) for each in document["dimensions"]]
    rows = [_row(id, each, needs, words) for id, each, needs in each_of]
    known = document["calibration"]
    return Adjusted(
        rows=[row for row in rows if not row.reason],
        unrated=[row for row in rows if row.reason],
        chart=charts.quantiles(
            [
                _strip(id, each, needs, words)
                for id, each, needs in each_of
                if each["estimate"] is not None
            ]
        ),
        rests_on=f"{known['ratings']} ratings of {known['candidates']} candidates",
        calibrated_on=known["date"],
        reliability=_reliability(document["statistics"]["reliability"]),
        disagreement=_disagreement(document["statistics"]["disagreement_ratio"]),
    )


def _row(id: str, each: dict[str, Any], needs: int, words: Words) -> Row:
    title = words.title("dimensions", id)
    if each["estimate"] is None:
        return Row(f"ev-{id}", title, reason=each["reason"])
    people = count(each["people"], "person", "people")
    return Row(
        anchor=f"ev-{id}",
        title=title,
        estimate=shown(each["estimate"]),
        likely=f"{shown(each['lo80'])} to {shown(each['hi80'])}",
        wide=f"{shown(each['lo95'])} to {shown(each['hi95'])}",
        bar=f"{each['says']} to be {needs} or more" if _is_sure(each) else each["says"],
        sources=f"{count(each['n'], 'rating')}, {people}, {count(each['rounds'], 'round')}",
        why=" and ".join(WHY[reason] for reason in each["differs"]),
    )


def _is_sure(each: dict[str, Any]) -> bool:
    return bool(each["says"].endswith("likely"))


def shown(value: float) -> str:
    """One decimal, on the scale.

    >>> shown(2.66), shown(4.3)
    ('2.7', '4.0')
    """
    return f"{min(max(value, LOWEST), HIGHEST):.1f}"


def _strip(id: str, each: dict[str, Any], needs: int, words: Words) -> charts.Strip:
    """Twenty equally probable values; the share of them at the bar is how likely it is met."""
    spread = NormalDist(each["estimate"], max(each["se"], 1e-6))
    values = [spread.inv_cdf((place + 0.5) / DOTS) for place in range(DOTS)]
    above = sum(value >= needs - 0.5 for value in values)
    return charts.Strip(
        title=words.title("dimensions", id),
        values=[min(max(value, LOWEST), HIGHEST) for value in values],
        bar=needs - 0.5,
        label=f"{above} of {DOTS} at {needs} or more",
    )


def _reliability(found: dict[str, Any] | None) -> str:
    if found is None:
        return ""
    return (
        f"{found['value']:.2f} of 1: the share of what candidates differ in that"
        f" {count(found['n'], 'rating')} by {count(found['people'], 'person', 'people')} in"
        f" {count(found['rounds'], 'round')} can show."
        f" One more round would make it {found['one_more_round']:.2f}."
    )


def _disagreement(found: dict[str, Any] | None) -> str:
    if found is None:
        return ""
    pairs = count(found["pairs"], "pair")
    return f"{found['says'][:1].upper()}{found['says'][1:]}, over {pairs} of ratings."
