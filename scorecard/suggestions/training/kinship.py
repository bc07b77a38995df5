"""How signals are related, so that what is learned of one helps its neighbours a little.

The classifier's prior: two signals of one dimension share a part of their weights, and so do two
of one polarity. A risk and a strength about drift are told apart by the rest.
"""

import numpy as np
import numpy.typing as npt

from rubric.pack import read_pack
from scorecard.suggestions.ranking import NONE, REMARK

_SHARED_BY_DIMENSION = 0.36  # of a weight's prior variance, relative to 1 of its own
_SHARED_BY_POLARITY = 0.36


def signals() -> list[tuple[str, str, str]]:
    """(id, polarity, dimension) of every signal of the rubric pack, in its order."""
    return [(each["id"], each["polarity"], each["dimension"]) for each in read_pack()["signals"]]


def classes() -> tuple[str, ...]:
    """The signals of the rubric pack and, last, REMARK and NONE."""
    return (*(id_ for id_, _, _ in signals()), REMARK, NONE)


def covariance() -> npt.NDArray[np.float64]:
    """Prior covariance of the weights between classes, in the order of `classes`."""
    kin = [*signals(), (REMARK, REMARK, REMARK), (NONE, NONE, NONE)]
    shared = [
        [
            (a[0] == b[0])
            + _SHARED_BY_DIMENSION * (a[2] == b[2] != NONE)
            + _SHARED_BY_POLARITY * (a[1] == b[1])
            for b in kin
        ]
        for a in kin
    ]
    return np.array(shared)
