"""The rubric's objects. Each is a value: built once by `parsing.parse`, then only read."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches


@dataclass(frozen=True)
class Term:
    """One point of a scale (a rating, a recommendation, an exercise's outcome) and its meaning."""

    id: str
    title: str
    description: str


@dataclass(frozen=True)
class Dimension:
    """One way of thinking that is rated from 1 to 4; `anchors` maps each point to its wording."""

    id: str
    title: str
    definition: str
    anchors: dict[int, str]
    growth: str
    tie_breaker: bool = False


@dataclass(frozen=True)
class Signal:
    """A behaviour that a note can be tagged with.

    `levels` is empty where the signal applies at every level. `default_severity` is what a flag
    for a risk starts from, and None for strengths and noise, which cannot be flagged. `told` is how
    a candidate who showed a strength may be told so; empty where the version has no words for it.
    """

    id: str
    polarity: str
    dimension: str
    title: str
    definition: str
    in_the_room: str
    mistaken_for: str
    cues: tuple[str, ...]
    levels: tuple[str, ...] = ()
    default_severity: str | None = None
    told: str = ""


@dataclass(frozen=True)
class Stage:
    """One step of an answer, ticked on the live page when it is first heard."""

    id: str
    title: str
    description: str


@dataclass(frozen=True)
class Probe:
    """A question or a constraint that the interviewer puts; `wordings` are ways to say it aloud."""

    id: str
    title: str
    kind: str
    draws: tuple[str, ...]
    wordings: tuple[str, ...]
    purpose: str
    key: str

    @property
    def is_constraint(self) -> bool:
        """Whether it counts as the pressure that a rating of adaptability needs."""
        return self.kind == "constraint"


@dataclass(frozen=True)
class Prompt:
    """A problem to open a round with; its id is unique in the whole rubric."""

    id: str
    title: str
    text: str


@dataclass(frozen=True)
class Round:
    """A kind of interview and its kit. `minutes` is the whole round; `focus` is what it rates."""

    id: str
    title: str
    purpose: str
    minutes: int
    focus: tuple[str, ...]
    probes: tuple[str, ...]
    prompts: tuple[Prompt, ...]
    opening: str
    pitfalls: tuple[str, ...]
    correctness: bool = False


@dataclass(frozen=True)
class LevelBar:
    """What a level asks of the lower median of supported ratings, dimension by dimension.

    `musts` are read first when below; one dimension of `any_supported_4` must carry a supported
    4 (empty: no such demand); `signals` maps a signal to how many different people must see it.
    """

    everywhere: int
    exceptions: dict[str, int]
    musts: tuple[str, ...] = ()
    any_supported_4: tuple[str, ...] = ()
    signals: dict[str, int] = field(default_factory=dict)

    def for_dimension(self, dimension: str) -> int:
        """The least rating that meets the bar in this dimension."""
        return self.exceptions.get(dimension, self.everywhere)


@dataclass(frozen=True)
class Level:
    """A level of seniority and its default bar, which an opening may replace."""

    id: str
    title: str
    description: str
    bar: LevelBar


@dataclass(frozen=True)
class Facet:
    """One line of a lens. A derived facet has no dimensions: the packet reads it off otherwise."""

    id: str
    title: str
    dimensions: tuple[str, ...] = ()
    derived: bool = False


@dataclass(frozen=True)
class Lens:
    """The same ratings, grouped as one published framework groups them."""

    id: str
    title: str
    description: str
    facets: tuple[Facet, ...]


@dataclass(frozen=True)
class Rubric:
    """A whole rubric version. Every mapping goes from id to object, in the order of the pack."""

    number: int
    dimensions: dict[str, Dimension]
    signals: dict[str, Signal]
    stages: dict[str, Stage]
    probes: dict[str, Probe]
    rounds: dict[str, Round]
    levels: dict[str, Level]
    lenses: dict[str, Lens]
    ratings: dict[int, Term]
    not_observed: Term
    recommendations: dict[str, Term]
    correctness: dict[str, Term]
    severities: dict[str, Term]
    polarities: dict[str, Term]

    @property
    def prompts(self) -> dict[str, Prompt]:
        """Every round's prompts by id."""
        return {prompt.id: prompt for each in self.rounds.values() for prompt in each.prompts}

    @property
    def constraint_probes(self) -> frozenset[str]:
        """Ids of the probes of which one must have been put before adaptability may be rated."""
        return frozenset(probe.id for probe in self.probes.values() if probe.is_constraint)

    def signals_of(self, dimension: str, polarity: str | None = None) -> tuple[Signal, ...]:
        """The dimension's signals in pack order, of one polarity where one is named."""
        return tuple(
            signal
            for signal in self.signals.values()
            if signal.dimension == dimension and polarity in (None, signal.polarity)
        )

    def bar(self, level: str) -> LevelBar:
        """The level's default bar; KeyError where the level is unknown."""
        return self.levels[level].bar

    def nearest(self, kind: str, wrong_id: str, n: int = 3) -> list[str]:
        """Up to n known ids most like a wrong one, nearest first, to name in an error message.

        `kind` is dimension, signal, stage, probe, round, level, lens, recommendation or
        correctness; KeyError otherwise.
        """
        known: dict[str, Mapping[str, object]] = {
            "dimension": self.dimensions,
            "signal": self.signals,
            "stage": self.stages,
            "probe": self.probes,
            "round": self.rounds,
            "level": self.levels,
            "lens": self.lenses,
            "recommendation": self.recommendations,
            "correctness": self.correctness,
        }
        return nearest_ids(wrong_id, known[kind], n)


def nearest_ids(wrong_id: str, known: Iterable[str], n: int = 3) -> list[str]:
    """Up to n of the known ids most like wrong_id, nearest first; none where nothing is near."""
    return get_close_matches(wrong_id.strip().lower().replace("_", "-"), list(known), n, cutoff=0.4)
