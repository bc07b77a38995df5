"""Part 8: the panel's raw numbers, and what is not computed here."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from packets import charts
from packets.content.card_sections import InterviewerSeat
from packets.content.document import DimensionSection, PacketContent, PairGap
from packets.page.adjusted_estimates import AdjustedEstimates, adjusted_estimates
from packets.page.labels import NOT_ENOUGH, Labels, Person
from packets.page.wording import count, joined, sources

SAID = ("strong_no", "no", "yes", "strong_yes")


@dataclass(frozen=True)
class Tally:
    """How many say the same, who they are, and where on the page what they say stands."""

    n: int
    by: str
    anchor: str


@dataclass(frozen=True)
class DimensionFigures:
    """One dimension's raw figures. What is not defined is said in words."""

    anchor: str
    title: str
    counts: list[Tally]  # of 1, 2, 3, 4
    sources: str
    median: str
    range: str
    deviation: str
    disagree: bool


@dataclass(frozen=True)
class Numbers:
    chart: str  # SVG
    rows: list[DimensionFigures]
    usual: list[str]  # of dimensions that nobody assessed, where enough is known of others
    recommendations: list[tuple[str, Tally]]
    same_side: str
    pairs: list[tuple[list[Person], str, str]]  # two interviewers, their rounds, how far apart
    totals: str
    adjusted: AdjustedEstimates | None
    unknown: list[tuple[str, str]]  # what is not computed here, and why


def numbers(content: PacketContent, labels: Labels) -> Numbers:
    found, dimensions = content["statistics"], content["dimensions"]
    said = found["recommendations"]
    return Numbers(
        chart=charts.dots([_dot_row(each, labels) for each in dimensions]),
        rows=[_figures(each, content, labels) for each in dimensions],
        usual=[
            usually(labels.title("dimensions", each["id"]), counts)
            for each in dimensions
            if (counts := found["dimensions"][each["id"]].get("base_rate"))
        ],
        recommendations=[
            (labels.title("recommendations", each), _recommended(each, content, labels))
            for each in SAID
        ],
        same_side=f"{said['same_side']} of {said['of']} on the same side" if said["of"] else "",
        pairs=[_pair(each, labels) for each in found["pair_gaps"]],
        totals=_totals(content),
        adjusted=adjusted_estimates(content, labels),
        unknown=_unknown(content),
    )


def _totals(content: PacketContent) -> str:
    totals = content["statistics"]["totals"]
    people = count(totals["people"], "person", "people")
    ratings, rounds = count(totals["ratings"], "rating"), count(totals["rounds"], "round")
    return f"{ratings} with evidence, by {people} in {rounds}"


def _unknown(content: PacketContent) -> list[tuple[str, str]]:
    found = content["statistics"]
    figures = (
        ("Adjusted estimates", "adjusted", found["adjusted"]),
        ("Reliability of the panel", "reliability", found["reliability"]),
        ("Disagreement beside other panels", "disagreement_ratio", found["disagreement_ratio"]),
    )
    reasons = found["reasons"]
    return [(title, reasons.get(key, NOT_ENOUGH)) for title, key, each in figures if each is None]


def _dot_row(each: DimensionSection, labels: Labels) -> charts.DotRow:
    dots = [
        charts.Dot(
            value=rating["rating"],
            label=f"{labels.person(rating['interviewer']).name}: {rating['rating']}",
            href=f"#{labels.evidence_anchor(each['id'], rating)}",
        )
        for rating in each["ratings"]
        if rating["supported"] and rating["rating"] is not None
    ]
    return charts.DotRow(labels.title("dimensions", each["id"]), dots, each["needs"])


def _figures(each: DimensionSection, content: PacketContent, labels: Labels) -> DimensionFigures:
    found = content["statistics"]["dimensions"][each["id"]]
    return DimensionFigures(
        anchor=f"ev-{each['id']}",
        title=labels.title("dimensions", each["id"]),
        counts=[_rated(value, each, labels) for value in range(1, 5)],
        sources=sources(found),
        median=_number(found["median"]),
        range=_number(found["range"]),
        deviation=_number(found["ad_median"]),
        disagree=bool(found["disagree"]),
    )


def _rated(value: int, each: DimensionSection, labels: Labels) -> Tally:
    rows = [row for row in each["ratings"] if row["supported"] and row["rating"] == value]
    anchors = [labels.evidence_anchor(each["id"], row) for row in rows]
    return _tally(rows, anchors, f"ev-{each['id']}", labels)


def _recommended(choice: str, content: PacketContent, labels: Labels) -> Tally:
    rows = [card for card in content["cards"] if card["recommendation"] == choice]
    return _tally(rows, [f"card-{card['ref']}" for card in rows], "people", labels)


def _tally(
    rows: Sequence[InterviewerSeat], anchors: list[str], several: str, labels: Labels
) -> Tally:
    """`several` is where they all stand; one alone is led to, and nobody to nothing."""
    by = joined(labels.person(row["interviewer"]).name for row in rows)
    return Tally(len(rows), by, several if len(rows) > 1 else "".join(anchors))


def usually(title: str, counts: list[int]) -> str:
    """
    >>> usually("Depth", [3, 20, 33, 8])
    'Depth: of 64 ratings of others at this level 3 were a 1, 20 a 2, 33 a 3, 8 a 4.'
    """
    first, *rest = [f"{count} a {point}" for point, count in enumerate(counts, start=1)]
    each = ", ".join([first.replace(" a ", " were a "), *rest])
    return f"{title}: of {sum(counts)} ratings of others at this level {each}."


def _number(value: float | None) -> str:
    """At most one decimal; what is undefined is said."""
    if value is None:
        return NOT_ENOUGH
    rounded = Decimal(str(value)).quantize(Decimal("0.1"), ROUND_HALF_UP)
    return str(rounded).removesuffix(".0")


def _pair(each: PairGap, labels: Labels) -> tuple[list[Person], str, str]:
    gap = each["gap"]
    shared = count(each["shared"], "shared dimension")
    says = each["reason"] if gap is None else f"{_number(gap)} apart on average, {shared}"
    rounds = ", ".join(labels.titled("rounds", each["rounds"]))
    return labels.people(each["interviewers"]), rounds, says
