"""The panel's raw numbers: counts, medians, spread; what is modelled stands in `adjusted.py`.

Only supported ratings of counted cards enter. What is not defined is None, with a reason.
"""

from itertools import combinations
from statistics import mean, median

from packets.content import adjusted
from packets.content.card_sections import RatingEntry
from packets.content.dimensions import gap
from packets.content.document import (
    DimensionStatistics,
    PairGap,
    RecommendationCounts,
    StatisticsSection,
)
from packets.content.panel import Card, Panel, points, sources
from packets.content.values import plain

POINTS = (1, 2, 3, 4)
SIDES = {"strong_no": "no", "no": "no", "yes": "yes", "strong_yes": "yes"}
DISAGREE_ABOVE = 0.67  # a sixth of the scale's four points: average deviation "they disagree"

LEAST_BASE = 50  # ratings of closed packets from which a base rate is worth showing

NOT_ASSESSED = "Not assessed."
ONE_RATING = "One rating."
ONE_PERSON = "One person's ratings."
NO_OVERLAP = "No overlap: they share no dimension."


def statistics(panel: Panel) -> StatisticsSection:
    by_dimension = {id: panel.supported(id) for id in panel.rubric.dimensions}
    total = sources([each for ratings in by_dimension.values() for each in ratings])
    return {
        "dimensions": {id: _dimension(panel, id, each) for id, each in by_dimension.items()},
        "recommendations": recommendations(panel),
        "pair_gaps": [_pair_gap(a, b) for a, b in combinations(panel.counted, 2)],
        "totals": {"ratings": total["n"], "people": total["people"], "rounds": total["rounds"]},
        **adjusted.figures(panel),
    }


def _dimension(panel: Panel, id: str, supported: list[RatingEntry]) -> DimensionStatistics:
    values = [points(each) for each in supported]
    middle = median(values) if values else 0
    many, total = len(values) > 1, sources(supported)
    deviation = mean(abs(value - middle) for value in values) if many else 0
    found: DimensionStatistics = {
        "counts": [values.count(point) for point in POINTS],
        "n": total["n"],
        "people": total["people"],
        "rounds": total["rounds"],
        "median": plain(middle) if values else None,
        "range": gap(supported),
        "ad_median": plain(deviation) if many else None,
        "disagree": deviation > DISAGREE_ABOVE if many else None,
        "reasons": _reasons(supported),
    }
    if not supported and (usual := _base_rate(panel, id)):
        found["base_rate"] = usual
    return found


def _base_rate(panel: Panel, id: str) -> list[int]:
    """Of a dimension that nobody assessed: what is usual there. It stands for no rating."""
    known = panel.source.calibration
    counts = known.base_rates.get(id, {}).get(panel.source.opening.level, []) if known else []
    return list(counts) if sum(counts) >= LEAST_BASE else []


def _reasons(supported: list[RatingEntry]) -> dict[str, str]:
    if not supported:
        return dict.fromkeys(("median", "range", "ad_median"), NOT_ASSESSED)
    if len(supported) == 1:
        return dict.fromkeys(("range", "ad_median"), ONE_RATING)
    return {"range": ONE_PERSON} if gap(supported) is None else {}


def recommendations(panel: Panel) -> RecommendationCounts:
    """How many said what, and on which side; never averaged, and nothing stands for silence."""
    said = [card.content.recommendation for card in panel.counted if card.content.recommendation]
    sides = [SIDES[each] for each in said]
    by_side = {side: sides.count(side) for side in ("no", "yes")}
    return {
        "counts": {each: said.count(each) for each in SIDES},
        "sides": by_side,
        "same_side": max(by_side.values()),
        "of": len(said),
    }


def _pair_gap(a: Card, b: Card) -> PairGap:
    """The mean distance of two cards over the dimensions that both rated with evidence."""
    mine, theirs = (
        {id: points(r) for id, r in card.ratings.items() if r["supported"]} for card in (a, b)
    )
    distances = [abs(value - theirs[id]) for id, value in mine.items() if id in theirs]
    return {
        "rounds": [a.seat.round, b.seat.round],
        "interviews": [a.seat.interview, b.seat.interview],
        "interviewers": [a.by, b.by],
        "shared": len(distances),
        "gap": plain(mean(distances)) if distances else None,
        "reason": "" if distances else NO_OVERLAP,
    }
