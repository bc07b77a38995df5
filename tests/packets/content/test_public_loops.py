"""The six public loops against values worked out by hand from the definitions and the notes.

Every number here was read off the loop's file with the term table beside it, not off the builder.
"""

import pytest

from tests.packets.content.loops import (
    AMARA,
    HANNAH,
    JULIAN,
    LEILA,
    LOOPS,
    MARCUS,
    VIKTOR,
    dimension,
    fired,
    flag,
    packet_of,
    people,
)

# dimension: supported ratings, range, lower median, coverage, reading of the senior bar
READINGS = {
    AMARA: {
        "problem-framing": ([3, 4], 1, 3, "covered", "met"),
        "hypothesis-validation": ([3, 4], 1, 3, "covered", "met"),
        "tradeoffs": ([3, 3, 4, 4], 1, 3, "covered", "met"),
        "responsible-ml": ([4], None, 4, "thin", "met"),
        "adaptability": ([4, 4], 0, 4, "covered", "met"),
        "communication": ([3, 3, 4, 4, 4], 1, 4, "covered", "met"),
    },
    VIKTOR: {
        "data-assumptions": ([1, 4, 4], 3, 4, "covered", "open"),
        "tradeoffs": ([3, 3, 3, 4], 1, 3, "covered", "met"),
        "depth": ([4, 4], 0, 4, "covered", "met"),
        "adaptability": ([2, 3], 1, 2, "covered", "below"),
        "communication": ([2, 3, 3, 3, 3], 1, 3, "covered", "met"),
        "responsible-ml": ([3], None, 3, "thin", "met"),
    },
    JULIAN: {
        "tradeoffs": ([2, 2, 3, 3], 1, 2, "covered", "below"),
        "production-ownership": ([4, 4], 0, 4, "covered", "met"),
        "hypothesis-validation": ([3, 4], 1, 3, "covered", "met"),
        "adaptability": ([3, 4], 1, 3, "covered", "met"),
        "communication": ([4, 4, 4, 4, 4], 0, 4, "covered", "met"),
    },
    HANNAH: {
        "tradeoffs": ([1, 3, 4], 3, 3, "covered", "met"),
        "decomposition": ([2, 3], 1, 2, "covered", "below"),
        "hypothesis-validation": ([2, 3], 1, 2, "covered", "below"),
        "responsible-ml": ([], None, None, "not_covered", "unknown"),
        "adaptability": ([3, 3], 0, 3, "covered", "met"),
        "problem-framing": ([3, 3, 3], 0, 3, "covered", "met"),
    },
    MARCUS: {
        "production-ownership": ([1], None, 1, "thin", "below"),
        "tradeoffs": ([2, 2, 2, 3], 1, 2, "covered", "below"),
        "problem-framing": ([2, 3], 1, 2, "covered", "below"),
        "data-assumptions": ([2, 3, 3], 1, 3, "covered", "met"),
        "depth": ([2, 3], 1, 2, "covered", "below"),
    },
    LEILA: {
        "problem-framing": ([4], None, 4, "thin", "met"),
        "decomposition": ([2, 3], 1, 2, "covered", "below"),
        "tradeoffs": ([3, 3], 0, 3, "covered", "met"),
        "production-ownership": ([3], None, 3, "thin", "met"),
        "adaptability": ([], None, None, "not_covered", "unknown"),
        "communication": ([3, 3, 3], 0, 3, "covered", "met"),
    },
}
HEADERS = {
    AMARA: ("CONSISTENT", ["CONSISTENT", "COVERAGE"]),
    VIKTOR: ("RESOLVE_FIRST", ["STOP_SIGNAL", "CONTESTED", "SPLIT", "COVERAGE"]),
    JULIAN: ("READ_NEGATIVES_FIRST", ["CORROBORATED", "CONTESTED", "COVERAGE"]),
    HANNAH: ("READ_NEGATIVES_FIRST", ["STRONG_NEGATIVE", "SPLIT", "COVERAGE"]),
    MARCUS: ("READ_NEGATIVES_FIRST", ["CORROBORATED", "STRONG_NEGATIVE", "SPLIT", "COVERAGE"]),
    LEILA: ("WAITING", ["INCOMPLETE", "SPLIT", "COVERAGE"]),
}


@pytest.mark.parametrize(
    ("slug", "id"), [(slug, id) for slug, rows in READINGS.items() for id in rows]
)
def test_a_dimension_reads_as_worked_out_by_hand(slug, id):
    row = dimension(packet_of(slug), id)
    read = (row["supported"], row["range"], row["lower_median"], row["coverage"], row["bar"])
    assert read == READINGS[slug][id]


