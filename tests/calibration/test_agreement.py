"""Alpha and intraclass correlations against published answers, and what is not defined."""

import math
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calibration.agreement import FORMS, LEVELS, Agreement, agreement
from calibration.judgement import Judgement
from tests.calibration.corpora import SHROUT_FLEISS

# Krippendorff (2011), Computing Krippendorff's alpha-reliability, section C: four observers, twelve
# units, None where nothing was observed.
KRIPPENDORFF = (
    (1, 2, 3, 3, 2, 1, 4, 1, 2, None, None, None),
    (1, 2, 3, 3, 2, 2, 4, 1, 2, 5, None, 3),
    (None, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, None),
    (1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, None),
)


def of(raters: Sequence[Sequence[float | None]]) -> Agreement:
    """One row a rater, one column a unit."""
    return agreement(
        [
            Judgement(f"u{unit}", f"r{rater}", value)
            for rater, row in enumerate(raters)
            for unit, value in enumerate(row)
            if value is not None
        ]
    )


def test_alpha_as_published():
    """.743 nominal, .815 ordinal, .849 interval; the unit that one observer saw is left out."""
    found = of(KRIPPENDORFF)
    assert found.alpha == pytest.approx(
        {"nominal": 0.743, "ordinal": 0.815, "interval": 0.849}, abs=0.0005
    )
    assert (found.units, found.raters, found.pairable) == (12, 4, 11)
    assert "11 units" in found.caution


def test_intraclass_correlations_as_published():
    """Shrout & Fleiss (1979), table 4."""
    found = of(list(zip(*SHROUT_FLEISS, strict=True)))
    published = dict(zip(FORMS, (0.17, 0.29, 0.71, 0.44, 0.62, 0.91), strict=True))
    assert found.icc == pytest.approx(published, abs=0.005)
    assert found.why == {}


def test_perfect_agreement_is_one_in_every_form():
    found = of([(1, 2, 3, 4)] * 3)
    assert found.alpha == pytest.approx(dict.fromkeys(LEVELS, 1.0))
    assert found.icc == pytest.approx(dict.fromkeys(FORMS, 1.0))


def test_less_agreement_than_chance_is_negative_and_said():
    assert of([(1, 4), (4, 1)]).alpha["nominal"] == pytest.approx(-0.5)


@pytest.mark.parametrize(
    ("raters", "alpha", "icc"),
    [
        ([(1, 2, 3)], "only one rater", "only one rater"),
        ([(1, 2, None), (None, None, 3)], "two raters or more", "3 of 6"),
        ([(3, 3, 3), (3, 3, 3)], "is the same", "do not differ"),
        ([(1,), (4,)], "two raters or more", "only one unit"),
        ([(1, 2, None), (1, 2, 3)], None, "5 of 6"),
    ],
)
def test_what_is_not_defined_says_why(raters, alpha, icc):
    found = of(raters)
    for names, values, reason in ((LEVELS, found.alpha, alpha), (FORMS, found.icc, icc)):
        for name in names:
            if reason is None:
                assert values[name] is not None
                assert name not in found.why
            else:
                assert values[name] is None
                assert reason in found.why[name]


def test_the_unit_of_the_scale_changes_nothing():
    ones = of([(1, 2, 2), (1, 2, 1)])
    for unit in (1e-300, 1e11):
        other = of([(unit, 2 * unit, 2 * unit), (unit, 2 * unit, unit)])
        assert other.alpha == pytest.approx(ones.alpha)


def test_thirty_units_are_read_without_caution():
    assert of([tuple(range(30)), tuple(range(30))]).caution == ""
    assert of([tuple(range(29)), tuple(range(29))]).caution.startswith("29 units")


values = st.one_of(st.none(), st.integers(1, 4))


@settings(deadline=None, max_examples=80)
@given(st.integers(1, 6).flatmap(lambda n: st.lists(st.tuples(*[values] * n), min_size=1)))
def test_every_figure_is_a_number_with_no_reason_or_none_with_one(raters):
    found = of(raters)
    for name, value in {**found.alpha, **found.icc}.items():
        assert (value is None) == (name in found.why)
        assert value is None or (math.isfinite(value) and value <= 1 + 1e-9)


@settings(deadline=None, max_examples=40)
@given(st.lists(st.tuples(*[st.integers(1, 4)] * 5), min_size=2, max_size=4), st.randoms())
def test_who_sat_where_changes_nothing(raters, chance):
    shuffled = list(zip(*raters, strict=True))
    chance.shuffle(shuffled)
    other = list(zip(*shuffled, strict=True))
    chance.shuffle(other)
    one, two = of(raters), of(other)
    assert {k: v and round(v, 9) for k, v in one.alpha.items()} == {
        k: v and round(v, 9) for k, v in two.alpha.items()
    }
    assert {k: v and round(v, 7) for k, v in one.icc.items()} == {
        k: v and round(v, 7) for k, v in two.icc.items()
    }
