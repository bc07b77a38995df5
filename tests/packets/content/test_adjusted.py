"""Numbers that rest on a calibration: beside the raw ones, worded, and never of what is unrated."""

import json
from dataclasses import replace

import pytest

from calibration.severity.snapshot import KnownSeverity, Snapshot, UsualPanels
from packets.content.adjusted import likelihood
from packets.content.build import build, digest
from scorecard.content import RatingContent
from tests.packets.content.loops import AMARA, LOOPS, fired, packet_of, rubric, source_of, with_card
from tests.packets.content.test_terms import card, note, seat

STRICT = KnownSeverity(-0.8, 0.1, 24, 20, "tends stricter")


def snapshot(**changes) -> Snapshot:
    known = Snapshot(
        id="00000000-0000-0000-0000-000000000001",
        date="2026-03-02",
        ratings=2_000,
        candidates=200,
        beta=dict.fromkeys(rubric().dimensions, 2.6),
        gamma={"senior": 0.0, "mid": 0.0, "junior": 0.0, "staff": 0.0},
        components={
            "candidate": 0.25,
            "candidate_dimension": 0.10,
            "card": 0.12,
            "interviewer": 0.06,
            "residual": 0.30,
        },
        panels=UsualPanels((50, 150, 200, 60), 0.3, 0.7),
    )
    return replace(known, **changes)


def with_snapshot(source, **changes):
    return build(replace(source, calibration=snapshot(**changes)))


def of(*seats, **changes):
    source = replace(source_of(AMARA), seats=seats, names={s.person: s.person for s in seats})
    return with_snapshot(source, **changes)


def rated(person: str, value: int, hour: int, dimension: str = "tradeoffs", **how):
    content = card(note("n"), rates={dimension: (value, ("n",))}, **how)
    return seat(person, content, "behavioral", hour=hour)


@pytest.mark.parametrize("slug", LOOPS)
def test_without_a_calibration_nothing_is_said_and_with_one_no_raw_number_changes(slug):
    bare, known = packet_of(slug), with_snapshot(source_of(slug))
    assert bare["calibration"] is None
    assert bare["statistics"]["adjusted"] is None
    assert "no calibration yet" in bare["statistics"]["reasons"]["adjusted"]
    for key in ("flags", "dimensions", "disagreements", "coverage", "bar", "evidence", "questions"):
        assert bare[key] == known[key]
    for key in ("dimensions", "recommendations", "pair_gaps", "totals"):
        assert bare["statistics"][key] == known["statistics"][key]
    assert digest(bare) != digest(known)
    assert json.loads(json.dumps(known)) == known


def test_what_nobody_rated_has_no_number():
    adjusted = of(rated("ann", 3, 0))["statistics"]["adjusted"]
    assert adjusted["depth"] == {"estimate": None, "reason": "Not assessed."}
    assert adjusted["tradeoffs"]["estimate"] is not None
    assert (adjusted["tradeoffs"]["n"], adjusted["tradeoffs"]["people"]) == (1, 1)


def test_what_nobody_assessed_has_what_is_usual_beside_it_from_fifty_ratings_on():
    rates = {"depth": {"senior": [3, 20, 20, 7], "mid": [99, 0, 0, 0]}}
    rates |= {"tradeoffs": {"senior": [9, 9, 99, 9]}, "communication": {"senior": [3, 20, 20, 6]}}
    found = of(rated("ann", 3, 0), base_rates=rates)["statistics"]["dimensions"]
    with_rate = {id: each["base_rate"] for id, each in found.items() if "base_rate" in each}
    assert with_rate == {"depth": [3, 20, 20, 7]}
    assert found["depth"]["counts"] == [0, 0, 0, 0]
    assert found["depth"]["median"] is None


def test_a_rating_of_not_observed_changes_no_number():
    source = replace(source_of(AMARA), calibration=snapshot())
    person = source.seats[0].person.split(".")[0]
    content = source.seats[0].versions[-1].card
    free = next(d for d in rubric().dimensions if d not in {r.dimension for r in content.ratings})
    more = (*content.ratings, RatingContent(free, None, "", "no time"))
    before, after = build(source), build(with_card(source, person, ratings=more))
    for key in ("statistics", "interviewers", "reading_order", "bar"):
        assert before[key] == after[key]


