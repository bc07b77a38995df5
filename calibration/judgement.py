"""One rating, as measures of agreement take it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Judgement:
    """One rater's value for one unit; of one rater there is at most one for each unit.

    `candidate` is whom the unit is of, where several units may be of one.
    """

    unit: str
    rater: str
    value: float
    candidate: str = ""
