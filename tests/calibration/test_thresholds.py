"""Each number that docs/statistics.md promises, from both sides: the last that fails, the first
that does."""

from dataclasses import replace

import pytest

from calibration.agreement import agreement
from calibration.judgement import Judgement
from calibration.resampling import ordinal_range
from calibration.severity import disagreement
from calibration.severity.fit import COMPONENTS, Fit, Severity, fit
from calibration.severity.gates import Gates, Last, shut
from calibration.severity.labels import in_points, label
from calibration.severity.snapshot import UsualPanels
from tests.calibration.corpora import house

CLEAR = {"severity": 0.5, "se": 0.1, "cards": 12, "candidates": 12, "comparable": True}


@pytest.mark.parametrize(
    ("known", "says"),
    [
        ({"candidates": 2}, "not enough to say"),
        ({"candidates": 3}, "tends more lenient"),
        ({"candidates": 2, "comparable": False}, "not enough to say"),
        ({"comparable": False, "cards": 9}, "not comparable"),
        ({"cards": 9}, "not enough history"),
        ({"cards": 10}, "tends more lenient"),
        ({"severity": 0.199}, "typical"),
        ({"severity": 0.2}, "tends more lenient"),
        ({"severity": -0.199}, "typical"),
        ({"severity": -0.2}, "tends stricter"),
        ({"severity": 0.329, "se": 0.2}, "tends more lenient"),  # 1.645 times its error
        ({"severity": 0.328, "se": 0.2}, "typical"),
        ({"severity": -0.329, "se": 0.2}, "tends stricter"),
    ],
)
def test_an_interviewer_is_labelled_from_enough_on(known: dict, says: str) -> None:
    assert label(**CLEAR | known) == says


@pytest.mark.parametrize(
    ("severity", "says"),
    [
        (0.94, "about 0.9 of a point higher"),
        (0.96, "about 1.0 points higher"),
        (-0.3, "about 0.3 of a point lower"),
    ],
)
def test_a_severity_is_told_in_points(severity: float, says: str) -> None:
    assert says in in_points(severity)


def groups(*sizes: int) -> tuple[Severity, ...]:
    """Interviewers in groups that share no candidate."""
    return tuple(
        Severity(f"i{group} {n}", 0.0, 0.1, 12, "typical", 12, group, "")
        for group, size in enumerate(sizes)
        for n in range(size)
    )


ENOUGH = Fit(
    components=dict.fromkeys(COMPONENTS, 0.2),
    beta={"depth": 2.5},
    gamma={"senior": 0.0},
    severities=groups(8, 2),
    cells=(),
    overall=(),
    connected=2,
    ratings=1_500,
    candidates=100,
    converged=True,
    relative=(),
    why={},
)
LAST = Last(beta={"depth": 2.5, "gone": 1.0}, components=dict.fromkeys(COMPONENTS, 0.2))


def gate(last: Last | None = LAST, **changes: object) -> list[str]:
    return shut(replace(ENOUGH, **changes), Gates(), last)


def test_a_fit_that_is_just_good_enough_is_published() -> None:
    assert gate() == gate(last=None) == []


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"candidates": 99}, "99 closed candidates; 100 are needed."),
        ({"ratings": 1_499}, "1499 ratings with evidence; 1500 are needed."),
        ({"converged": False}, "The fit did not settle."),
        (
            {"severities": groups(79, 21)},
            "79% of interviewers are connected by candidates; 80% are needed.",
        ),
        (
            {"beta": {"depth": 2.651}},
            "The mean of depth went from 2.50 to 2.65.",
        ),
        (
            {"components": ENOUGH.components | {"card": 0.252}},
            "The variance of card went from 0.200 to 0.252 since the last one.",
        ),
        (
            {"components": ENOUGH.components | {"card": 0.148}},
            "The variance of card went from 0.200 to 0.148 since the last one.",
        ),
    ],
)
def test_one_step_less_is_not(changes: dict, says: str) -> None:
    assert gate(**changes) == [says]


def test_a_variance_that_cannot_be_told_from_another_shuts_the_gate() -> None:
    found = gate(last=None, components=ENOUGH.components | {"card": None})
    assert found == ["The variance of card cannot be told from another."]


@pytest.mark.parametrize(
    "changes",
    [
        {"beta": {"depth": 2.649}},
        {"beta": {"depth": 2.351}},
        {"beta": {"depth": 2.5, "new": 4.0}},
        {"components": ENOUGH.components | {"card": 0.25}},
        {"components": ENOUGH.components | {"card": 0.15}},
    ],
)
def test_a_night_may_move_so_far(changes: dict) -> None:
    assert gate(**changes) == []