def test_a_strict_panel_is_read_for_what_it_is():
    seats = [rated(who, 2, hour) for hour, who in enumerate(("ann", "bob", "cat"))]
    known = of(*seats, severities=dict.fromkeys(("ann", "bob", "cat"), STRICT))
    found = known["statistics"]["adjusted"]["tradeoffs"]
    assert found["estimate"] > found["without_severity"] + 0.25
    assert found["differs"][0] == "strict panel"
    assert "SEVERITY" in fired(known)
    rule = next(r for r in known["reading_order"]["rules"] if r["rule"] == "SEVERITY")
    assert "ann usually rates about 0.8 of a point lower than colleagues" in rule["because"]
    assert "It moves" in rule["because"]


def test_severity_is_not_named_where_it_moves_little_or_carries_no_label():
    seats = [rated(who, 2, hour) for hour, who in enumerate(("ann", "bob", "cat"))]
    slight = replace(STRICT, severity=-0.2)
    typical = replace(STRICT, label="typical")
    for known in (slight, typical):
        packet = of(*seats, severities=dict.fromkeys(("ann", "bob", "cat"), known))
        assert "SEVERITY" not in fired(packet)


def test_few_ratings_are_pulled_towards_typical():
    found = of(rated("ann", 4, 0))["statistics"]["adjusted"]["tradeoffs"]
    assert found["differs"] == ["few ratings"]
    assert found["estimate"] < 3.5


def test_a_must_too_close_to_call_is_borderline():
    seats = [rated("ann", 2, 0), rated("bob", 3, 1)]
    close = of(*seats)
    assert close["statistics"]["adjusted"]["tradeoffs"]["says"] == "too close to call"
    assert "BORDERLINE" in fired(close)
    assert close["reading_order"]["header"] == "BORDERLINE"
    sure = of(*seats, beta=dict.fromkeys(rubric().dimensions, 3.9))
    assert "BORDERLINE" not in fired(sure)


def test_an_interviewers_severity_stands_with_its_range_and_what_it_rests_on():
    found = of(rated("ann", 2, 0), severities={"ann": STRICT})["interviewers"][0]
    assert (found["severity"], found["severity_label"]) == (-0.8, "tends stricter")
    assert found["severity_lo80"] < -0.8 < found["severity_hi80"] < 0
    assert (found["severity_cards"], found["severity_candidates"]) == (24, 20)
    assert "severity" not in found["reasons"]


@pytest.mark.parametrize(
    ("label", "says"),
    [
        ("not enough history", "ten scorecards"),
        ("not enough to say", "three candidates"),
        ("not comparable", "share no candidate"),
    ],
)
def test_no_severity_is_given_where_none_may_be_named(label, says):
    known = KnownSeverity(-0.8, 0.1, 9, 9, label)
    found = of(rated("ann", 2, 0), severities={"ann": known})["interviewers"][0]
    assert found["severity"] is None
    assert found["severity_label"] == label
    assert says in found["reasons"]["severity"]


@pytest.mark.parametrize("changes", [{"gamma": {}}, {"beta": {}}, {"panels": None}])
def test_what_the_calibration_does_not_know_is_said(changes):
    found = of(rated("ann", 3, 0), **changes)["statistics"]
    if "gamma" in changes:
        assert found["adjusted"] is None
        assert "of this level" in found["reasons"]["adjusted"]
    if "beta" in changes:
        assert "does not know" in found["adjusted"]["tradeoffs"]["reason"]
        assert found["reliability"] is None
    assert found["disagreement_ratio"] is None
    assert found["reasons"]["disagreement_ratio"]


def test_one_more_round_never_lowers_reliability():
    for slug in LOOPS:
        found = with_snapshot(source_of(slug))["statistics"]["reliability"]
        assert 0 < found["value"] < found["one_more_round"] < 1


def test_disagreement_is_worded_beside_other_panels():
    found = with_snapshot(source_of(AMARA))["statistics"]["disagreement_ratio"]
    assert found["says"] in ("closer than usual", "usual", "more split than usual")


@pytest.mark.parametrize(
    ("probability", "word"),
    [
        (1.0, "very likely"),
        (0.95, "very likely"),
        (0.9499, "likely"),
        (0.2, "too close to call"),
        (0.1999, "unlikely"),
        (0.0499, "very unlikely"),
        (0.0, "very unlikely"),
    ],
)
def test_probabilities_have_one_word_each(probability, word):
    assert likelihood(probability) == word
