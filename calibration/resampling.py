"""How far alpha might have come out otherwise, had other candidates come. Pure.

Candidates are drawn anew, two thousand times, each with all that was rated of them: units of one
candidate are no independent evidence. Alpha of a draw is worked out of sums over candidates, which
takes a worker a fraction of a second instead of minutes.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from calibration.judgement import Judgement

Floats = NDArray[np.float64]

DRAWS, AT_ONCE = 2_000, 250
FEWEST = 30  # candidates; below, draws of them repeat the same few
MOST_VALUES = 20  # of the scale
MIDDLE = (2.5, 97.5)  # percentiles: 95 draws of 100 lie between


def ordinal_range(pairable: Sequence[Judgement]) -> tuple[float, float] | None:
    """Where ordinal alpha lies in 95 of 100 draws; None where too little is known to draw from.

    The same judgements give the same range, in whatever order they come.
    """
    values = sorted({each.value for each in pairable})
    if len(values) > MOST_VALUES:
        return None
    tables = _coincidences(pairable, {value: at for at, value in enumerate(values)})
    if len(tables) < FEWEST:
        return None
    drawn = np.concatenate([ordinal_alphas(sums) for sums in _draws(tables)])
    known = drawn[np.isfinite(drawn)]  # a draw in which all ratings are the same has no alpha
    if len(known) < DRAWS / 2:
        return None
    low, high = np.percentile(known, MIDDLE)
    return float(low), float(high)


def ordinal_alphas(tables: Floats) -> Floats:
    """Alpha of each table of coincidences, `(n, k, k)`; NaN where it holds one value alone."""
    totals = tables.sum(axis=2)
    ranks = totals.cumsum(axis=1) - totals / 2
    squares = (ranks[:, :, None] - ranks[:, None, :]) ** 2
    observed = (tables * squares).sum(axis=(1, 2))
    expected = (totals[:, :, None] * totals[:, None, :] * squares).sum(axis=(1, 2))
    with np.errstate(invalid="ignore", divide="ignore"):
        found: Floats = 1 - (totals.sum(axis=1) - 1) * observed / expected
    return found


def _coincidences(pairable: Sequence[Judgement], places: dict[float, int]) -> Floats:
    """For each candidate, `(k, k)`: how often which two values were given to one unit."""
    units: dict[tuple[str, str], Counter[int]] = defaultdict(Counter)
    for each in pairable:
        units[each.candidate or each.unit, each.unit][places[each.value]] += 1
    tables: dict[str, Floats] = defaultdict(lambda: np.zeros((len(places),) * 2))
    for (candidate, _), counted in sorted(units.items()):
        given = np.array([counted[place] for place in range(len(places))], dtype=float)
        tables[candidate] += (np.outer(given, given) - np.diag(given)) / (given.sum() - 1)
    return np.array(list(tables.values()))


def _draws(tables: Floats) -> Iterator[Floats]:
    """Sums over as many candidates as there are, drawn with replacement."""
    random, n = np.random.default_rng(0), len(tables)
    flat = tables.reshape(n, -1)
    for _ in range(DRAWS // AT_ONCE):
        chosen = random.integers(n, size=(AT_ONCE, n)) + np.arange(AT_ONCE)[:, None] * n
        times = np.bincount(chosen.ravel(), minlength=AT_ONCE * n).reshape(AT_ONCE, n)
        yield (times @ flat).reshape(AT_ONCE, *tables.shape[1:])
