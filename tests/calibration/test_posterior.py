"""One packet's estimates: against the full model, formulas worked out by hand, and truth."""

from dataclasses import replace

import numpy as np
import pytest

from calibration.severity import disagreement
from calibration.severity.fit import Fit, fit
from calibration.severity.posterior import Observed, Posterior, meets, posterior, reliability
from calibration.severity.snapshot import KnownSeverity, Snapshot
from tests.calibration.corpora import House, house

VARIANCES = {
    "candidate": 0.25,
    "candidate_dimension": 0.10,
    "card": 0.12,
    "interviewer": 0.06,
    "residual": 0.30,
}


def snapshot(**changes) -> Snapshot:
    known = Snapshot(
        id="s",
        date="2026-03-02",
        ratings=2_000,
        candidates=200,
        beta={f"d{d}": 2.5 for d in range(4)},
        gamma={"senior": 0.0, "junior": -0.4},
        components=VARIANCES,
    )
    return replace(known, **changes)


def strict(severity: float, se: float = 0.0) -> KnownSeverity:
    return KnownSeverity(severity, se, 20, 20, "tends stricter")


def one(value: float, who: str = "ann", dimension: str = "d0", card: str = "1") -> Observed:
    return Observed(dimension, who, card, value)


# --- By hand ------------------------------------------------------------------------------------


def test_one_rating_by_hand():
    """Shrunk by (.25 + .10) / (.25 + .10 + .12 + .06 + .30) = .35 / .83."""
    found = posterior([one(4)], "senior", snapshot())
    share = 0.35 / 0.83
    assert found.estimates["d0"] == pytest.approx(2.5 + share * 1.5)
    assert found.errors["d0"] == pytest.approx((0.35 - share * 0.35) ** 0.5)


def test_a_known_severity_is_taken_off_and_its_doubt_left_in():
    known = snapshot(severities={"ann": strict(-0.5, 0.1)})
    found = posterior([one(2)], "senior", known)
    share = 0.35 / (0.35 + 0.12 + 0.01 + 0.30)
    assert found.estimates["d0"] == pytest.approx(2.5 + share * (2 - 2.5 + 0.5))
    assert found.without_severity["d0"] == pytest.approx(2.5 + share * (2 - 2.5))


def test_the_level_moves_what_is_typical():
    senior, junior = (
        posterior([one(3)], level, snapshot()).estimates["d0"] for level in ("senior", "junior")
    )
    share = 0.35 / 0.83
    assert senior - junior == pytest.approx(0.4 * (1 - share))


def test_two_ratings_on_one_card_say_less_than_two_cards():
    together = posterior([one(4), one(4, dimension="d1")], "senior", snapshot())
    apart = posterior([one(4), one(4, "bob", "d1", "2")], "senior", snapshot())
    assert apart.errors["d0"] < together.errors["d0"]


@pytest.mark.parametrize("label", ["not comparable", "not enough to say"])
def test_who_cannot_be_compared_counts_as_a_stranger(label):
    known = snapshot(severities={"ann": KnownSeverity(-0.9, 0.01, 4, 2, label)})
    assert posterior([one(2)], "senior", known) == posterior([one(2)], "senior", snapshot())


def test_no_rating_has_no_estimate():
    assert posterior([], "senior", snapshot()) == Posterior({}, {}, {})


def test_no_variance_adjusts_nothing_away_and_does_not_fail():
    none = snapshot(components=dict.fromkeys(VARIANCES, 0.0))
    found = posterior([one(4), one(1, "bob", card="2")], "senior", none)
    assert found.estimates == {"d0": 2.5}
    assert found.errors == {"d0": 0.0}
    assert reliability([one(4)], ["d0"], none) is None


def test_the_bar_is_met_by_what_rounds_to_it():
    assert meets(2.5, 0.3, 3) == pytest.approx(0.5)
    assert meets(2.8, 0.3, 3) == pytest.approx(0.841, abs=0.001)
    assert (meets(2.6, 0, 3), meets(2.4, 0, 3)) == (1.0, 0.0)


