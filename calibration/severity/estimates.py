"""Candidates without the panel's severity: best linear unbiased predictions and their errors."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from calibration.severity.blocks import Array
from calibration.severity.ratings import Codes, Ratings
from calibration.severity.reml import Eliminated, Solution, spread


@dataclass(frozen=True)
class Predictions:
    """By code of the cell and of the candidate; errors are standard errors."""

    cells: Array
    cell_errors: Array
    overall: Array
    overall_errors: Array


def predict(data: Ratings, solution: Solution, level_columns: Codes) -> Predictions:
    """Each rated cell, and each candidate over all dimensions of the ratings.

    A dimension in which the candidate was not rated enters the estimate over all at its mean, with
    the whole variance of a cell as its uncertainty.
    """
    found = Predictions(
        *(np.zeros(size) for size in [data.cells.size] * 2 + [data.candidates.size] * 2)
    )
    dimension, level = np.zeros((2, data.cells.size), dtype=np.int64)
    dimension[data.cells.codes] = data.dimensions.codes
    level[data.cells.codes] = level_columns
    for part in solution.parts:
        cells = part.block.cells
        rated = cells >= 0
        fixed = _fixed_columns(part, dimension[cells], level[cells])
        inner = np.zeros((*cells.shape, part.block.layout.inner))
        inner[:, :, 0] = solution.sds[0]
        at = np.arange(cells.shape[1])
        inner[:, at, 1 + at] = solution.sds[1]
        values, variances = _combine(solution, part, inner, fixed)
        found.cells[cells[rated]] = values[rated]
        found.cell_errors[cells[rated]] = np.sqrt(variances[rated])
        for name, value in _overall(data, solution, part, rated, fixed):
            getattr(found, name)[part.block.candidates] = value
    return found


def _fixed_columns(part: Eliminated, dimension: Codes, level: Codes) -> Array:
    """A one in the columns of each cell's dimension and level, in the order of `outer`."""
    members, cells = dimension.shape
    fixed = np.zeros((members, cells, part.block.outer.shape[1] - 1))
    who, which = np.indices((members, cells))
    fixed[who, which, dimension] = 1.0
    known = level >= 0
    fixed[who[known], which[known], level[known]] = 1.0
    return fixed


def _combine(
    solution: Solution, part: Eliminated, inner: Array, outer: Array
) -> tuple[Array, Array]:
    """Values and variances of linear combinations of one candidate's columns."""
    rest = outer - inner @ part.through[:, :, :-1]
    values = (
        inner @ part.through[:, :, -1:]
        + rest @ solution.outer[part.block.outer[:, :-1]][:, :, None]
    )
    own = np.einsum("cki,cij,ckj->ck", inner, part.inverse, inner, optimize=True)
    shared = np.einsum("cki,cki->ck", rest @ spread(solution, part), rest)
    return values[:, :, 0], np.maximum(own + shared, 0.0) * solution.residual


def _overall(
    data: Ratings, solution: Solution, part: Eliminated, rated: NDArray[np.bool_], fixed: Array
) -> Iterator[tuple[str, Array]]:
    count = data.dimensions.size
    layout = part.block.layout
    inner = np.zeros((len(rated), 1, layout.inner))
    inner[:, 0, 0] = solution.sds[0]
    inner[:, 0, 1 : 1 + layout.cells] = rated * (solution.sds[1] / count)
    outer = np.zeros((len(rated), 1, fixed.shape[2]))
    outer[:, 0, count:] = fixed[:, 0, count:]
    outer[:, 0, :count] = 1 / count
    values, variances = _combine(solution, part, inner, outer)
    unrated = count - rated.sum(axis=1)
    cell = solution.sds[1] ** 2 * solution.residual
    yield "overall", values[:, 0]
    yield "overall_errors", np.sqrt(variances[:, 0] + unrated * cell / count**2)
