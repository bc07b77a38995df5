"""Of two candidates, whom the adjusted estimates put ahead in a dimension: in words, and no rank.

Only where both packets rest on the same calibration: two yardsticks measure no difference.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from math import hypot
from statistics import NormalDist

from packets.content.adjusted import likelihood
from packets.page.labels import Document, Words

SURE = 0.80  # below, and above one minus this, two are too close to separate
OTHER_YARDSTICK = "Their packets rest on different calibrations, so nothing is said between them."


@dataclass(frozen=True)
class Ahead:
    """One of two, as likely as `says` has it."""

    one: str
    says: str  # likely, very likely
    other: str


@dataclass(frozen=True)
class Separated:
    """One dimension: pairs of which one is ahead, and pairs that are too close to separate."""

    title: str
    ahead: list[Ahead]
    close: list[tuple[str, str]]


@dataclass(frozen=True)
class Separation:
    """Dimensions in which two are rated, in the rubric's order; else why nothing is said."""

    rows: list[Separated]
    reason: str


def separation(documents: Sequence[Document], dimensions: Sequence[str]) -> Separation | None:
    """None where no packet has a calibration. `dimensions` are those to be told of."""
    known = {(each.get("calibration") or {}).get("snapshot") for each in documents}
    if known == {None}:
        return None
    if len(known) > 1:
        return Separation([], OTHER_YARDSTICK)
    words = Words(documents[0])
    rows = [_dimension(id, words.title("dimensions", id), documents) for id in dimensions]
    return Separation([row for row in rows if row.ahead or row.close], "")


def _dimension(id: str, title: str, documents: Sequence[Document]) -> Separated:
    ahead, close = [], []
    rated = [(name, *found) for name, found in _estimates(id, documents)]
    for (one, a, a_se), (other, b, b_se) in combinations(rated, 2):
        probability = is_ahead(a - b, hypot(a_se, b_se))
        if probability >= SURE:
            ahead.append(Ahead(one, likelihood(probability), other))
        elif 1 - probability >= SURE:
            ahead.append(Ahead(other, likelihood(1 - probability), one))
        else:
            close.append((one, other))
    return Separated(title, ahead, close)


def _estimates(id: str, documents: Sequence[Document]) -> list[tuple[str, tuple[float, float]]]:
    """By name, of those who were rated there: the estimate and its standard error."""
    found = []
    for document in documents:
        each = (document["statistics"]["adjusted"] or {}).get(id) or {}
        if each.get("estimate") is not None:
            name = document["candidate"]["name"]
            found.append((name, (float(each["estimate"]), float(each["se"]))))
    return found


def is_ahead(difference: float, se: float) -> float:
    """How probable it is that a difference of so many points is above 0.

    >>> round(is_ahead(0.5, 0.5), 2), is_ahead(0.1, 0.0), is_ahead(0.0, 0.0)
    (0.84, 1.0, 0.5)
    """
    if se > 0:
        return NormalDist().cdf(difference / se)
    return 0.5 if difference == 0 else float(difference > 0)
