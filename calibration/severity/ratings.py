"""Ratings as columns of numbers, the form that the fit works on."""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components

Codes = NDArray[np.int64]


class BadRatings(ValueError):
    """Ratings that cannot be read, or that no model can be fitted to; the message says why."""


@dataclass(frozen=True)
class Rating:
    """One number on one scorecard. `card` tells two scorecards of one pair of people apart.

    `level` is the one that the candidate applied for; empty where it is not known.
    """

    candidate: str
    interviewer: str
    dimension: str
    value: float
    card: str = ""
    level: str = ""


@dataclass(frozen=True)
class Factor:
    """What the rows are grouped by: the names of the groups, and each row's group."""

    names: list[Any]
    codes: Codes

    @property
    def size(self) -> int:
        return len(self.names)

    def same_groups(self, other: "Factor") -> bool:
        """Do both put the same rows together?"""
        if self.size != other.size:
            return False
        return len(np.unique(self.codes * other.size + other.codes)) == self.size


def factor(keys: Iterable[Hashable]) -> Factor:
    """Groups in the order in which they first occur."""
    codes: dict[Hashable, int] = {}
    rows = [codes.setdefault(key, len(codes)) for key in keys]
    return Factor(list(codes), np.array(rows, dtype=np.int64))


@dataclass(frozen=True)
class Ratings:
    """Rows grouped in every way that the model knows. A cell is a candidate in one dimension."""

    values: NDArray[np.float64]
    candidates: Factor
    dimensions: Factor
    cells: Factor
    cards: Factor
    interviewers: Factor
    levels: Factor

    @property
    def count(self) -> int:
        return len(self.values)

    def cards_by_interviewer(self) -> Codes:
        return self._distinct(self.cards)

    def candidates_by_interviewer(self) -> Codes:
        return self._distinct(self.candidates)

    def _distinct(self, what: Factor) -> Codes:
        """How many different groups of `what` each interviewer has rows in."""
        pairs = np.unique(self.interviewers.codes * what.size + what.codes)
        return np.bincount(pairs // what.size, minlength=self.interviewers.size)

    def components(self) -> tuple[int, Codes]:
        """How many groups of interviewers share no candidate, and each one's group.

        Who never met the same candidates, directly or through others, cannot be compared.
        """
        size = self.candidates.size + self.interviewers.size
        meets = (self.candidates.codes, self.candidates.size + self.interviewers.codes)
        graph = coo_matrix((np.ones(self.count), meets), shape=(size, size))
        count, labels = connected_components(graph, directed=False)
        return count, labels[self.candidates.size :].astype(np.int64)


def ratings(rows: Sequence[Rating]) -> Ratings:
    """A card belongs to one candidate and one interviewer, whatever its id says."""
    return Ratings(
        values=np.array([row.value for row in rows], dtype=np.float64),
        candidates=factor(row.candidate for row in rows),
        dimensions=factor(row.dimension for row in rows),
        cells=factor((row.candidate, row.dimension) for row in rows),
        cards=factor((row.candidate, row.interviewer, row.card) for row in rows),
        interviewers=factor(row.interviewer for row in rows),
        levels=factor(row.level for row in rows),
    )
