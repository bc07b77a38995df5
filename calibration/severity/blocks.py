"""The model's equations, block by block.

Everything that is random within one candidate (the candidate, each dimension of theirs, each
card about them) touches no other candidate, so it is eliminated candidate by candidate, many at
once; what remains is one dense system of dimensions, levels and interviewers. Candidates of
like size share a `Block`: one array of Gram matrices, computed once, which each step of the fit
only scales.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from calibration.severity.ratings import Codes, Factor, Ratings

Array = NDArray[np.float64]
STEP = 2  # candidates whose counts round up to the same multiple share a block


@dataclass(frozen=True)
class Layout:
    """The columns of one block: candidate, cells, cards | fixed, interviewers, the value."""

    cells: int
    cards: int
    fixed: int
    interviewers: int

    @property
    def inner(self) -> int:
        """How many columns are eliminated: those of one candidate alone."""
        return 1 + self.cells + self.cards

    @property
    def width(self) -> int:
        return self.inner + self.fixed + self.interviewers + 1

    def scales(self, sds: Array) -> Array:
        """Each column's factor: its effect's SD relative to the residual's, 1 where not random."""
        counts = [1, self.cells, self.cards, self.fixed, self.interviewers, 1]
        candidate, cell, card, interviewer = sds
        return np.repeat([candidate, cell, card, 1.0, interviewer, 1.0], counts)

    def kinds(self) -> Codes:
        """Which effect each inner column belongs to: 0 candidate, 1 cell, 2 card."""
        return np.repeat([0, 1, 2], [1, self.cells, self.cards])


@dataclass(frozen=True)
class Block:
    """Candidates of like size. A column that a candidate has no use for is all zero.

    `outer` gives the place of each column after the inner ones in the dense system, whose last
    two places are the value's and a bin for unused columns. `cells` holds, for each candidate,
    the codes of their cells in the order of the columns, -1 where unused.
    """

    layout: Layout
    candidates: Codes
    gram: Array
    outer: Codes
    cells: Codes


@dataclass(frozen=True)
class Equations:
    """All blocks, and the sizes of the dense system: fixed columns, then interviewers."""

    blocks: list[Block]
    fixed: int
    interviewers: int
    rows: int

    @property
    def dense(self) -> int:
        return self.fixed + self.interviewers


@dataclass(frozen=True)
class _Rows:
    """Each row's place in the columns of its candidate, and each candidate's three counts."""

    candidate: Codes
    cell: Codes
    card: Codes
    met: Codes
    sizes: Codes

    @classmethod
    def of(cls, rows: Ratings) -> "_Rows":
        met = _meetings(rows)
        found = [_places(rows, each) for each in (rows.cells, rows.cards, met)]
        sizes = np.stack([counts for _, counts in found], axis=1)
        cell, card, met_place = (place for place, _ in found)
        return cls(rows.candidates.codes, cell, card, met_place, sizes)


def equations(rows: Ratings, values: Array, level_columns: Codes, fixed: int) -> Equations:
    """`level_columns` holds each row's fixed column for its level, or -1; dimensions' go first."""
    made = list(_blocks(rows, values, level_columns, fixed))
    return Equations(made, fixed, rows.interviewers.size, rows.count)


def _meetings(rows: Ratings) -> Factor:
    """Rows by candidate and interviewer."""
    keys = rows.candidates.codes * rows.interviewers.size + rows.interviewers.codes
    names, codes = np.unique(keys, return_inverse=True)
    return Factor(names.tolist(), codes.astype(np.int64))


def _places(rows: Ratings, groups: Factor) -> tuple[Codes, Codes]:
    """Each row's group, numbered from 0 within its candidate; and how many each candidate has."""
    owner = np.zeros(groups.size, dtype=np.int64)
    owner[groups.codes] = rows.candidates.codes
    counts = np.bincount(owner, minlength=rows.candidates.size)
    order = np.argsort(owner, kind="stable")
    starts = np.cumsum(counts) - counts
    place = np.empty(groups.size, dtype=np.int64)
    place[order] = np.arange(groups.size) - starts[owner[order]]
    return place[groups.codes], counts


def _blocks(rows: Ratings, values: Array, levels: Codes, fixed: int) -> Iterator[Block]:
    local = _Rows.of(rows)
    padded = -(-local.sizes // STEP) * STEP
    shapes, shape_of = np.unique(padded, axis=0, return_inverse=True)
    for number, (cells, cards, met) in enumerate(shapes.tolist()):
        layout = Layout(cells, cards, fixed, met)
        members = np.flatnonzero(shape_of.ravel() == number)
        slots = np.full(rows.candidates.size, -1)
        slots[members] = np.arange(len(members))
        mine = np.flatnonzero(slots[local.candidate] >= 0)
        at = slots[local.candidate[mine]]
        columns, entries = _entries(rows, values, levels, local, layout, mine)
        outer = np.full((len(members), fixed + met + 1), fixed + rows.interviewers.size + 1)
        outer[:, :fixed] = np.arange(fixed)
        outer[:, -1] = fixed + rows.interviewers.size
        outer[at, fixed + local.met[mine]] = fixed + rows.interviewers.codes[mine]
        table = np.full((len(members), cells), -1)
        table[at, local.cell[mine]] = rows.cells.codes[mine]
        yield Block(layout, members, _gram(at, columns, entries, outer.shape[0]), outer, table)


def _entries(
    rows: Ratings, values: Array, levels: Codes, local: _Rows, layout: Layout, mine: Codes
) -> tuple[Codes, Array]:
    """The seven columns in which a row stands, and what stands there; the last is the value."""
    inner, level = layout.inner, levels[mine]
    columns = [
        np.zeros_like(mine),
        1 + local.cell[mine],
        1 + layout.cells + local.card[mine],
        inner + rows.dimensions.codes[mine],
        inner + np.maximum(level, 0),
        inner + layout.fixed + local.met[mine],
        np.full_like(mine, layout.width - 1),
    ]
    entries = np.ones((len(mine), len(columns)))
    entries[:, 4] = level >= 0
    entries[:, 6] = values[mine]
    return np.stack(columns, axis=1), entries


def _gram(at: Codes, columns: Codes, entries: Array, members: int) -> Array:
    """For each candidate the sums of products of every two columns."""
    width = int(columns[0, -1]) + 1
    place = (at[:, None, None] * width + columns[:, :, None]) * width + columns[:, None, :]
    products = entries[:, :, None] * entries[:, None, :]
    total = np.bincount(place.ravel(), products.ravel(), minlength=members * width * width)
    return total.astype(np.float64, copy=False).reshape(members, width, width)
