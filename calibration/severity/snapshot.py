"""A frozen calibration, as far as one packet needs it: plain values, an input of the packet."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from calibration.severity.labels import NOT_COMPARABLE, NOTHING


@dataclass(frozen=True)
class KnownSeverity:
    """What earlier packets say of one interviewer; above 0 is lenient. None: nothing."""

    severity: float | None
    se: float | None
    cards: int
    candidates: int
    label: str

    @property
    def is_usable(self) -> bool:
        """Not where too few were met, nor where it is relative to people nobody here met."""
        return self.severity is not None and self.label not in (NOTHING, NOT_COMPARABLE)


@dataclass(frozen=True)
class UsualPanels:
    """How far panels usually disagree: corpus counts of each rating, quartiles of their ratios."""

    counts: tuple[int, ...]
    lower: float
    upper: float


@dataclass(frozen=True)
class Snapshot:
    """Means and variances of the model, and the severities of the packet's interviewers.

    `gamma` is by level, `components` holds the five variances, `severities` are by e-mail;
    `base_rates` count the ratings from 1 to 4, by dimension and level.
    """

    id: str
    date: str
    ratings: int
    candidates: int
    beta: Mapping[str, float]
    gamma: Mapping[str, float]
    components: Mapping[str, float]
    severities: Mapping[str, KnownSeverity] = field(default_factory=dict)
    panels: UsualPanels | None = None
    base_rates: Mapping[str, Mapping[str, Sequence[int]]] = field(default_factory=dict)
