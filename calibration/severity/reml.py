"""Variances of the mixed model by restricted maximum likelihood, over `blocks.Equations`.

With the SDs of the random effects relative to the residual's, the criterion is
log det of all random and fixed equations + (n - p) log of the penalised residual sum of squares;
its gradient needs only the diagonal of the inverse and the estimates themselves, both of which
the elimination yields (Bates, Maechler, Bolker & Walker 2015, J. Stat. Softw. 67(1), section 3).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.linalg import cho_factor, cho_solve
from scipy.optimize import minimize
from threadpoolctl import threadpool_limits

from calibration.severity.blocks import Array, Block, Equations

EFFECTS = ("candidate", "candidate_dimension", "card", "interviewer")
START = (1.0, 0.5, 0.5, 0.4)  # relative SDs of a usual house
TINY = 1e-14  # what is left of a residual sum of squares that is none
WORTH_THREADS = 1_500  # columns from which a second core is worth the waiting for it
LEAST, MOST = 1e-4, 1e3  # bounds of a relative SD; at LEAST the variance is none


@dataclass(frozen=True)
class Eliminated:
    """A block with its inner columns solved: inverse of their matrix, and the rest through it."""

    block: Block
    scales: Array
    inverse: Array
    through: Array  # inverse x outer columns, the value's last
    log_det: float


@dataclass(frozen=True)
class Solution:
    """The model at given SDs. `dense` is the inverse of the dense system, unused bin included.

    `residual` is the residual variance; effects are relative to their SDs until unscaled.
    """

    sds: Array
    parts: list[Eliminated]
    dense: Array
    outer: Array
    criterion: float
    gradient: Array
    residual: float

    def inner(self, part: Eliminated) -> Array:
        """The relative effects of each candidate of the block."""
        outer = self.outer[part.block.outer[:, :-1]]
        shared: Array = np.einsum("cij,cj->ci", part.through[:, :, :-1], outer)
        return part.through[:, :, -1] - shared


@dataclass(frozen=True)
class Optimum:
    solution: Solution
    converged: bool
    steps: int


def maximise(
    equations: Equations,
    active: Sequence[bool],
    start: Array | None = None,
    alive: Callable[[], object] = lambda: None,
) -> Optimum:
    """Find the SDs of the active effects; the others are held at none. `start` is a warm one."""
    first = np.where(active, np.array(START) if start is None else start, 0.0)
    first = np.where(active, np.clip(first, 10 * LEAST, MOST), 0.0)
    chosen = np.flatnonzero(active)

    def at(sds: Array) -> tuple[float, Array]:
        alive()
        full = np.zeros(len(EFFECTS))
        full[chosen] = sds
        solution = solve(equations, full)
        return solution.criterion, solution.gradient[chosen]

    if not len(chosen):
        return Optimum(solve(equations, first), True, 0)
    bounds = [(LEAST, MOST)] * len(chosen)
    options = {"maxiter": 200, "ftol": 1e-10, "gtol": 1e-4}
    with threadpool_limits(1 if equations.dense < WORTH_THREADS else None):
        found = minimize(
            at, first[chosen], jac=True, method="L-BFGS-B", bounds=bounds, options=options
        )
        best = np.zeros(len(EFFECTS))
        best[chosen] = np.where(found.x <= 2 * LEAST, 0.0, found.x)
        return Optimum(solve(equations, best), bool(found.success), int(found.nit))


def solve(equations: Equations, sds: Array) -> Solution:
    """Criterion, gradient and estimates at these relative SDs, in the order of EFFECTS."""
    parts = [_eliminate(block, sds) for block in equations.blocks]
    size = equations.dense
    whole = _schur(parts, size)
    matrix, right = whole[:size, :size], whole[:size, size]
    matrix[np.diag_indices(size)] += np.repeat(
        [0.0, 1.0], [equations.fixed, size - equations.fixed]
    )
    factor = cho_factor(matrix, lower=True)
    outer = np.zeros(size + 2)  # the value's place and the unused bin stay 0
    outer[:size] = cho_solve(factor, right)
    left_over = max(float(whole[size, size] - right @ outer[:size]), TINY)
    dense = np.zeros((size + 2, size + 2))
    dense[:size, :size] = cho_solve(factor, np.eye(size))
    free = equations.rows - equations.fixed
    log_det = 2 * float(np.log(np.diag(factor[0])).sum()) + sum(each.log_det for each in parts)
    half = Solution(sds, parts, dense, outer, 0.0, np.zeros(4), left_over / free)
    return Solution(
        **{
            **vars(half),
            "criterion": log_det + free * float(np.log(left_over)),
            "gradient": _gradient(equations, half),
        }
    )


def _eliminate(block: Block, sds: Array) -> Eliminated:
    scales, inner = block.layout.scales(sds), block.layout.inner
    scaled = block.gram[:, :inner] * (scales[:inner, None] * scales)
    matrix = scaled[:, :, :inner] + np.eye(inner)
    root = np.linalg.cholesky(matrix)
    log_det = 2 * float(np.log(np.diagonal(root, axis1=1, axis2=2)).sum())
    inverse = np.linalg.inv(matrix).astype(np.float64, copy=False)
    return Eliminated(block, scales, inverse, inverse @ scaled[:, :, inner:], log_det)


def _schur(parts: list[Eliminated], size: int) -> Array:
    """The dense system and its right side, once every candidate's columns are eliminated."""
    total = np.zeros((size + 2) ** 2)
    for part in parts:
        inner, block = part.block.layout.inner, part.block
        rest = part.scales[inner:]
        own = block.gram[:, inner:, inner:] * (rest[:, None] * rest)
        across = block.gram[:, inner:, :inner] * (rest[:, None] * part.scales[:inner])
        place = block.outer[:, :, None] * (size + 2) + block.outer[:, None, :]
        total += np.bincount(place.ravel(), (own - across @ part.through).ravel(), total.size)
    return total.reshape(size + 2, size + 2)


def spread(solution: Solution, part: Eliminated) -> Array:
    """The dense inverse as the block's candidates meet it, unused columns at zero."""
    outer = part.block.outer[:, :-1]
    return solution.dense[outer[:, :, None], outer[:, None, :]]


def _gradient(equations: Equations, solution: Solution) -> Array:
    """For each effect 2/sd (sum of what the data leave of its priors - squared estimates/r)."""
    kept, squares = np.zeros(len(EFFECTS)), np.zeros(len(EFFECTS))
    for part in solution.parts:
        through = part.through[:, :, :-1]
        diagonal = np.einsum("cii->ci", part.inverse) + np.einsum(
            "cij,cij->ci", through @ spread(solution, part), through
        )
        kinds = part.block.layout.kinds()
        kept[:3] += np.bincount(kinds, (1 - diagonal).sum(axis=0), minlength=3)
        squares[:3] += np.bincount(kinds, (solution.inner(part) ** 2).sum(axis=0), minlength=3)
    people = slice(equations.fixed, equations.dense)
    kept[3] = (1 - np.diag(solution.dense)[people]).sum()
    squares[3] = (solution.outer[people] ** 2).sum()
    sds = np.where(solution.sds > 0, solution.sds, 1.0)
    return np.where(solution.sds > 0, 2 / sds * (kept - squares / solution.residual), 0.0)
