"""The mixed model against published answers, another implementation, and known truth."""

import warnings
from dataclasses import replace

import numpy as np
import pandas
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from statsmodels.regression.mixed_linear_model import MixedLM

from calibration.severity.fit import Fit, fit
from calibration.severity.ratings import BadRatings, Rating
from tests.calibration.corpora import DYESTUFF, DYESTUFF2, SHROUT_FLEISS, House, house

Z80 = 1.2816


def one_way(table) -> list[Rating]:
    """Batches as candidates; each preparation by an interviewer of its own, who is no effect."""
    return [
        Rating(f"batch {at}", f"person {at} {number}", "yield", value)
        for at, values in enumerate(table)
        for number, value in enumerate(values)
    ]


# --- Published results --------------------------------------------------------------------------


def test_dyestuff_as_published():
    """Variances 1764.05 and 2451.25, mean 1527.5: Bates, lme4 (2010), section 1.3."""
    found = fit(one_way(DYESTUFF))
    assert found.components["candidate"] == pytest.approx(1764.05, abs=0.05)
    assert found.components["residual"] == pytest.approx(2451.25, abs=0.05)
    assert found.beta["yield"] == pytest.approx(1527.5)


def test_a_variance_of_none_is_an_answer_as_published():
    """Batches 0, residual 13.806 (SD 3.7157), mean 5.6656: Bates (2010), section 1.4."""
    found = fit(one_way(DYESTUFF2))
    assert found.components["candidate"] == 0
    assert found.components["residual"] == pytest.approx(13.806, abs=0.001)
    assert found.beta["yield"] == pytest.approx(5.6656)
    assert [each.value for each in found.cells] == pytest.approx([5.6656] * 6)


def test_a_crossed_table_as_its_published_mean_squares_have_it():
    """Shrout & Fleiss (1979), table 3: 11.24 between targets, 32.49 judges, 1.02 residual."""
    found = fit(
        [
            Rating(f"target {t}", f"judge {j}", "all", value)
            for t, row in enumerate(SHROUT_FLEISS)
            for j, value in enumerate(row)
        ]
    )
    assert found.components["candidate"] == pytest.approx((11.24 - 1.02) / 4, abs=0.01)
    assert found.components["interviewer"] == pytest.approx((32.49 - 1.02) / 6, abs=0.01)
    assert found.components["residual"] == pytest.approx(1.02, abs=0.01)


# --- Another implementation ---------------------------------------------------------------------


def by_statsmodels(rows: list[Rating]) -> tuple[dict[str, float], dict[str, float]]:
    """Variances, and the interviewers' effects, by a dense general solver."""
    frame = pandas.DataFrame([vars(row) for row in rows])
    frame["everyone"] = 1
    frame["card"] = frame.candidate + "/" + frame.interviewer + "/" + frame.card
    frame["cell"] = frame.candidate + "/" + frame.dimension
    effects = {
        "candidate": "candidate",
        "candidate_dimension": "cell",
        "card": "card",
        "interviewer": "interviewer",
    }
    formula = {name: f"0 + C({column})" for name, column in effects.items()}
    fixed = "value ~ 0 + dimension" + (" + level" if frame.level.nunique() > 1 else "")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        model = MixedLM.from_formula(
            fixed, frame, groups="everyone", vc_formula=formula, re_formula="0"
        )
        result = model.fit(reml=True)
    variances = dict(zip(model.exog_vc.names, result.vcomp, strict=True))
    effects_found = {
        name.split("[")[-1].rstrip("]"): value
        for name, value in result.random_effects[1].items()
        if name.startswith("interviewer[")
    }
    return {**variances, "residual": result.scale}, effects_found


