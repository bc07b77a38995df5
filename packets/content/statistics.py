"""The panel's raw numbers: counts, medians, spread; what is modelled stands in `adjusted.py`.

Only supported ratings of counted cards enter. What is not defined is None, with a reason.
"""

from itertools import combinations
from statistics import mean, median
from typing import Any

from packets.content import adjusted
from packets.content.dimensions import gap
from packets.content.panel import Card, Panel, Reading
from packets.content.values import plain

POINTS = (1, 2, 3, 4)
SIDES = {"strong_no": "no", "no": "no", "yes": "yes", "strong_yes": "yes"}
DISAGREE_ABOVE = 0.67  # a sixth of the scale's four points: average deviation "they disagree"

LEAST_BASE = 50  # ratings of closed packets from which a base rate is worth showing

NOT_ASSESSED = "Not assessed."
ONE_RATING = "One rating."
ONE_PERSON = "One person's ratings."
NO_OVERLAP = "No overlap: they share no dimension."


def statistics(panel: Panel) -> dict[str, Any]:
    ratings = [each for id in panel.rubric.dimensions for each in panel.supported(id)]
    return {
        "dimensions": {
            id: _dimension(panel.supported(id)) | _base_rate(panel, id)
            for id in panel.rubric.dimensions
        },
        "recommendations": recommendations(panel),
        "pair_gaps": [_pair_gap(a, b) for a, b in combinations(panel.counted, 2)],
        "totals": _sources(ratings, "ratings"),
        **adjusted.figures(panel),
    }


def _sources(ratings: list[Reading], count: str) -> dict[str, int]:
    return {
        count: len(ratings),
        "people": len({each.by for each in ratings}),
        "rounds": len({each.interview for each in ratings}),
    }


def _dimension(supported: tuple[Reading, ...]) -> dict[str, Any]:
    values = [each.value for each in supported if each.value is not None]
    middle = median(values) if values else None
    many = middle is not None and len(values) > 1
    deviation = mean(abs(value - (middle or 0)) for value in values) if many else None
    return {
        "counts": [values.count(point) for point in POINTS],
        **_sources(list(supported), "n"),
        "median": plain(middle),
        "range": gap(supported),
        "ad_median": plain(deviation),
        "disagree": None if deviation is None else deviation > DISAGREE_ABOVE,
        "reasons": _reasons(supported),
    }


def _base_rate(panel: Panel, id: str) -> dict[str, Any]:
    """Of a dimension that nobody assessed: what is usual there. It stands for no rating."""
    known = panel.source.calibration
    if known is None or panel.supported(id):
        return {}
    counts = known.base_rates.get(id, {}).get(panel.source.opening.level, [])
    return {"base_rate": list(counts)} if sum(counts) >= LEAST_BASE else {}


def _reasons(supported: tuple[Reading, ...]) -> dict[str, str]:
    if not supported:
        return dict.fromkeys(("median", "range", "ad_median"), NOT_ASSESSED)
    if len(supported) == 1:
        return dict.fromkeys(("range", "ad_median"), ONE_RATING)
    if gap(supported) is None:
        return {"range": ONE_PERSON}
    return {}


def recommendations(panel: Panel) -> dict[str, Any]:
    """How many said what, and on which side; never averaged, and nothing stands for silence."""
    said = [card.content.recommendation for card in panel.counted if card.content.recommendation]
    sides = [SIDES[each] for each in said]
    return {
        "counts": {each: said.count(each) for each in SIDES},
        "sides": {side: sides.count(side) for side in ("no", "yes")},
        "same_side": max((sides.count(side) for side in sides), default=0),
        "of": len(said),
    }


def _pair_gap(a: Card, b: Card) -> dict[str, Any]:
    """The mean distance of two cards over the dimensions that both rated with evidence."""
    mine = {each.dimension: each.value for each in a.ratings if each.is_supported}
    theirs = {each.dimension: each.value for each in b.ratings if each.is_supported}
    distances = [
        abs((value or 0) - (theirs[dimension] or 0))
        for dimension, value in mine.items()
        if dimension in theirs
    ]
    return {
        "rounds": [a.seat.round, b.seat.round],
        "interviews": [a.seat.interview, b.seat.interview],
        "interviewers": [a.by, b.by],
        "shared": len(distances),
        "gap": plain(mean(distances)) if distances else None,
        "reason": "" if distances else NO_OVERLAP,
    }