@pytest.mark.parametrize("slug", LOOPS)
def test_the_header_and_every_rule_that_fires(slug):
    packet = packet_of(slug)
    header, rules = HEADERS[slug]
    assert packet["reading_order"]["header"] == header
    assert fired(packet) == [*rules, "AGGREGATES_LAST"]


# --- Viktor: one disqualifying flag, three who saw the opposite ---------------------------------


def test_one_persons_flag_contradicted_by_three_and_untested_by_one():
    raised = flag(packet_of(VIKTOR), "ignores-data-reality")
    assert raised["severity"] == "disqualifying"
    assert people([each["by"] for each in raised["raised"]]) == ["ravi"]
    assert raised["corroborated_by"] == []
    assert people(raised["contradicted_by"]) == ["ingrid", "olivia", "kwame"]
    assert people(raised["untested_by"]) == ["tomasz"]
    assert raised["contested"]
    assert raised["resolution"] is None


def test_who_noted_a_strength_without_rating_contradicts_with_the_note_alone():
    sides = flag(packet_of(VIKTOR), "ignores-data-reality")["contradiction"]
    olivia = next(each for each in sides if each["by"].startswith("olivia"))
    assert (olivia["rating"], olivia["tagged"]) == (None, True)
    assert [note["at_seconds"] for note in olivia["notes"]] == [350]


def test_the_interviewers_own_instruction_stands_beside_the_flag():
    raised = flag(packet_of(VIKTOR), "ignores-data-reality")["raised"][0]
    assert [note["at_seconds"] for note in raised["notes"]] == [880, 1025, 1130, 1310]
    assert [note["at_seconds"] for note in raised["setting"]] == [110, 850]
    assert raised["setting"][0]["text"].startswith("short on time after a late start")
    assert [note["at_seconds"] for note in raised["asked"]] == [990, 1275]


def test_the_spot_shows_the_notes_of_both_sides():
    (spot,) = packet_of(VIKTOR)["disagreements"]
    assert (spot["dimension"], spot["gap"]) == ("data-assumptions", 3)
    assert [(each["interviewer"].split(".")[0], each["rating"]) for each in spot["low"]] == [
        ("ravi", 1)
    ]
    assert [(each["interviewer"].split(".")[0], each["rating"]) for each in spot["high"]] == [
        ("ingrid", 4),
        ("kwame", 4),
    ]
    assert [len(each["notes"]) for each in (*spot["low"], *spot["high"])] == [4, 4, 3]


def test_a_risk_noted_once_and_flagged_by_nobody_is_no_pattern():
    packet = packet_of(VIKTOR)
    assert packet["patterns"] == []
    once = [(each["signal"], each["by"].split(".")[0]) for each in packet["noted_once"]]
    assert sorted(once) == [
        ("rigid-under-constraint", "ravi"),
        ("silent-or-unstructured", "tomasz"),
    ]


def test_the_order_of_thinking_of_each_round():
    rows = {row["round"]: row for row in packet_of(VIKTOR)["order_of_thinking"]}
    keys = ("objective_s", "data_s", "model_s", "tradeoffs_s")
    design = rows["ml-system-design"]
    assert [design[key] for key in keys] == [185, 880, 1440, 690]
    assert design["objective_before_model"] is True
    assert design["data_before_model"] is True
    coding = rows["ml-coding"]
    assert [coding[key] for key in keys] == [None, None, 500, None]
    assert coding["objective_before_model"] is None
    assert coding["data_before_model"] is None
    assert [rows["responsible-ai"][key] for key in keys] == [None, 290, None, 1530]


def test_the_raw_numbers_of_viktor():
    numbers = packet_of(VIKTOR)["statistics"]
    data = numbers["dimensions"]["data-assumptions"]
    assert (data["counts"], data["n"], data["people"]) == ([1, 0, 0, 2], 3, 3)
    # median 4; distances 3, 0, 0; their mean 1
    assert (data["median"], data["range"], data["ad_median"], data["disagree"]) == (4, 3, 1, True)
    assert numbers["recommendations"]["counts"] == {
        "strong_no": 0,
        "no": 1,
        "yes": 3,
        "strong_yes": 1,
    }
    assert (numbers["recommendations"]["same_side"], numbers["recommendations"]["of"]) == (4, 5)
    assert numbers["totals"] == {"ratings": 25, "people": 5, "rounds": 5}
    # Ravi and Ingrid share framing 3/3, data 1/4, trade-offs 3/4, communication 3/3
    first = numbers["pair_gaps"][0]
    assert (first["shared"], first["gap"]) == (4, 1)


