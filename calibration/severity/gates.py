"""Whether a fit is good enough for packets to rest on, and steady enough to follow the last one."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from calibration.severity.fit import COMPONENTS, Fit


@dataclass(frozen=True)
class Gates:
    """The least that a house must have, and the most that a night may move."""

    candidates: int = 100
    ratings: int = 1_500
    connected: float = 0.80  # share of interviewers in the largest group that shares candidates
    variance_move: float = 0.25  # of the last night's variance
    mean_move: float = 0.15  # points, of a dimension's mean


@dataclass(frozen=True)
class Last:
    """What the last published fit found."""

    beta: Mapping[str, float]
    components: Mapping[str, float]


def shut(found: Fit, gates: Gates, last: Last | None) -> list[str]:
    """A sentence for each condition that is not met; empty where the fit may be published."""
    return [
        *_size(found, gates),
        *_fitness(found, gates),
        *(_moves(found, gates, last) if last else []),
    ]


def _size(found: Fit, gates: Gates) -> Iterator[str]:
    if found.candidates < gates.candidates:
        yield f"{found.candidates} closed candidates; {gates.candidates} are needed."
    if found.ratings < gates.ratings:
        yield f"{found.ratings} ratings with evidence; {gates.ratings} are needed."


def _fitness(found: Fit, gates: Gates) -> Iterator[str]:
    if not found.converged:
        yield "The fit did not settle."
    for name in COMPONENTS:
        if found.components[name] is None:
            yield f"The variance of {name} cannot be told from another."
    groups = np.bincount([each.component for each in found.severities])
    share = groups.max() / groups.sum()
    if share < gates.connected:
        needed = f"{gates.connected:.0%}"
        yield f"{share:.0%} of interviewers are connected by candidates; {needed} are needed."


def _moves(found: Fit, gates: Gates, last: Last) -> Iterator[str]:
    for name in COMPONENTS:
        before, now = last.components[name], found.components[name] or 0.0
        if abs(now - before) > gates.variance_move * before + 1e-3:
            yield f"The variance of {name} went from {before:.3f} to {now:.3f} since the last one."
    for name in found.beta.keys() & last.beta.keys():
        if abs(found.beta[name] - last.beta[name]) > gates.mean_move:
            yield f"The mean of {name} went from {last.beta[name]:.2f} to {found.beta[name]:.2f}."
