"""The mixed model of many scorecards: severity of interviewers, and candidates without it.

    y = dimension + level + candidate + candidate x dimension + card + interviewer + residual

Dimension and level are fixed, the rest random. docs/statistics.md says how to read it.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from calibration.severity import reml
from calibration.severity.blocks import Array, Equations, equations
from calibration.severity.estimates import predict
from calibration.severity.labels import LEAST_CANDIDATES, NOT_COMPARABLE, NOTHING, label
from calibration.severity.ratings import BadRatings, Codes, Factor, Rating, Ratings, ratings
from calibration.severity.reml import EFFECTS, Optimum, Solution

MODEL_VERSION = "reml-1"  # changes with what the model says of the same ratings
COMPONENTS = (*EFFECTS, "residual")
LARGEST_PANEL, LARGEST_HOUSE = 2_000, 8_000

ALONE = {
    "candidate": "Not enough to say: all ratings are of one candidate, or of one a level.",
    "candidate_dimension": "Not enough to say: no candidate was rated twice in one dimension, or"
    " there is only one dimension.",
    "card": "Not enough to say: no scorecard holds two ratings, or no candidate has two.",
    "interviewer": "Not enough to say: all ratings are by one interviewer, or each interviewer"
    " met one candidate alone.",
}
NO_VARIANCE = "Not enough to say: within each dimension every rating is the same."
NOBODY_ELSE = "Not enough to say: shares no candidate with anybody else."
FEW_RATINGS = "Not enough to say: there are no more ratings than dimensions and levels."
FEW_CANDIDATES = f"Not enough to say: fewer than {LEAST_CANDIDATES} candidates."


@dataclass(frozen=True)
class Severity:
    """How far an interviewer's ratings lie from colleagues' on the same people, in points.

    Above 0 is lenient. `severity` and `se` are None where `why` says so.
    """

    interviewer: str
    severity: float | None
    se: float | None
    cards: int
    label: str
    candidates: int
    component: int
    why: str


@dataclass(frozen=True)
class Estimate:
    """A candidate in one dimension; over all dimensions where that is empty.

    `se` is None where no rating differs from another: then nothing says how sure it is.
    """

    candidate: str
    dimension: str
    value: float
    se: float | None


@dataclass(frozen=True)
class Fit:
    """`components` are variances, None where these ratings cannot tell one from another.

    `relative` are the SDs that a later fit may start from. `why` has a reason for each None.
    """

    ratings: int
    candidates: int
    beta: dict[str, float]
    gamma: dict[str, float]
    components: dict[str, float | None]
    severities: list[Severity]
    cells: list[Estimate]
    overall: list[Estimate]
    connected: int
    converged: bool
    relative: tuple[float, ...]
    why: dict[str, str]


def fit(
    rows: Sequence[Rating],
    start: Sequence[float] | None = None,
    alive: Callable[[], object] = lambda: None,
) -> Fit:
    """Fit the model; `start` are relative SDs of an earlier fit, to begin from.

    `alive` is called at each step, so that a long fit can say that it goes on.

    Raises BadRatings where there are too few, or more than memory has room for.
    """
    if not rows:
        raise BadRatings("Not enough to say: there are no ratings.")
    data = ratings(rows)
    _check_size(data)
    columns = _level_columns(data)
    fixed = data.dimensions.size + int((columns >= 0).sum())
    if data.count <= fixed:
        raise BadRatings(FEW_RATINGS)
    middle, scale = float(data.values.mean()), float(data.values.std()) or 1.0
    values = (data.values - middle) / scale
    system = equations(data, values, columns[data.levels.codes], fixed)
    apart = _told_apart(data, system)
    warm = None if start is None else np.array(start)
    found = reml.maximise(system, [name in apart for name in EFFECTS], warm, alive)
    return _InPoints(data, found, columns, middle, scale, apart).as_fit()


def _check_size(data: Ratings) -> None:
    if data.interviewers.size > LARGEST_HOUSE:
        raise BadRatings(
            f"{data.interviewers.size} interviewers; at most {LARGEST_HOUSE} are fitted"
        )
    pairs = np.unique(data.candidates.codes * data.cards.size + data.cards.codes)
    cards = np.bincount(pairs // data.cards.size)
    if cards.max() > LARGEST_PANEL:
        name = data.candidates.names[int(cards.argmax())]
        raise BadRatings(
            f"candidate {name} has {cards.max()} scorecards; at most {LARGEST_PANEL} are fitted"
        )


def _level_columns(data: Ratings) -> Codes:
    """The fixed column of each level, after the dimensions'; -1 for those that need none.

    The first level is what the dimensions' means are of. A level is left out as well where its
    column adds nothing: when only candidates of that level were rated in some dimensions.
    """
    pairs = np.unique(data.dimensions.codes * data.levels.size + data.levels.codes)
    dimension, level = pairs // data.levels.size, pairs % data.levels.size
    design = np.eye(data.dimensions.size)[dimension]
    columns = np.full(data.levels.size, -1)
    for each in range(1, data.levels.size):
        wider = np.column_stack([design, level == each])
        if np.linalg.matrix_rank(wider) == wider.shape[1]:
            columns[each] = design.shape[1]
            design = wider
    return columns


def _told_apart(data: Ratings, system: Equations) -> set[str]:
    """The components that these ratings can tell from each other; none where nothing varies.

    Effects that group the rows in the same way are one effect under two names: the first stays.
    """
    if reml.solve(system, np.zeros(len(EFFECTS))).residual < 1e-12:
        return set()
    kept = [Factor(list(range(data.count)), np.arange(data.count))]
    by_name = {
        "candidate": data.candidates,
        "interviewer": data.interviewers,
        "candidate_dimension": data.cells,
        "card": data.cards,
    }
    apart = {"residual"}
    for name, groups in by_name.items():
        told = groups.size > 1 and not groups.same_groups(data.levels)
        if told and not any(groups.same_groups(other) for other in kept):
            kept.append(groups)
            apart.add(name)
    return apart


def _severity(found: Severity, colleagues: int, comparable: bool) -> Severity:
    """With its label; of too few candidates nothing is said, whatever the model has.

    Nor of who shares candidates with nobody: their strictness cannot be told from whom they met.
    """
    if found.candidates < LEAST_CANDIDATES:
        return replace(found, severity=None, se=None, why=FEW_CANDIDATES)
    if found.severity is None or found.se is None:
        return found
    if not colleagues:
        return replace(found, severity=None, se=None, label=NOT_COMPARABLE, why=NOBODY_ELSE)
    words = label(found.severity, found.se, found.cards, found.candidates, comparable)
    return replace(found, label=words)


@dataclass(frozen=True)
class _InPoints:
    """The solution in the units of the ratings, by name."""

    data: Ratings
    found: Optimum
    level_columns: Codes
    middle: float
    scale: float
    apart: set[str]

    @property
    def solution(self) -> Solution:
        return self.found.solution

    def as_fit(self) -> Fit:
        data = self.data
        predicted = predict(data, self.solution, self.level_columns[data.levels.codes])
        candidates = [(name, "") for name in data.candidates.names]
        return Fit(
            ratings=data.count,
            candidates=data.candidates.size,
            beta=self.beta(),
            gamma=self.gamma(),
            components={name: self.component(name) for name in COMPONENTS},
            severities=list(self.severities()),
            cells=self.estimates(data.cells.names, predicted.cells, predicted.cell_errors),
            overall=self.estimates(candidates, predicted.overall, predicted.overall_errors),
            connected=data.components()[0],
            converged=self.found.converged,
            relative=tuple(float(sd) for sd in self.solution.sds),
            why=self.why(),
        )

    def beta(self) -> dict[str, float]:
        values = self.middle + self.scale * self.solution.outer
        return {name: float(values[at]) for at, name in enumerate(self.data.dimensions.names)}

    def gamma(self) -> dict[str, float]:
        pairs = zip(self.data.levels.names, self.level_columns.tolist(), strict=True)
        return {
            name: self.scale * float(self.solution.outer[at]) if at >= 0 else 0.0
            for name, at in pairs
        }

    def component(self, name: str) -> float | None:
        if name not in self.apart:
            return None
        residual = self.scale**2 * self.solution.residual
        relative = 1.0 if name == "residual" else self.solution.sds[EFFECTS.index(name)]
        return residual * float(relative) ** 2

    def why(self) -> dict[str, str]:
        if not self.apart:
            return dict.fromkeys(COMPONENTS, NO_VARIANCE)
        return {name: ALONE[name] for name in EFFECTS if name not in self.apart}

    def severities(self) -> Iterator[Severity]:
        data, sd = self.data, self.solution.sds[EFFECTS.index("interviewer")]
        first = len(self.solution.outer) - 2 - data.interviewers.size
        people = slice(first, first + data.interviewers.size)
        severity = self.scale * sd * self.solution.outer[people]
        variance = np.diag(self.solution.dense)[people] * self.solution.residual
        se = self.scale * sd * np.sqrt(np.maximum(variance, 0.0))
        cards, met = data.cards_by_interviewer(), data.candidates_by_interviewer()
        _, components = data.components()
        sizes = np.bincount(components)
        why_none = self.why().get("interviewer", "")
        for at, name in enumerate(data.interviewers.names):
            yield _severity(
                Severity(
                    interviewer=name,
                    severity=None if why_none else float(severity[at]),
                    se=None if why_none else float(se[at]),
                    cards=int(cards[at]),
                    candidates=int(met[at]),
                    component=int(components[at]),
                    label=NOTHING,
                    why=why_none,
                ),
                colleagues=int(sizes[components[at]]) - 1,
                comparable=bool(components[at] == sizes.argmax()),
            )

    def estimates(
        self, names: Iterable[tuple[str, str]], values: Array, errors: Array
    ) -> list[Estimate]:
        """`names` are of candidate and dimension."""
        points = self.middle + self.scale * values
        ses = self.scale * errors if self.apart else [None] * len(errors)
        return [
            Estimate(*name, float(value), None if se is None else float(se))
            for name, value, se in zip(names, points, ses, strict=True)
        ]
