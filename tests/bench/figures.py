"""One figure, and how its line is printed: JSON, so that programs can keep them."""

import json
import statistics
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass


@dataclass(frozen=True)
class Figure:
    """A measured value with the floor of the same run.

    `ratio` is value / floor where less is better (seconds, MB), and where more is better (a rate)
    still value / floor: the share of the floor's rate that is kept.
    """

    name: str
    value: float
    unit: str
    floor: float
    floor_is: str

    def line(self) -> str:
        ratio = round(self.value / self.floor, 3) if self.floor else None
        rounded = {"value": round(self.value, 4), "floor": round(self.floor, 4)}
        return json.dumps({**asdict(self), **rounded, "ratio": ratio})


def seconds(action: Callable[[], object], times: int = 1) -> float:
    """Median wall time of `times` runs, in seconds."""
    runs = []
    for _ in range(times):
        start = time.perf_counter()
        action()
        runs.append(time.perf_counter() - start)
    return statistics.median(runs)
