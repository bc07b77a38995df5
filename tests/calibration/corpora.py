"""Made-up houses whose truth is known, and published data whose answers are."""

from dataclasses import dataclass

import numpy as np

from calibration.severity.ratings import Rating

# Davies & Goldsmith (1972), table 6.2: yield of dyestuff, five preparations of each of six batches.
DYESTUFF = (
    (1545, 1440, 1440, 1520, 1580),
    (1540, 1555, 1490, 1560, 1495),
    (1595, 1550, 1605, 1510, 1560),
    (1445, 1440, 1595, 1465, 1545),
    (1595, 1630, 1515, 1635, 1625),
    (1520, 1455, 1450, 1480, 1445),
)
# Box & Tiao (1973), table 5.1.4: made so that batches differ less than chance would have them.
DYESTUFF2 = (
    (7.298, 3.846, 2.434, 9.566, 7.990),
    (5.220, 6.556, 0.608, 11.788, -0.892),
    (0.110, 10.386, 13.434, 5.510, 8.166),
    (2.212, 4.852, 7.092, 9.288, 4.980),
    (0.282, 9.014, 4.458, 9.446, 7.198),
    (1.722, 4.782, 8.106, 0.758, 3.758),
)
# Shrout & Fleiss (1979), table 2: six targets, each rated by the same four judges.
SHROUT_FLEISS = (
    (9, 2, 5, 8),
    (6, 1, 3, 2),
    (8, 4, 6, 8),
    (7, 1, 2, 6),
    (10, 5, 6, 9),
    (6, 2, 4, 7),
)


@dataclass(frozen=True)
class House:
    """Ratings and the truth behind them."""

    rows: list[Rating]
    severity: dict[str, float]
    cells: dict[tuple[str, str], float]
    overall: dict[str, float]


def house(
    candidates: int = 40,
    interviewers: int = 10,
    dimensions: int = 4,
    panel: int = 4,
    rated: int = 3,
    seed: int = 1,
    severities: dict[int, float] | None = None,
    variances: tuple[float, ...] = (0.25, 0.10, 0.12, 0.06, 0.30),
) -> House:
    """`panel` cards a candidate, `rated` dimensions a card; `severities` replaces those drawn.

    `variances` are of candidates, their dimensions, cards, interviewers, and the residual.
    """
    chance = np.random.default_rng(seed)
    sds = np.sqrt(variances)
    u = chance.normal(0, sds[3], interviewers)
    for at, value in (severities or {}).items():
        u[at] = value
    beta = np.linspace(2.3, 2.9, dimensions)
    cells = beta + chance.normal(0, sds[0], (candidates, 1))
    cells = cells + chance.normal(0, sds[1], (candidates, dimensions))
    rows = []
    for c in range(candidates):
        for i in chance.choice(interviewers, panel, replace=False):
            card = chance.normal(0, sds[2])
            for d in chance.choice(dimensions, rated, replace=False):
                value = cells[c, d] + u[i] + card + chance.normal(0, sds[4])
                rows.append(Rating(f"c{c}", f"i{i}", f"d{d}", float(value)))
    return House(
        rows,
        {f"i{i}": float(u[i]) for i in range(interviewers)},
        {(f"c{c}", f"d{d}"): float(cells[c, d]) for c, d in np.ndindex(cells.shape)},
        {f"c{c}": float(cells[c].mean()) for c in range(candidates)},
    )