def test_each_interviewers_evidence():
    rows = {row["interviewer"].split(".")[0]: row for row in packet_of(VIKTOR)["interviewers"]}
    ravi = rows["ravi"]
    assert (ravi["cards"], ravi["owed"], ravi["hours_after"]) == (1, 0, [1.25])
    # 22 notes, 6 of them his own words; 2 of the 16 carry no dimension; 12 are cited
    assert (ravi["notes"], ravi["tagged"], ravi["cited"]) == (16, 14, 12)
    assert (ravi["ratings"], ravi["supported"], ravi["supported_share"]) == (7, 7, 1)
    assert rows["olivia"]["hours_after"] == [17.67]
    assert not any(row["late"] for row in rows.values())


def test_an_instruction_of_the_interviewer_becomes_a_question_to_them():
    asked = [q for q in packet_of(VIKTOR)["questions"] if "At 1:50" in q["text"]]
    assert [people(question["ask"]) for question in asked] == [["ravi"]]


# --- Julian: a pattern seen by three, flagged by two ---------------------------------------------


def test_a_pattern_seen_by_three_that_two_flagged():
    (pattern,) = packet_of(JULIAN)["patterns"]
    assert pattern["signal"] == "premature-complexity"
    assert people(pattern["seen_by"]) == ["ravi", "kwame", "neha"]
    assert people(pattern["flagged_by"]) == ["ravi", "kwame"]
    assert pattern["rooms"] == 3
    assert [note["at_seconds"] for note in pattern["notes"]] == [1030, 1180, 1430, 1210, 1360, 410]


def test_a_flag_raised_by_two_counts_the_second_as_corroboration():
    raised = flag(packet_of(JULIAN), "premature-complexity")
    assert people([each["by"] for each in raised["raised"]]) == ["ravi", "kwame"]
    assert people(raised["corroborated_by"]) == ["kwame", "neha"]


def test_one_person_may_stand_on_both_sides():
    """Kwame flagged the risk, rated the dimension 2, and noted one of its strengths."""
    raised = flag(packet_of(JULIAN), "premature-complexity")
    assert people(raised["contradicted_by"]) == ["kwame", "colleen", "samir"]
    assert people(raised["both"]) == ["kwame"]
    assert raised["untested_by"] == []


def test_the_must_that_reads_below_is_named_first():
    bar = packet_of(JULIAN)["bar"]
    assert bar["musts_below"] == ["tradeoffs"]
    assert bar["rows"][0]["dimension"] == "tradeoffs"
    assert bar["signals"] == [
        {"signal": "leverage-and-restraint", "needs": 1, "seen_by": [], "met": False}
    ]


# --- Hannah: a round replaced, a rating without its constraint -----------------------------------


def test_a_planned_round_replaced_by_another():
    coverage = packet_of(HANNAH)["coverage"]
    assert coverage["plan"]["not_held"] == ["responsible-ai"]
    assert coverage["plan"]["added"] == ["cross-functional"]
    assert coverage["not_covered"] == ["responsible-ml"]
    assert coverage["thin"] == []
    assert [people(gap["ask"]) for gap in coverage["gaps"]] == [["beatriz"]]


def test_adaptability_without_a_constraint_is_shown_and_lifts_nothing():
    ratings = dimension(packet_of(HANNAH), "adaptability")["ratings"]
    shown = [(r["round"], r["rating"], r["supported"]) for r in ratings]
    assert shown == [
        ("ml-system-design", 3, True),
        ("behavioral", 3, False),
        ("cross-functional", 3, True),
    ]
    assert ratings[1]["reason"] == "No constraint was put in this round."


def test_a_spot_of_three_people_has_the_low_and_the_high_side():
    (spot,) = packet_of(HANNAH)["disagreements"]
    assert people([each["interviewer"] for each in spot["low"]]) == ["neha"]
    assert people([each["interviewer"] for each in spot["high"]]) == ["yuki", "colleen"]


def test_who_typed_a_card_in_is_named():
    cards = {card["round"]: card for card in packet_of(HANNAH)["scorecards"]}
    assert cards["cross-functional"]["entered_by"] == "jonah.pruitt@lumenta.example"
    assert cards["behavioral"]["entered_by"] is None


def test_the_signal_that_the_level_expects_is_seen_by_one():
    (signal,) = packet_of(HANNAH)["bar"]["signals"]
    assert people(signal["seen_by"]) == ["colleen"]
    assert signal["met"]


def test_half_a_point_of_median_is_kept():
    numbers = packet_of(HANNAH)["statistics"]["dimensions"]
    assert numbers["decomposition"]["median"] == 2.5
    assert numbers["decomposition"]["ad_median"] == 0.5
    # 1, 3, 4: median 3, distances 2, 0, 1
    assert numbers["tradeoffs"]["ad_median"] == 1
    assert numbers["responsible-ml"]["counts"] == [0, 0, 0, 0]
    assert numbers["responsible-ml"]["median"] is None
    assert numbers["responsible-ml"]["reasons"]["median"] == "Not assessed."


