"""The range of alpha: from the same sums as alpha itself, and with candidates drawn whole."""

import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calibration.agreement import agreement
from calibration.judgement import Judgement
from calibration.resampling import _coincidences, ordinal_alphas, ordinal_range

VALUES = st.lists(
    st.lists(st.sampled_from([1.0, 2.0, 3.0, 4.0]), min_size=2, max_size=4), min_size=2
)


def judged(units: list[list[float]], copies: int = 1) -> list[Judgement]:
    """One candidate a row, with `copies` units that were rated alike."""
    return [
        Judgement(f"c{n} u{copy}", f"r{rater}", value, f"c{n}")
        for n, row in enumerate(units)
        for copy in range(copies)
        for rater, value in enumerate(row)
    ]


def noisy(candidates: int) -> list[list[float]]:
    """Two ratings each, of which three pairs in four are within a point."""
    drawn = random.Random(4)  # noqa: S311  the same numbers each time, for no secret
    pairs = [
        (a, a + drawn.choice([-1, 0, 0, 1])) for a in drawn.choices([1, 2, 3, 4], k=candidates)
    ]
    return [[a, min(max(b, 1), 4)] for a, b in pairs]


@settings(max_examples=50, deadline=None)
@given(VALUES)
def test_alpha_out_of_the_sums_is_the_library_s(units: list[list[float]]) -> None:
    judgements = judged(units)
    values = sorted({each.value for each in judgements})
    tables = _coincidences(judgements, {value: at for at, value in enumerate(values)})
    (mine,) = ordinal_alphas(tables.sum(axis=0)[None])
    library = agreement(judgements).alpha["ordinal"]
    assert np.isnan(mine) if library is None else mine == pytest.approx(library)


def test_it_holds_alpha_and_narrows_with_more_candidates() -> None:
    few, many = judged(noisy(40)), judged(noisy(1000))
    for judgements in (few, many):
        low, high = ordinal_range(judgements)
        assert low < agreement(judgements).alpha["ordinal"] < high
    widths = [high - low for low, high in map(ordinal_range, (few, many))]
    assert widths[1] < widths[0] / 3


def test_more_units_of_the_same_candidates_are_no_more_evidence() -> None:
    once, often = (ordinal_range(judged(noisy(60), copies)) for copies in (1, 8))
    assert often == pytest.approx(once, abs=0.02)


def test_the_order_of_the_ratings_changes_nothing() -> None:
    judgements = judged(noisy(40))
    assert ordinal_range(judgements) == ordinal_range(judgements[::-1])


def test_too_little_to_draw_from_has_none() -> None:
    assert ordinal_range(judged(noisy(29))) is None
    assert ordinal_range(judged([[n, n + 0.5] for n in range(40)])) is None  # eighty values
    assert ordinal_range(judged([[2, 2]] * 40)) is None
    assert agreement(judged([[2, 2]] * 40)).alpha_range is None
