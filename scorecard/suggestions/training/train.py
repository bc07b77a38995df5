"""Train the classifier from the phrases, which takes about a minute.

`python -m scorecard.suggestions.training.train` does it and writes the weights.

Multinomial logistic regression with a Gaussian prior whose covariance between classes is `kinship`.
Solved in its dual form: as many unknowns as phrases, so no package for it is needed. Deterministic.
"""

import hashlib
import sys

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array

from scorecard.suggestions import features
from scorecard.suggestions.classifier import WEIGHTS
from scorecard.suggestions.training import kinship, phrases

Matrix = npt.NDArray[np.float64]  # so exact that the number of threads does not show

RIDGE = 0.3  # strength of the prior; found by leaving phrases out
_ITERATIONS = 150
_INTERCEPT = 0.05  # prior variance of the classes' intercepts

_SOURCES = (
    "concepts.py",
    "concepts.txt",
    "features.py",
    "shorthand.txt",
    "text.py",
    "training/kinship.py",
    "training/phrases.py",
    "training/train.py",
)


class Examples:
    """Training notes as vectors, with their class, the phrase they come from and their weight."""

    def __init__(self, labels: tuple[str, ...]) -> None:
        """Read and expand every phrase. Raises ValueError for a heading that is no signal."""
        found = phrases.read()
        if unknown := sorted(set(found) - set(labels)):
            raise ValueError(f"phrases for unknown signals: {', '.join(unknown)}")
        rows = [
            (variant, labels.index(label), origin, 1 / len(texts))
            for origin, (label, texts) in enumerate(
                (label, phrases.variants(phrase)) for label in found for phrase in found[label]
            )
            for variant in texts
        ]
        self.vectors = [features.vector(text) for text, _, _, _ in rows]
        self.target = np.array([target for _, target, _, _ in rows])
        self.origin = np.array([origin for _, _, origin, _ in rows])
        self.weight = np.array([weight for _, _, _, weight in rows])


def sparse(vectors: list[dict[int, float]]) -> csr_array:
    """The notes' vectors as rows, shape (notes, buckets)."""
    lengths = np.cumsum([0, *(len(vector) for vector in vectors)])
    columns = np.array([bucket for vector in vectors for bucket in vector], dtype=np.int64)
    values = np.array([value for vector in vectors for value in vector.values()])
    return csr_array((values, columns, lengths), shape=(len(vectors), features.BUCKETS))


def similarities(vectors: list[dict[int, float]]) -> Matrix:
    """Inner products of all pairs of notes, shape (notes, notes)."""
    rows = sparse(vectors)
    products: Matrix = (rows @ rows.T).toarray()
    return products


def centred(gram: Matrix, weight: Matrix) -> Matrix:
    """Inner products after the notes' weighted mean is taken off, and the intercept's share.

    What all notes have in common would only slow `solve` down. `weight` is zero for notes that are
    to stay unseen: they are moved by the mean of the others.
    """
    share = weight / weight.sum()
    mean: Matrix = gram @ share
    moved: Matrix = gram - mean[:, None] - mean[None, :] + share @ mean + _INTERCEPT
    return moved


def solve(gram: Matrix, target: npt.NDArray[np.int_], weight: Matrix, kin: Matrix) -> Matrix:
    """Dual coefficients, shape (notes, classes): class scores of the notes are `gram @ result`.

    Nesterov's accelerated gradient in the space the Gram matrix spans, restarted on overshoot.
    """
    step = 1 / (0.5 * _largest_eigenvalue(gram, weight) * np.linalg.norm(kin, 2) + RIDGE)
    truth = np.eye(len(kin))[target]
    dual = np.zeros_like(truth)
    ahead, momentum = dual, 1.0
    for _ in range(_ITERATIONS):
        miss = (softmax(gram @ ahead @ kin) - truth) * weight[:, None]
        direction = miss + RIDGE * ahead
        following = ahead - step * direction
        if np.sum(direction * (following - dual)) > 0:
            momentum = 1.0
        later = (1 + (1 + 4 * momentum**2) ** 0.5) / 2
        ahead = following + (momentum - 1) / later * (following - dual)
        dual, momentum = following, later
    return dual @ kin


def weights(examples: Examples, dual: Matrix) -> tuple[Matrix, Matrix]:
    """The dual solution as weights of features: (buckets, classes) and the intercepts."""
    share = examples.weight / examples.weight.sum()
    rows = sparse(examples.vectors)
    mean = rows.T @ share
    table = rows.T @ dual - np.outer(mean, dual.sum(axis=0))
    return table, _INTERCEPT * dual.sum(axis=0) - mean @ table


def softmax(scores: Matrix) -> Matrix:
    """Rows to probabilities."""
    raised: Matrix = np.exp(scores - scores.max(axis=1, keepdims=True))
    shares: Matrix = raised / raised.sum(axis=1, keepdims=True)
    return shares


def _largest_eigenvalue(gram: Matrix, weight: Matrix) -> float:
    vector = np.ones(len(gram))
    for _ in range(30):
        vector = gram @ (weight * vector)
        size = float(np.linalg.norm(vector))
        vector = vector / size
    return size


def sources_digest() -> str:
    """SHA-256 over everything the weights are made from but the rubric pack's ids."""
    digest = hashlib.sha256()
    sources = (WEIGHTS.parent / name for name in _SOURCES)
    for path in [*sources, *sorted(phrases.FOLDER.glob("*.txt"))]:
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def write() -> None:
    """Train on all phrases and write the weights, one byte each with a scale for each feature."""
    labels = kinship.classes()
    examples = Examples(labels)
    gram = centred(similarities(examples.vectors), examples.weight)
    dual = solve(gram, examples.target, examples.weight, kinship.covariance())
    table, intercept = weights(examples, dual)
    scale = np.ceil(np.abs(table).max(axis=1) / 127 * 1e6) / 1e6
    safe = np.where(scale > 0, scale, 1)[:, None]
    np.savez_compressed(
        WEIGHTS,
        labels=np.array(labels),
        intercept=np.round(intercept, 4).astype(np.float32),
        scale=scale.astype(np.float32),
        table=np.round(table / safe).astype(np.int8),
        sources=np.array(sources_digest()),
    )


if __name__ == "__main__":
    write()
    sys.stdout.write(f"wrote {WEIGHTS.name}, {WEIGHTS.stat().st_size // 1000} kB\n")