def test_a_variance_near_none_may_wobble() -> None:
    """A quarter of next to nothing is nothing: a thousandth is let pass."""
    none = Last(LAST.beta, {**LAST.components, "card": 0.0})
    assert gate(none, components=ENOUGH.components | {"card": 0.0009}) == []
    assert len(gate(none, components=ENOUGH.components | {"card": 0.0011})) == 1


def test_a_ratio_needs_six_pairs_and_thirty_panels() -> None:
    six, five = [[1, 2, 3, 4]], [[1, 2, 3], [1, 2], [3, 4]]
    assert (disagreement.pairs(six), disagreement.pairs(five)) == (6, 5)
    counts = [5, 5, 5, 5]
    assert disagreement.ratio(six, counts) is not None
    assert disagreement.ratio(five, counts) is None
    assert disagreement.usual_panels([six] * 29) is None
    assert disagreement.usual_panels([six] * 30) is not None
    assert disagreement.usual_panels([six] * 29 + [five]) is None


def test_a_dimension_weighs_as_many_as_rated_it() -> None:
    four, five, counts = [1, 1, 1, 4], [1, 2, 3, 4, 4], [5, 5, 5, 5]
    alone, other = disagreement.ratio([four], counts), disagreement.ratio([five], counts)
    assert alone is not None
    assert other is not None
    both = disagreement.ratio([four, five], counts)
    assert both == pytest.approx((4 * alone + 5 * other) / 9)


@pytest.mark.parametrize(
    ("found", "says"),
    [(0.29, "closer than usual"), (0.3, "usual"), (0.7, "usual"), (0.71, "more split than usual")],
)
def test_usual_is_the_middle_half(found: float, says: str) -> None:
    assert disagreement.in_words(found, UsualPanels((1, 1, 1, 1), 0.3, 0.7)) == says


def test_the_middle_half_is_between_the_quartiles() -> None:
    """Thirty-one panels of which each disagrees a step more than the one before."""
    together, apart = [2, 2, 2, 2], [1, 2, 3, 4]
    panels = [[apart] * n + [together] * (30 - n) for n in range(31)]
    usual = disagreement.usual_panels(panels)
    assert usual is not None
    ratios = [disagreement.ratio(panel, usual.counts) for panel in panels]
    words = [disagreement.in_words(each, usual) for each in ratios if each is not None]
    assert [words.count(each) for each in (disagreement.CLOSER, disagreement.USUAL)] == [8, 15]


def test_errors_are_in_the_unit_of_the_ratings() -> None:
    rows = house(candidates=30, interviewers=6).rows
    ones, tens = fit(rows), fit([replace(row, value=row.value * 10) for row in rows])
    for a, b in ((ones.cells, tens.cells), (ones.overall, tens.overall)):
        assert [each.se for each in b] == pytest.approx([10 * each.se for each in a], rel=0.01)
    known = [(a.se, b.se) for a, b in zip(ones.severities, tens.severities, strict=True) if a.se]
    assert known
    assert [b for _, b in known] == pytest.approx([10 * a for a, _ in known], rel=0.01)


def judged(candidates: int, values: int) -> list[Judgement]:
    """Two ratings of each candidate; neighbours on a scale of so many values."""
    return [
        Judgement(f"u{n}", f"r{rater}", float((n + rater) % values), f"c{n}")
        for n in range(candidates)
        for rater in range(2)
    ]


def test_a_range_needs_thirty_candidates_and_at_most_twenty_values() -> None:
    assert ordinal_range(judged(29, 4)) is None
    assert ordinal_range(judged(30, 4)) is not None
    assert ordinal_range(judged(60, 20)) is not None
    assert ordinal_range(judged(60, 21)) is None


def test_a_range_is_of_the_middle_95_of_100_draws(monkeypatch: pytest.MonkeyPatch) -> None:
    """Alphas of 0 to 1 in 2,000 equal steps, in place of those of the draws."""
    import numpy as np

    from calibration import resampling

    steps = iter(np.array_split(np.arange(2_000) / 1_999, 8))
    monkeypatch.setattr(resampling, "ordinal_alphas", lambda tables: next(steps))
    assert ordinal_range(judged(30, 4)) == pytest.approx((0.025, 0.975))


def test_under_thirty_units_caution_is_said() -> None:
    assert agreement(judged(29, 4)).caution.startswith("29 units")
    assert agreement(judged(30, 4)).caution == ""
