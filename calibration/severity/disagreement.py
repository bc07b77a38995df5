"""How far a panel disagrees, beside how far panels usually do.

The ratio is 0 where all agree and 1 where they agree no better than strangers rating strangers.
Averaged over a whole corpus with its own counts, 1 - ratio is Krippendorff's ordinal alpha.
"""

from collections.abc import Iterable, Sequence
from itertools import combinations

import numpy as np

from calibration.severity.snapshot import UsualPanels

POINTS = 4
LEAST_PAIRS = 6
LEAST_PANELS = 30  # of which quartiles are worth having

CLOSER, USUAL, SPLIT = "closer than usual", "usual", "more split than usual"


def pairs(units: Iterable[Sequence[int]]) -> int:
    """In how many pairs two ratings of one dimension can be compared."""
    return sum(len(values) * (len(values) - 1) // 2 for values in units)


def ratio(units: Iterable[Sequence[int]], counts: Sequence[int]) -> float | None:
    """Observed over expected distance of one panel's ratings, a sequence a dimension.

    None under six pairs, or where the corpus has but one rating.
    """
    rated = [values for values in units if len(values) > 1]
    if pairs(rated) < LEAST_PAIRS:
        return None
    distance = _distances(counts)
    n = np.array(counts, dtype=float)
    expected = float(n @ distance @ n) / (n.sum() * (n.sum() - 1)) if n.sum() > 1 else 0.0
    if expected <= 0:
        return None
    means = [
        np.mean([distance[a - 1, b - 1] for a, b in combinations(values, 2)]) for values in rated
    ]
    weights = [len(values) for values in rated]
    return float(np.average(means, weights=weights)) / expected


def usual_panels(panels: Sequence[Sequence[Sequence[int]]]) -> UsualPanels | None:
    """What is usual among these panels; None of fewer than thirty that can be measured."""
    values = [value for units in panels for unit in units if len(unit) > 1 for value in unit]
    counts = tuple(values.count(point) for point in range(1, POINTS + 1))
    ratios = [found for units in panels if (found := ratio(units, counts)) is not None]
    if len(ratios) < LEAST_PANELS:
        return None
    lower, upper = np.percentile(ratios, [25, 75])
    return UsualPanels(counts, float(lower), float(upper))


def in_words(found: float, usual: UsualPanels) -> str:
    if found < usual.lower:
        return CLOSER
    return SPLIT if found > usual.upper else USUAL


def _distances(counts: Sequence[int]) -> np.ndarray:
    """Squared ordinal distances: as far apart as the ratings of the corpus between two points."""
    n = np.array(counts, dtype=float)
    ranks = np.cumsum(n) - n / 2
    return (ranks[:, None] - ranks) ** 2
