"""Of two candidates, whom the adjusted estimates put ahead in a dimension: in words, and no rank.

Only where both packets rest on the same calibration: two yardsticks measure no difference.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from statistics import NormalDist

from packets.content.adjusted import likelihood
from packets.content.document import PacketContent
from packets.page.labels import Labels

SURE = 0.80  # below, and above one minus this, two are too close to separate
OTHER_YARDSTICK = "Their packets rest on different calibrations, so nothing is said between them."


@dataclass(frozen=True)
class Ahead:
    """One of two, as likely as `says` has it."""

    one: str
    says: str  # likely, very likely
    other: str


@dataclass(frozen=True)
class SeparatedDimension:
    """Pairs of which one is ahead, and pairs that are too close to separate."""

    title: str
    ahead: list[Ahead]
    close: list[tuple[str, str]]


@dataclass(frozen=True)
class Separation:
    """Dimensions in which two are rated, in the rubric's order; else why nothing is said."""

    rows: list[SeparatedDimension]
    reason: str


def separation(packets: Sequence[PacketContent], dimensions: Sequence[str]) -> Separation | None:
    """None where no packet has a calibration. `dimensions` are those to be told of."""
    known = {found["snapshot"] if (found := each["calibration"]) else None for each in packets}
    if known == {None}:
        return None
    if len(known) > 1:
        return Separation([], OTHER_YARDSTICK)
    labels = Labels(packets[0])
    rows = [_dimension(id, labels.title("dimensions", id), packets) for id in dimensions]
    return Separation([row for row in rows if row.ahead or row.close], "")


def _dimension(id: str, title: str, packets: Sequence[PacketContent]) -> SeparatedDimension:
    ahead, close = [], []
    for (one, a), (other, b) in combinations(_estimates(id, packets), 2):
        probability = _above_zero(a - b)
        if probability >= SURE:
            ahead.append(Ahead(one, likelihood(probability), other))
        elif 1 - probability >= SURE:
            ahead.append(Ahead(other, likelihood(1 - probability), one))
        else:
            close.append((one, other))
    return SeparatedDimension(title, ahead, close)


def _estimates(id: str, packets: Sequence[PacketContent]) -> Iterator[tuple[str, NormalDist]]:
    """By name, of those who were rated there: the estimate with its standard error."""
    for each in packets:
        found = (each["statistics"]["adjusted"] or {}).get(id)
        if found and found["estimate"] is not None:
            yield each["candidate"]["name"], NormalDist(found["estimate"], found["se"])


def _above_zero(difference: NormalDist) -> float:
    """
    >>> round(_above_zero(NormalDist(0.5, 0.5)), 2)
    0.84
    >>> _above_zero(NormalDist(0.1, 0.0)), _above_zero(NormalDist(0.0, 0.0))
    (1.0, 0.5)
    """
    if difference.stdev > 0:
        return NormalDist().cdf(difference.mean / difference.stdev)
    return 0.5 if difference.mean == 0 else float(difference.mean > 0)