@pytest.mark.parametrize("levels", [1, 2])
def test_it_agrees_with_a_dense_solver(levels):
    wide = (0.4, 0.3, 0.3, 0.3, 0.2)  # nothing near the boundary, where the other does not settle
    rows = house(16, 8, dimensions=3, panel=3, rated=2, seed=2, variances=wide).rows
    rows = [replace(row, level=f"L{int(row.candidate[1:]) % levels}") for row in rows]
    variances, severities = by_statsmodels(rows)
    found = fit(rows)
    for name, value in variances.items():
        assert found.components[name] == pytest.approx(value, abs=0.001), name
    for each in found.severities:
        assert each.severity == pytest.approx(severities[each.interviewer], abs=0.001)


# --- Known truth --------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def large() -> tuple[House, Fit]:
    truth = house(candidates=600, interviewers=60, dimensions=6, panel=5, rated=4)
    return truth, fit(truth.rows)


def test_it_finds_the_variances_of_a_large_house(large):
    assert large[1].converged
    found = [large[1].components[name] for name in large[1].components]
    assert found == pytest.approx([0.25, 0.10, 0.12, 0.06, 0.30], abs=0.035)


def test_its_ranges_cover_what_they_say(large):
    """80% of the ranges hold the truth; without the card's effect only 72% would."""
    truth, found = large
    cells = [
        abs(each.value - truth.cells[each.candidate, each.dimension]) <= Z80 * each.se
        for each in found.cells
    ]
    people = [
        abs(each.value - truth.overall[each.candidate]) <= Z80 * each.se for each in found.overall
    ]
    assert np.mean(cells) == pytest.approx(0.80, abs=0.03)
    assert np.mean(people) == pytest.approx(0.80, abs=0.06)


def test_severity_is_shrunk_and_told_from_whom_they_met(large):
    truth, found = large
    errors = [each.severity - truth.severity[each.interviewer] for each in found.severities]
    raw = {
        name: np.mean([row.value for row in truth.rows if row.interviewer == name])
        for name in truth.severity
    }
    middle = np.mean(list(raw.values()))
    naive = [raw[name] - middle - value for name, value in truth.severity.items()]
    assert np.std(errors) < 0.75 * np.std(naive)


def test_labels_have_the_right_sign():
    truth = house(candidates=150, interviewers=12, severities={0: -0.6, 1: 0.6, 2: 0.0})
    labels = {each.interviewer: each.label for each in fit(truth.rows).severities}
    assert labels["i0"] == "tends stricter"
    assert labels["i1"] == "tends more lenient"
    assert labels["i2"] == "typical"


# --- Edges --------------------------------------------------------------------------------------


def rating(candidate, interviewer, value, dimension="d", card="") -> Rating:
    return Rating(candidate, interviewer, dimension, value, card)


def test_nothing_is_said_of_an_interviewer_with_two_candidates():
    rows = house(candidates=30, interviewers=8).rows
    rows += [rating(f"c{c}", "guest", 1.0, f"d{d}") for c in (0, 1) for d in range(4)]
    guest = next(each for each in fit(rows).severities if each.interviewer == "guest")
    assert (guest.severity, guest.se, guest.label) == (None, None, "not enough to say")
    assert (guest.cards, guest.candidates) == (2, 2)
    assert "fewer than 3" in guest.why


def test_who_shares_no_candidate_is_not_compared():
    rows = house(candidates=40, interviewers=8).rows
    apart = [replace(r, candidate=f"x{r.candidate}", interviewer=f"x{r.interviewer}") for r in rows]
    few = [row for row in apart if int(row.candidate[2:]) < 25]
    found = fit(rows + few)
    labels = {each.interviewer: each.label for each in found.severities}
    assert found.connected == 2
    assert {labels[f"xi{i}"] for i in range(8)} == {"not comparable"}
    assert "not comparable" not in {labels[f"i{i}"] for i in range(8)}


def test_who_met_nobody_elses_candidates_is_neither_strict_nor_lenient():
    rows = [rating(f"c{i}{c}", f"i{i}", 1.0 + i, f"d{c % 2}") for i in range(3) for c in range(12)]
    rows += [rating(f"c{i}{c}", f"i{i}", 1.5 + i, "d2") for i in range(3) for c in range(12)]
    found = fit(rows)
    assert found.connected == 3
    assert {(each.severity, each.label) for each in found.severities} == {(None, "not comparable")}