# --- Marcus: a 3 that rests on noise, a risk that others noted and nobody else flagged ----------


def test_a_rating_that_rests_on_noise_lifts_no_median():
    row = dimension(packet_of(MARCUS), "production-ownership")
    colleen = next(r for r in row["ratings"] if r["interviewer"].startswith("colleen"))
    assert (colleen["rating"], colleen["supported"]) == (3, False)
    assert colleen["reason"] == "Every cited note is noise."
    assert row["supported"] == [1]
    assert row["lower_median"] == 1
    assert row["single_source"]


def test_noise_cited_beside_a_real_note_leaves_a_rating_supported():
    ratings = dimension(packet_of(MARCUS), "depth")["ratings"]
    assert [(r["rating"], r["supported"]) for r in ratings] == [(2, True), (3, True)]


def test_two_who_noted_the_flagged_risk_bear_it_out():
    raised = flag(packet_of(MARCUS), "no-production-thinking")
    assert people(raised["corroborated_by"]) == ["colleen", "kwame"]
    assert raised["contradicted_by"] == []  # Colleen's 3 rests on noise
    assert people(raised["untested_by"]) == ["tomasz", "neha"]
    assert not raised["contested"]
    (pattern,) = packet_of(MARCUS)["patterns"]
    assert people(pattern["flagged_by"]) == ["dana"]


def test_a_model_before_its_objective():
    rows = {row["round"]: row for row in packet_of(MARCUS)["order_of_thinking"]}
    row = rows["applied-modeling"]
    assert (row["model_s"], row["objective_s"], row["data_s"]) == (120, 220, 320)
    assert row["objective_before_model"] is False
    assert row["data_before_model"] is False


def test_noise_is_listed_apart():
    depth = next(e for e in packet_of(MARCUS)["evidence"] if e["dimension"] == "depth")
    assert [note["signal"] for note in depth["noise"]] == [
        "memorised-answer",
        "tool-name-dropping",
        "tool-name-dropping",
    ]
    assert [note["signal"] for note in depth["risks"]] == ["shallow-under-follow-up"]
    assert [note["quote"] for note in depth["noise"]] == [True, True, False]


# --- Leila: a card that is missing, a card without evidence --------------------------------------


def test_the_missing_scorecard_is_named():
    packet = packet_of(LEILA)
    missing = [card for card in packet["scorecards"] if card["status"] == "missing"]
    assert [(card["round"], card["interviewer"].split(".")[0]) for card in missing] == [
        ("applied-modeling", "ingrid")
    ]
    assert "Ingrid Solheim" in packet["reading_order"]["because"]
    assert packet["coverage"]["plan"]["awaited"] == ["applied-modeling"]
    ingrid = next(row for row in packet["interviewers"] if row["owed"])
    assert (ingrid["cards"], ingrid["owed"]) == (0, 1)
    assert ingrid["tagged_share"] is None


def test_praise_without_a_note_is_no_evidence():
    peter = next(
        row for row in packet_of(LEILA)["interviewers"] if row["interviewer"].startswith("peter")
    )
    assert (peter["ratings"], peter["supported"], peter["tagged"]) == (4, 0, 0)
    assert peter["hours_after"] == [77.17]
    assert peter["late"] == 1
    ratings = dimension(packet_of(LEILA), "communication")["ratings"]
    assert [r["reason"] for r in ratings if not r["supported"]] == ["No note is cited."]


def test_what_was_not_observed_is_shown_and_is_no_number():
    ratings = dimension(packet_of(LEILA), "adaptability")["ratings"]
    assert [(r["rating"], r["supported"], r["reason"]) for r in ratings] == [
        (None, False, "Not observed."),
        (4, False, "No note is cited."),
    ]


# --- All -----------------------------------------------------------------------------------------


def test_the_leverage_signal_of_amara_is_seen_by_one_person_in_two_notes():
    (signal,) = packet_of(AMARA)["bar"]["signals"]
    assert people(signal["seen_by"]) == ["colleen"]
    assert signal["met"]


@pytest.mark.parametrize("slug", LOOPS)
def test_every_question_names_somebody_who_could_answer(slug):
    assert packet_of(slug)["questions"]
    assert all(question["ask"] and question["text"] for question in packet_of(slug)["questions"])


@pytest.mark.parametrize("slug", LOOPS)
def test_no_field_holds_a_decision_or_an_overall_score(slug):
    banned = {"decision", "score", "overall", "average", "mean", "rank", "verdict"}

    def keys(value):
        if isinstance(value, dict):
            for key, each in value.items():
                yield key
                yield from keys(each)
        elif isinstance(value, list):
            for each in value:
                yield from keys(each)

    assert not banned & set(keys(packet_of(slug)))
