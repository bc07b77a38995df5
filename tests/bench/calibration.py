"""One packet's posterior, and a night's fit of 100,000 ratings: arithmetic alone, no database."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np

from calibration.severity.fit import fit
from calibration.severity.posterior import Observed, posterior, reliability
from calibration.severity.snapshot import Snapshot
from tests.bench.figures import Figure, seconds
from tests.calibration.corpora import house

DIMENSIONS = [f"d{d}" for d in range(10)]


def figures(folder: Path) -> Iterator[Figure]:
    yield _posterior()
    yield _night()


def _posterior() -> Figure:
    """Six cards of four dimensions, against one solve of as many equations."""
    known = Snapshot(
        id="s", date="", ratings=2_000, candidates=200, beta=dict.fromkeys(DIMENSIONS, 2.6),
        gamma={"senior": 0.0},
        components={
            "candidate": 0.25, "candidate_dimension": 0.1, "card": 0.12, "interviewer": 0.06,
            "residual": 0.3,
        },
    )  # fmt: skip
    seen = [
        Observed(DIMENSIONS[(card + d) % 10], f"p{card}", f"{card}", 1 + (card + d) % 4)
        for card in range(6)
        for d in range(4)
    ]
    matrix = np.eye(len(seen)) + 0.1

    def whole() -> None:
        posterior(seen, "senior", known)
        reliability(seen, DIMENSIONS, known)

    return Figure(
        "packet_posterior", seconds(whole, 50), "s",
        seconds(lambda: np.linalg.solve(matrix, matrix), 50), "one dense solve of 24 equations",
    )  # fmt: skip


def _night() -> Figure:
    """5,000 candidates, 500 interviewers, ten dimensions, against additive least squares' sums."""
    rows = house(5_000, 500, dimensions=10, panel=5, rated=4).rows
    values = np.array([row.value for row in rows])
    people = np.array([int(row.interviewer[1:]) for row in rows])
    dimensions = np.array([int(row.dimension[1:]) for row in rows])

    def bare() -> None:
        np.linalg.lstsq(np.eye(10)[dimensions], values)
        np.bincount(people, values)

    return Figure(
        "nightly_fit_of_100k_ratings", seconds(lambda: fit(rows)), "s", seconds(bare, 5),
        "least squares on dimensions, and the interviewers' sums",
    )  # fmt: skip