def test_one_interviewer_has_no_severity():
    rows = [rating(f"c{c}", "only", 1 + c % 4, f"d{d}") for c in range(9) for d in range(3)]
    found = fit(rows)
    assert found.components["interviewer"] is None
    assert "one interviewer" in found.why["interviewer"]
    assert found.severities[0].severity is None
    assert found.severities[0].why


def test_one_dimension_is_told_from_no_cell_of_its_own():
    rows = [row for row in house(candidates=30, rated=4).rows if row.dimension == "d0"]
    found = fit(rows)
    assert found.components["candidate_dimension"] is None
    assert found.components["card"] is None
    assert found.components["candidate"] is not None
    assert len(found.cells) == len(found.overall)


def test_of_equal_ratings_nothing_is_said():
    found = fit([rating(f"c{c}", f"i{(c + k) % 5}", 3, "d") for c in range(9) for k in range(3)])
    assert set(found.components.values()) == {None}
    assert "the same" in found.why["residual"]
    assert {(round(each.value, 6), each.se) for each in found.cells} == {(3.0, None)}
    assert {(each.severity, each.label) for each in found.severities} == {
        (None, "not enough to say")
    }


def test_a_level_that_every_rating_shares_with_a_dimension_is_left_out():
    rows = [
        Rating(f"c{c}", f"i{k}", f"d{c % 2}", (c + k) % 4 + 1.0, level=f"L{c % 2}")
        for c in range(12)
        for k in range(4)
    ]
    assert fit(rows).gamma == {"L0": 0.0, "L1": 0.0}


@pytest.mark.parametrize("rows", [[], [rating("c", "i", 3)]])
def test_too_few_ratings_are_refused_in_words(rows):
    with pytest.raises(BadRatings, match="Not enough to say"):
        fit(rows)


def test_a_candidate_of_thousands_of_cards_is_refused():
    rows = [rating("c", f"i{i}", i % 4, "d") for i in range(2_001)]
    with pytest.raises(BadRatings, match="candidate c has 2001 scorecards"):
        fit(rows)


# --- Properties ---------------------------------------------------------------------------------


@settings(deadline=None, max_examples=10)
@given(st.integers(0, 10_000), st.floats(-50, 50), st.floats(0.1, 20))
def test_another_scale_and_order_change_nothing_but_the_units(seed, shift, factor):
    rows = house(candidates=12, interviewers=5, seed=seed).rows
    other = [replace(row, value=row.value * factor + shift) for row in reversed(rows)]
    one, two = fit(rows), fit(other)
    for name, value in one.components.items():
        assert two.components[name] == pytest.approx(value * factor**2, rel=0.02, abs=1e-3)
    severities = {each.interviewer: each.severity for each in two.severities}
    for each in one.severities:
        if each.severity is not None:
            assert severities[each.interviewer] == pytest.approx(each.severity * factor, abs=0.05)


@settings(deadline=None, max_examples=25)
@given(
    st.lists(
        st.tuples(st.integers(0, 3), st.integers(0, 3), st.integers(0, 2), st.integers(1, 4)),
        min_size=5,
        max_size=30,
        unique_by=lambda row: row[:3],
    )
)
def test_whatever_the_ratings_no_number_is_other_than_finite(drawn):
    rows = [rating(f"c{c}", f"i{i}", v, f"d{d}") for c, i, d, v in drawn]
    try:
        found = fit(rows)
    except BadRatings:
        return
    numbers = [value for value in found.components.values() if value is not None]
    numbers += [each.value for each in (*found.cells, *found.overall)]
    numbers += [each.se for each in (*found.cells, *found.overall) if each.se is not None]
    numbers += [each.severity for each in found.severities if each.severity is not None]
    assert np.isfinite(numbers).all()
    assert all(value >= 0 for value in found.components.values() if value is not None)
