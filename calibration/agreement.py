"""How far raters agree: Krippendorff's alpha, and intraclass correlations. Pure.

What the ratings do not define is None, and `why` says why. Alpha asks whether the ratings could
stand for each other; it allows for gaps. An intraclass correlation needs everybody to have rated
everything, as in a calibration exercise.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from nltk.metrics.agreement import AnnotationTask
from nltk.metrics.distance import binary_distance, interval_distance
from numpy.typing import NDArray

from calibration.judgement import Judgement
from calibration.resampling import ordinal_range

LEVELS = ("nominal", "ordinal", "interval")
FORMS = ("ICC(1,1)", "ICC(2,1)", "ICC(3,1)", "ICC(1,k)", "ICC(2,k)", "ICC(3,k)")
FEW_UNITS = 30  # below, a figure is read with caution

ONE_RATER = "Not enough to say: there is only one rater."
NO_OVERLAP = "Not enough to say: fewer than two units were rated by two raters or more."
NO_VARIANCE = "Not enough to say: every rating that can be compared is the same."
ONE_UNIT = "Not enough to say: there is only one unit."
GAPS = "Not every rater rated every unit: {rated} of {of} ratings are there."
NO_SPREAD = "Not enough to say: the units do not differ in a way that this form could measure."


@dataclass(frozen=True)
class Agreement:
    """`pairable` counts the units that two raters or more have rated.

    `alpha_range` is where ordinal alpha lies in 95 of 100 draws of such units, or None.
    """

    units: int
    raters: int
    pairable: int
    alpha: dict[str, float | None]
    alpha_range: tuple[float, float] | None
    icc: dict[str, float | None]
    why: dict[str, str]
    caution: str


def agreement(judgements: Sequence[Judgement]) -> Agreement:
    """Alpha at three levels of measurement and the six forms of the intraclass correlation."""
    pairable = _pairable(judgements)
    units = len({each.unit for each in pairable})
    alphas, why_no_alpha = _alphas(judgements, pairable)
    iccs, why_no_icc = _iccs(judgements)
    return Agreement(
        units=len({each.unit for each in judgements}),
        raters=len({each.rater for each in judgements}),
        pairable=units,
        alpha=alphas,
        alpha_range=None if why_no_alpha else ordinal_range(pairable),
        icc=iccs,
        why=why_no_alpha | why_no_icc,
        caution=_caution(units),
    )


def _caution(units: int) -> str:
    if units >= FEW_UNITS:
        return ""
    return f"{units} units can be compared; under {FEW_UNITS} another sample may say otherwise."


def _pairable(judgements: Sequence[Judgement]) -> list[Judgement]:
    raters = Counter(each.unit for each in judgements)
    return [each for each in judgements if raters[each.unit] > 1]


# --- Alpha --------------------------------------------------------------------------------------


def _alphas(
    judgements: Sequence[Judgement], pairable: Sequence[Judgement]
) -> tuple[dict[str, float | None], dict[str, str]]:
    reason = _why_no_alpha(judgements, pairable)
    if reason:
        return dict.fromkeys(LEVELS), dict.fromkeys(LEVELS, reason)
    ranks = _middle_ranks(pairable)
    as_ranks = [replace(each, value=ranks[each.value]) for each in pairable]
    return {
        "nominal": _alpha(pairable, binary_distance),
        "ordinal": _alpha(as_ranks, interval_distance),
        "interval": _alpha(_from_0_to_1(pairable), interval_distance),
    }, {}


def _why_no_alpha(judgements: Sequence[Judgement], pairable: Sequence[Judgement]) -> str:
    if len({each.rater for each in judgements}) < 2:
        return ONE_RATER
    if len({each.unit for each in pairable}) < 2:
        return NO_OVERLAP
    if len({each.value for each in pairable}) < 2:
        return NO_VARIANCE
    return ""


def _alpha(pairable: Sequence[Judgement], distance: Callable[[float, float], float]) -> float:
    rows = [(each.rater, each.unit, each.value) for each in pairable]
    return float(AnnotationTask(data=rows, distance=distance).alpha())


def _from_0_to_1(pairable: Sequence[Judgement]) -> list[Judgement]:
    """The same ratings on a scale whose squares neither vanish nor overflow."""
    least, most = min(each.value for each in pairable), max(each.value for each in pairable)
    return [replace(each, value=(each.value - least) / (most - least)) for each in pairable]


def _middle_ranks(pairable: Sequence[Judgement]) -> dict[float, float]:
    """Each value's middle rank: two values are as far apart as the ratings that lie between."""
    counts = Counter(each.value for each in pairable)
    ranks, below = {}, 0
    for value in sorted(counts):
        ranks[value] = below + counts[value] / 2
        below += counts[value]
    return ranks


# --- Intraclass correlations --------------------------------------------------------------------


def _iccs(judgements: Sequence[Judgement]) -> tuple[dict[str, float | None], dict[str, str]]:
    """The six forms of Shrout & Fleiss (1979), by their names there."""
    table = _table(judgements)
    if isinstance(table, str):
        return dict.fromkeys(FORMS), dict.fromkeys(FORMS, table)
    found = dict(zip(FORMS, _forms(table), strict=True))
    return found, {name: NO_SPREAD for name, value in found.items() if value is None}


def _table(judgements: Sequence[Judgement]) -> NDArray[np.float64] | str:
    """Units by raters where everybody rated everything, else why there is no such table."""
    rows: dict[str, dict[str, float]] = defaultdict(dict)
    for each in judgements:
        rows[each.unit][each.rater] = each.value
    raters = sorted({each.rater for each in judgements})
    if len(raters) < 2:
        return ONE_RATER
    if len(rows) < 2:
        return ONE_UNIT
    if len(judgements) < len(rows) * len(raters):
        return GAPS.format(rated=len(judgements), of=len(rows) * len(raters))
    return np.array([[row[rater] for rater in raters] for row in rows.values()])


def _forms(table: NDArray[np.float64]) -> list[float | None]:
    """Out of the mean squares between units (b), within (w), between raters (j), and of error."""
    n, k = table.shape
    table = table - table.mean()
    of_units, of_raters = k * table.mean(axis=1) ** 2, n * table.mean(axis=0) ** 2
    b, j = of_units.sum() / (n - 1), of_raters.sum() / (k - 1)
    w = max((table**2).sum() - of_units.sum(), 0.0) / (n * (k - 1))
    e = max((table**2).sum() - of_units.sum() - of_raters.sum(), 0.0) / ((n - 1) * (k - 1))
    least = 1e-12 * (table**2).sum()
    pairs = [
        (b - w, b + (k - 1) * w),
        (b - e, b + (k - 1) * e + k * (j - e) / n),
        (b - e, b + (k - 1) * e),
        (b - w, b),
        (b - e, b + (j - e) / n),
        (b - e, b),
    ]
    return [float(over / under) if under > least else None for over, under in pairs]
