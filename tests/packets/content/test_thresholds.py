"""Each number that docs/packet.md and docs/statistics.md promise, from both sides."""

import copy
from datetime import timedelta

import pytest

from packets.content.adjusted import _differs, likelihood
from packets.content.dimensions import lower_median
from packets.content.reading_order import reading_order
from scorecard.content import FlagContent
from tests.packets.content.loops import dimension, fired, flag
from tests.packets.content.test_adjusted import STRICT, of
from tests.packets.content.test_adjusted import rated as rated_with_snapshot
from tests.packets.content.test_terms import (
    MONDAY,
    RISK,
    STRENGTH,
    VersionInput,
    card,
    note,
    packet,
    raiser,
    rated,
    seat,
)


@pytest.mark.parametrize(
    ("after", "late"), [(timedelta(hours=24), False), (timedelta(hours=24, minutes=1), True)]
)
def test_a_scorecard_is_late_after_a_day(after: timedelta, late: bool) -> None:
    ends = MONDAY + timedelta(hours=1)
    handed_in = (VersionInput(1, card(note("n")), ends + after, "ann"),)
    [entry] = packet(seat("ann", card(note("n")), versions=handed_in))["scorecards"]
    assert entry["late"] is late


@pytest.mark.parametrize(("high", "spot"), [(2, False), (3, True), (4, True)])
def test_two_points_apart_disagree(high: int, spot: bool) -> None:
    found = packet(rated("ann", 1, 0), rated("bob", high, 2))
    assert dimension(found, "depth")["disagreement"] is spot
    assert [each["gap"] for each in found["disagreements"]] == [high - 1] * spot
    assert ("SPLIT" in fired(found)) is spot


@pytest.mark.parametrize(
    ("values", "reading"),
    [([], "not_covered"), ([3], "thin"), ([3, 3], "covered")],
)
def test_two_ratings_cover_a_dimension(values: list[int], reading: str) -> None:
    cards = [rated(f"p{at}", value, at) for at, value in enumerate(values)]
    found = packet(*cards, seat("zoe", card(note("n")), hour=9))
    assert dimension(found, "depth")["coverage"] == reading
    assert ("depth" in found["coverage"]["thin"]) is (reading == "thin")
    assert ("depth" in found["coverage"]["not_covered"]) is (reading == "not_covered")


@pytest.mark.parametrize(
    ("values", "middle"), [([], None), ([4], 4), ([1, 2], 1), ([1, 2, 4], 2), ([1, 2, 3, 4], 2)]
)
def test_the_lower_of_two_in_the_middle_counts(values: list[int], middle: int | None) -> None:
    assert lower_median(values) == middle


@pytest.mark.parametrize(
    ("values", "deviation", "disagree"),
    [([1, 3, 3], 2 / 3, False), ([1, 3, 3, 4], 0.75, True), ([2, 3], 0.5, False)],
)
def test_they_disagree_above_67_hundredths_of_a_point(
    values: list[int], deviation: float, disagree: bool
) -> None:
    seats = [rated(f"p{at}", value, at) for at, value in enumerate(values)]
    found = packet(*seats)["statistics"]["dimensions"]["depth"]
    assert found["ad_median"] == pytest.approx(deviation, abs=0.001)
    assert found["disagree"] is disagree


@pytest.mark.parametrize(
    ("probability", "word"),
    [
        (0.95, "very likely"),
        (0.949, "likely"),
        (0.80, "likely"),
        (0.799, "too close to call"),
        (0.20, "too close to call"),
        (0.199, "unlikely"),
        (0.05, "unlikely"),
        (0.049, "very unlikely"),
    ],
)
def test_a_probability_changes_its_word(probability: float, word: str) -> None:
    assert likelihood(probability) == word


@pytest.mark.parametrize(
    ("raw", "estimate", "bare", "says"),
    [
        (2.0, 2.249, 2.0, []),
        (2.0, 2.25, 2.0, ["strict panel"]),
        (2.25, 2.0, 2.25, ["lenient panel"]),
        (3.0, 2.5, 2.5, ["few ratings"]),
        (2.0, 2.5, 2.25, ["strict panel", "few ratings"]),
        (2.0, 2.5, 2.4375, ["few ratings"]),  # a sixteenth is not worth a name
        (2.0, 2.5, 2.125, ["strict panel"]),  # nor is an eighth of few ratings
        (2.0, 2.5, 2.39, ["strict panel", "few ratings"]),
        (2.0, 2.5, 2.405, ["few ratings"]),
        (2.0, 2.5, 2.149, ["strict panel"]),
        (2.0, 2.5, 2.151, ["strict panel", "few ratings"]),
    ],
)
def test_a_quarter_of_a_point_is_told_with_its_cause(
    raw: float, estimate: float, bare: float, says: list[str]
) -> None:
    assert _differs(raw, estimate, bare) == says


@pytest.mark.parametrize(
    ("moved", "fires"), [(0.249, False), (0.25, True), (-0.249, False), (-0.25, True)]
)
def test_severity_is_named_from_a_quarter_of_a_point_on(moved: float, fires: bool) -> None:
    seats = [rated_with_snapshot(who, 3, hour) for hour, who in enumerate(("ann", "bob"))]
    content = copy.deepcopy(of(*seats, severities={"ann": STRICT}))
    for each in content["statistics"]["adjusted"].values():
        if each["estimate"] is not None:
            each["without_severity"] = each["estimate"] = 3.0
    tradeoffs = content["statistics"]["adjusted"]["tradeoffs"]
    tradeoffs["estimate"] = 3.0 + moved
    rules = {rule["rule"]: rule for rule in reading_order(content)["rules"]}
    assert rules["SEVERITY"]["fired"] is fires
    assert ("It moves Trade-offs." in rules["SEVERITY"]["because"]) is fires


def concerns(person: str, hour: int, *signals: str, **how):
    flags = [FlagContent(each, "concern", "", ("n",)) for each in signals]
    return seat(person, card(note("n"), flags=flags), hour=hour, **how)


@pytest.mark.parametrize(
    ("first", "second", "fires"),
    [
        (("academic-drift",), ("unstated-assumptions",), False),
        (("academic-drift", "metric-without-context"), ("unstated-assumptions",), True),
        (("academic-drift", "metric-without-context", "unstated-assumptions"), (), False),
    ],
)
def test_three_concerns_over_two_rounds_are_a_load(first, second, fires) -> None:
    found = packet(concerns("ann", 0, *first), concerns("bob", 2, *second))
    assert ("LOAD" in fired(found)) is fires


def test_a_load_counts_rounds_and_not_people() -> None:
    lead = concerns("ann", 0, "academic-drift", "metric-without-context", interview="room")
    second = concerns("bob", 0, "unstated-assumptions", interview="room", role="second")
    assert "LOAD" not in fired(packet(lead, second))


def test_one_other_person_bears_a_flag_out_and_the_raiser_is_none() -> None:
    alone = flag(packet(raiser()), RISK)
    assert (alone["corroborated_by"], alone["contradicted_by"]) == ([], [])
    found = flag(packet(raiser(), seat("bob", card(note("b", STRENGTH)), hour=2)), RISK)
    assert (found["corroborated_by"], found["contradicted_by"]) == ([], ["bob"])


def test_a_pattern_takes_two_people() -> None:
    one = seat("ann", card(note("a", RISK)))
    assert packet(one)["patterns"] == []
    assert len(packet(one, seat("bob", card(note("b", RISK)), hour=2))["patterns"]) == 1
