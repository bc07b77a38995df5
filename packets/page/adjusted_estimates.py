"""The adjusted estimates of part 8 in words: ranges, one word for each probability, and why."""

from dataclasses import dataclass
from statistics import NormalDist

from packets import charts
from packets.content.document import (
    DimensionSection,
    DisagreementRatio,
    Estimate,
    PacketContent,
    Reliability,
)
from packets.page.labels import Labels
from packets.page.wording import count, sources

LOWEST, HIGHEST = 1.0, 4.0  # what is shown is clipped to the scale; what is computed is not
DOTS = 20  # each stands for a twentieth
WHY = {
    "few ratings": "few ratings: pulled towards typical",
    "strict panel": "strict panel",
    "lenient panel": "lenient panel",
}


@dataclass(frozen=True)
class AdjustedRow:
    anchor: str
    title: str
    estimate: str
    likely: str
    wide: str
    bar: str
    sources: str
    why: str


@dataclass(frozen=True)
class AdjustedEstimates:
    rows: list[AdjustedRow]
    unrated: list[tuple[str, str]]  # dimensions without an estimate, and why
    chart: str  # SVG
    rests_on: str
    calibrated_on: str
    reliability: str
    disagreement: str


def adjusted_estimates(content: PacketContent, labels: Labels) -> AdjustedEstimates | None:
    """None where there is no calibration, or it does not know the level."""
    found, known = content["statistics"], content["calibration"]
    if found["adjusted"] is None or known is None:
        return None
    rows, strips, unrated = [], [], []
    # In the rubric's order: the database keeps the keys of an object in an order of its own.
    for each in content["dimensions"]:
        title, estimate = labels.title("dimensions", each["id"]), found["adjusted"][each["id"]]
        if estimate["estimate"] is None:
            unrated.append((title, estimate["reason"]))
        else:
            rows.append(_row(each, title, estimate))
            strips.append(_strip(title, estimate, each["needs"]))
    return AdjustedEstimates(
        rows=rows,
        unrated=unrated,
        chart=charts.quantiles(strips),
        rests_on=f"{known['ratings']} ratings of {known['candidates']} candidates",
        calibrated_on=known["date"],
        reliability=_reliability(found["reliability"]),
        disagreement=_disagreement(found["disagreement_ratio"]),
    )


def _row(dimension: DimensionSection, title: str, found: Estimate) -> AdjustedRow:
    is_sure = found["says"].endswith("likely")
    return AdjustedRow(
        anchor=f"ev-{dimension['id']}",
        title=title,
        estimate=shown(found["estimate"]),
        likely=f"{shown(found['lo80'])} to {shown(found['hi80'])}",
        wide=f"{shown(found['lo95'])} to {shown(found['hi95'])}",
        bar=f"{found['says']} to be {dimension['needs']} or more" if is_sure else found["says"],
        sources=sources(found),
        why=" and ".join(WHY[reason] for reason in found["differs"]),
    )


def clipped(value: float) -> float:
    return min(max(value, LOWEST), HIGHEST)


def shown(value: float) -> str:
    """One decimal, on the scale.

    >>> shown(2.66), shown(4.3)
    ('2.7', '4.0')
    """
    return f"{clipped(value):.1f}"


def _strip(title: str, found: Estimate, needs: int) -> charts.Strip:
    """Twenty equally probable values; the share of them at the bar is how likely it is met."""
    spread = NormalDist(found["estimate"], max(found["se"], 1e-6))
    values = [spread.inv_cdf((place + 0.5) / DOTS) for place in range(DOTS)]
    bar = needs - 0.5
    label = f"{sum(value >= bar for value in values)} of {DOTS} at {needs} or more"
    return charts.Strip(title, [clipped(value) for value in values], bar, label)


def _reliability(found: Reliability | None) -> str:
    if found is None:
        return ""
    return (
        f"{found['value']:.2f} of 1: the share of what candidates differ in that"
        f" {count(found['n'], 'rating')} by {count(found['people'], 'person', 'people')} in"
        f" {count(found['rounds'], 'round')} can show."
        f" One more round would make it {found['one_more_round']:.2f}."
    )


def _disagreement(found: DisagreementRatio | None) -> str:
    if found is None:
        return ""
    pairs = count(found["pairs"], "pair")
    return f"{found['says'][:1].upper()}{found['says'][1:]}, over {pairs} of ratings."