def test_reliability_rises_with_rounds_as_simulated():
    """Known severities, four dimensions a card: .51 with one round, .67 two, .81 four."""
    dimensions = [f"d{d}" for d in range(4)]
    known = snapshot(severities={f"p{p}": strict(0.0) for p in range(4)})

    def rounds(n: int) -> float | None:
        seen = [one(3, f"p{p}", d, str(p)) for p in range(n) for d in dimensions]
        return reliability(seen, dimensions, known)

    found = [rounds(n) for n in (0, 1, 2, 4)]
    assert found[0] == 0.0
    assert found[1] == pytest.approx(0.275 / (0.275 + 0.12 + 0.075), abs=1e-9)
    assert found == sorted(found)
    stranger = reliability([one(3, "x", d) for d in dimensions], dimensions, known)
    assert stranger is not None
    assert found[1] is not None
    assert stranger < found[1]


# --- Against the full model ---------------------------------------------------------------------


def frozen(found: Fit) -> Snapshot:
    return Snapshot(
        id="f",
        date="",
        ratings=found.ratings,
        candidates=found.candidates,
        beta=found.beta,
        gamma=found.gamma,
        components={name: value or 0.0 for name, value in found.components.items()},
        severities={
            each.interviewer: KnownSeverity(
                each.severity, each.se, each.cards, each.candidates, each.label
            )
            for each in found.severities
        },
    )


@pytest.fixture(scope="module")
def truth() -> House:
    return house(candidates=300, interviewers=30, dimensions=5, panel=4, rated=4, seed=8)


def test_it_is_near_a_full_refit_that_includes_the_packet(truth):
    """Overall at most .05 of a point apart where one in five candidates was held out."""
    held = {f"c{c}" for c in range(0, 300, 5)}
    known = frozen(fit([row for row in truth.rows if row.candidate not in held]))
    full = {(each.candidate, each.dimension): each.value for each in fit(truth.rows).cells}
    apart = []
    for candidate in held:
        rows = [row for row in truth.rows if row.candidate == candidate]
        seen = [Observed(r.dimension, r.interviewer, r.interviewer, r.value) for r in rows]
        found = posterior(seen, "", known)
        apart += [value - full[candidate, d] for d, value in found.estimates.items()]
    assert np.sqrt(np.mean(np.square(apart))) < 0.03
    assert np.abs(apart).max() < 0.10


def test_its_likely_range_holds_the_truth_four_times_in_five(truth):
    known = replace(snapshot(), gamma={"": 0.0}, beta={f"d{d}": 2.3 + 0.15 * d for d in range(5)})
    inside = []
    for candidate in truth.overall:
        rows = [row for row in truth.rows if row.candidate == candidate]
        seen = [Observed(r.dimension, r.interviewer, r.interviewer, r.value) for r in rows]
        found = posterior(seen, "", known)
        inside += [
            abs(value - truth.cells[candidate, d]) <= 1.2816 * found.errors[d]
            for d, value in found.estimates.items()
        ]
    assert np.mean(inside) == pytest.approx(0.80, abs=0.05)


# --- Disagreement -------------------------------------------------------------------------------


def test_the_ratio_is_one_minus_ordinal_alpha_over_a_corpus():
    from calibration.agreement import agreement
    from calibration.judgement import Judgement

    chance = np.random.default_rng(4)
    panels = [[list(map(int, chance.integers(1, 5, 4))) for _ in range(3)] for _ in range(40)]
    usual = disagreement.usual_panels(panels)
    assert usual is not None
    assert usual.lower < usual.upper
    ratios = [disagreement.ratio(units, usual.counts) for units in panels]
    judgements = [
        Judgement(f"{p} {u}", str(r), value)
        for p, units in enumerate(panels)
        for u, values in enumerate(units)
        for r, value in enumerate(values)
    ]
    assert 1 - np.mean(ratios) == pytest.approx(agreement(judgements).alpha["ordinal"])


def test_under_six_pairs_there_is_no_ratio():
    assert disagreement.ratio([[1, 2, 3], [1, 2]], [5, 5, 5, 5]) is None
    assert disagreement.ratio([[1, 2, 3, 4]], [5, 5, 5, 5]) is not None
    assert disagreement.ratio([[2, 2, 2, 2]], [0, 9, 0, 0]) is None
    assert disagreement.ratio([[2, 2, 2, 2]], [5, 5, 5, 5]) == 0
    assert disagreement.usual_panels([[[1, 2, 3, 4]]] * 29) is None
