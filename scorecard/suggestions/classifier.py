"""The trained weights, loaded once a process, by the web server at its start: 4 MB beside numpy."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from scorecard.suggestions import features

WEIGHTS = Path(__file__).with_name("weights.npz")


@dataclass(frozen=True)
class Classifier:
    """`table` holds a signed byte for each feature bucket and class; `scale` is a bucket's unit."""

    labels: tuple[str, ...]
    intercept: npt.NDArray[np.float32]
    scale: npt.NDArray[np.float32]
    table: npt.NDArray[np.int8]
    sources: str

    def probabilities(self, text: str) -> dict[str, float]:
        """Probability of each signal, of REMARK and of NONE for one note; they sum to 1."""
        vector = features.vector(text)
        buckets = np.fromiter(vector.keys(), dtype=np.int64, count=len(vector))
        values = np.fromiter(vector.values(), dtype=np.float32, count=len(vector))
        scores = self.intercept + (values * self.scale[buckets]) @ self.table[buckets].astype(
            np.float32
        )
        raised = np.exp(scores - scores.max())
        return dict(zip(self.labels, (raised / raised.sum()).tolist(), strict=True))


@lru_cache(maxsize=1)
def classifier() -> Classifier:
    """The committed weights. Raises FileNotFoundError with the command to make them."""
    if not WEIGHTS.exists():
        command = "python -m scorecard.suggestions.training.train"
        raise FileNotFoundError(f"{WEIGHTS} is missing: run {command}")
    with np.load(WEIGHTS, allow_pickle=False) as stored:
        return Classifier(
            labels=tuple(stored["labels"].tolist()),
            intercept=stored["intercept"],
            scale=stored["scale"],
            table=stored["table"],
            sources=str(stored["sources"]),
        )
