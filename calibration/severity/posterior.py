"""One candidate's dimensions, given a frozen calibration: what their ratings say beyond severity.

The estimate starts from what is typical of the dimension and level and moves as far as the
ratings carry it; the ratings of one card share an error, those of one interviewer another.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from calibration.severity.snapshot import Snapshot

Array = NDArray[np.float64]
PHI = NormalDist().cdf


@dataclass(frozen=True)
class Observed:
    """One supported rating; `card` tells the scorecards of the packet apart."""

    dimension: str
    interviewer: str
    card: str
    value: float


@dataclass(frozen=True)
class Posterior:
    """By dimension: estimate, standard error, and the estimate with severity left out."""

    estimates: dict[str, float]
    errors: dict[str, float]
    without_severity: dict[str, float]


def posterior(observed: Sequence[Observed], level: str, known: Snapshot) -> Posterior:
    """For the dimensions that were rated. All of them, and the level, are known to the snapshot."""
    dimensions = list(dict.fromkeys(each.dimension for each in observed))
    if not observed:
        return Posterior({}, {}, {})
    gamma = known.gamma[level]
    severities = np.array([_severity(each.interviewer, known)[0] for each in observed])
    typical = np.array([known.beta[each.dimension] + gamma for each in observed])
    beyond = np.array([each.value for each in observed]) - typical
    across, weights, within = _gain(observed, dimensions, known)
    start = np.array([known.beta[each] + gamma for each in dimensions])
    variances = np.diag(within - weights @ across.T)
    return Posterior(
        _by(dimensions, start + weights @ (beyond - severities)),
        _by(dimensions, np.sqrt(np.maximum(variances, 0.0))),
        _by(dimensions, start + weights @ beyond),
    )


def reliability(
    observed: Sequence[Observed], required: Sequence[str], known: Snapshot
) -> float | None:
    """Which share of the spread between candidates, over the required dimensions, is known.

    It rests on who rated what and not on the ratings, so it also answers what another round would
    add. None where candidates do not differ.
    """
    across, weights, within = _gain(observed, required, known)
    mean = np.full(len(required), 1 / len(required))
    prior = float(mean @ within @ mean)
    if prior <= 0:
        return None
    left = float(mean @ (within - weights @ across.T) @ mean)
    return min(max(1 - left / prior, 0.0), 1.0)


def meets(estimate: float, se: float, bar: int) -> float:
    """How probable it is that the candidate rounds to the bar or more."""
    distance = estimate - (bar - 0.5)
    return PHI(distance / se) if se > 0 else float(distance >= 0)


def _gain(
    observed: Sequence[Observed], dimensions: Sequence[str], known: Snapshot
) -> tuple[Array, Array, Array]:
    """Covariances of dimensions with ratings, the weights of the ratings, and of dimensions."""
    v = known.components
    rated = np.array([each.dimension for each in observed])
    cards = np.array([each.card for each in observed])
    people = np.array([each.interviewer for each in observed])
    doubt = np.array([_severity(each.interviewer, known)[1] for each in observed])
    names = np.array(dimensions)
    within = v["candidate"] + v["candidate_dimension"] * np.eye(len(names))
    across = v["candidate"] + v["candidate_dimension"] * (names[:, None] == rated)
    if not len(observed):
        return np.zeros((len(names), 0)), np.zeros((len(names), 0)), within
    covariance = (
        v["candidate"]
        + v["candidate_dimension"] * (rated[:, None] == rated)
        + v["card"] * (cards[:, None] == cards)
        + doubt[:, None] * (people[:, None] == people)
        + max(v["residual"], 1e-9) * np.eye(len(observed))
    )
    return across, np.linalg.solve(covariance, across.T).T, within


def _severity(interviewer: str, known: Snapshot) -> tuple[float, float]:
    """Severity and its variance; a stranger may be as strict or lenient as anybody."""
    found = known.severities.get(interviewer)
    if found is None or not found.is_usable:
        return 0.0, known.components["interviewer"]
    return found.severity or 0.0, (found.se or 0.0) ** 2


def _by(names: Sequence[str], values: Array) -> dict[str, float]:
    return dict(zip(names, values.tolist(), strict=True))
