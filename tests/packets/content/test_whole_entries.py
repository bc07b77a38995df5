"""Entries of a packet with every key and value, so that a key of another name is seen."""

from dataclasses import replace
from datetime import timedelta

import pytest

from packets.content.amendments import changes
from packets.content.anchors import anchors, note_anchors
from packets.content.questions import _short
from packets.content.reading_order import is_tie
from packets.content.values import clock, plain, stamp
from scorecard.content import FlagContent, RatingContent
from tests.packets.content.loops import AMARA, packet_of, rubric
from tests.packets.content.test_adjusted import of, snapshot
from tests.packets.content.test_adjusted import rated as rated_with_snapshot
from tests.packets.content.test_amendments import FIRST_BUILT, built
from tests.packets.content.test_terms import MONDAY, RISK, VersionInput, card, note, packet, seat


def test_an_estimate_with_its_ranges() -> None:
    found = of(rated_with_snapshot("ann", 4, 0))["statistics"]["adjusted"]["tradeoffs"]
    estimate, se = found["estimate"], found["se"]
    assert set(found) == {
        *("estimate", "se", "lo80", "hi80", "lo95", "hi95", "meets_bar", "says"),
        *("without_severity", "n", "people", "rounds", "differs", "reason"),
    }
    assert (found["lo80"], found["hi80"]) == pytest.approx(
        (estimate - 1.2816 * se, estimate + 1.2816 * se), abs=2e-4
    )
    assert (found["lo95"], found["hi95"]) == pytest.approx(
        (estimate - 1.96 * se, estimate + 1.96 * se), abs=2e-4
    )
    assert (found["n"], found["people"], found["rounds"], found["reason"]) == (1, 1, 1, "")


def test_reliability_is_of_what_was_to_be_tested_whether_it_was_or_not() -> None:
    found = of(rated_with_snapshot("ann", 4, 0))["statistics"]["reliability"]
    wanted = of(rated_with_snapshot("ann", 4, 0))["coverage"]["focus"]
    assert found["dimensions"] == [id for id in rubric().dimensions if id in wanted]
    assert len(wanted) > 1
    assert (found["n"], found["people"], found["rounds"]) == (1, 1, 1)


def test_of_a_calibration_without_differences_there_is_no_reliability() -> None:
    none = dict.fromkeys(snapshot().components, 0.0)
    found = of(rated_with_snapshot("ann", 4, 0), components=none)["statistics"]
    assert found["reliability"] is None
    assert "no difference between candidates" in found["reasons"]["reliability"]


def test_what_an_amendment_changed() -> None:
    said, heard = note("n", at=60), note("m", RISK, at=30, stage="data")
    before = card(said, rates={"depth": 2}, recommendation="no")
    after = replace(
        card(said, heard, recommendation="yes"),
        correctness="partly",
        summary="Better than I thought",
        follow_up="Ask about data",
        ratings=(RatingContent("depth", 3, "saw more", notes=("n", "m")),),
        flags=(FlagContent(RISK, "concern", "as noted", ("m",)),),
    )
    assert changes(before, after) == [
        {"field": "correctness", "before": "", "after": "partly"},
        {
            "field": f"flag/{RISK}",
            "before": None,
            "after": {"severity": "concern", "explanation": "as noted", "notes": ["what m saw"]},
        },
        {"field": "follow_up", "before": "", "after": "Ask about data"},
        {
            "field": "rating/depth",
            "before": {"rating": 2, "rationale": "", "notes": ["what n saw"]},
            "after": {"rating": 3, "rationale": "saw more", "notes": ["what m saw", "what n saw"]},
        },
        {"field": "recommendation", "before": "no", "after": "yes"},
        {"field": "summary", "before": "", "after": "Better than I thought"},
        {
            "field": "note",
            "before": None,
            "after": {
                "at_seconds": 30,
                "kind": "observation",
                "text": "what m saw",
                "tags": ["data", "data-assumptions", RISK, "risk"],
            },
        },
    ]


def test_changed_notes_stand_by_time_and_those_of_one_second_by_what_they_say() -> None:
    old = [note("a", at=9, text="z"), note("b", at=5, text="y"), note("c", at=5, text="x")]
    found = changes(card(*old), card())
    assert [each["before"]["text"] for each in found] == ["x", "y", "z"]
    assert [each["after"] for each in found] == [None] * 3


def test_a_note_that_an_import_numbered_anew_has_not_changed() -> None:
    one, same = note("a", text="x"), note("b", text="x")
    assert changes(card(one), card(same)) == []
    moved = changes(card(one), card(replace(one, at_seconds=70)))
    assert [(each["before"]["at_seconds"], each["after"]["at_seconds"]) for each in moved] == [
        (60, 70)
    ]


def test_a_late_edit_gives_what_reads_otherwise_on_either_side() -> None:
    said = note("n", RISK)
    first = card(said, rates={"depth": 2}, recommendation="no")
    flags = (FlagContent(RISK, "concern", "", ("n",)),)
    versions = (
        VersionInput(1, first, MONDAY + timedelta(hours=2), "ann"),
        VersionInput(2, replace(first, flags=flags), FIRST_BUILT + timedelta(hours=1), "ann"),
    )
    [late] = built(seat("ann", first, versions=versions), first_built_at=FIRST_BUILT)["late_edits"]
    readings = [each for each in late.values() if isinstance(each, dict) and "flags" in each]
    flagged = {"signal": RISK, "severity": "concern"}
    assert sorted([each["flags"] for each in readings], key=len) == [[], [flagged]]


def test_where_a_4_was_seen_is_named() -> None:
    content = card(note("n"), rates={"problem-framing": 4})
    found = packet(seat("ann", content), level="staff")["bar"]["any_supported_4"]
    assert set(found) == {"dimensions", "seen_in", "reading"}
    assert found["seen_in"] == ["problem-framing"]


def test_a_tie_is_of_one_opening_and_one_level() -> None:
    content = packet(seat("ann", card(note("n"), rates={"depth": 3})))
    assert is_tie(content, content)
    for change in ({"id": "other"}, {"level": "mid"}):
        assert not is_tie(content, {**content, "opening": content["opening"] | change})


@pytest.mark.parametrize(("length", "kept"), [(160, "x" * 155 + " yyyy"), (161, "x" * 155 + " …")])
def test_a_question_quotes_a_hundred_and_sixty_characters(length: int, kept: str) -> None:
    text = "x" * 155 + " " + "y" * (length - 156)
    assert _short(text) == f"“{kept}”."


def test_values_have_one_spelling() -> None:
    assert [clock(each) for each in (0, 59, 60, 880, 3661)] == [
        *("0:00", "0:59", "1:00", "14:40", "61:01")
    ]
    assert [plain(each) for each in (2.0, 2.5, 1 / 3)] == [2, 2.5, 0.3333]
    assert stamp(MONDAY) == "2026-03-02T09:00:00Z"


# --- Anchors --------------------------------------------------------------------------------------


def test_every_part_of_a_packet_has_a_name_and_a_place() -> None:
    content = packet_of(AMARA)
    found = anchors(content)
    assert found["packet"] == "top"
    assert list(found)[0] == "packet"
    for flag in content["flags"]:
        assert found[f"flag/{flag['signal']}"] == f"flag-{flag['signal']}"
    for each in content["dimensions"]:
        assert found[f"dimension/{each['id']}"] == f"ev-{each['id']}"
    questions = [name for name, place in found.items() if place == "questions"]
    assert len(questions) == len(content["questions"]) > 0
    assert all(name.startswith("question/") for name in questions)
    notes = [note["ref"] for each in content["cards"] for note in each["notes"]]
    assert {f"n-{ref}" for ref in notes} <= set(found.values())
    assert all(name.startswith("note/") for name in note_anchors(content).values())


def test_a_name_outlives_the_place_of_its_note() -> None:
    said, more = note("n", at=60, text="x"), note("m", at=30, text="y")
    alone, moved = (packet(seat("ann", card(*notes))) for notes in ((said,), (more, said)))
    [name] = note_anchors(alone).values()
    assert name in note_anchors(moved).values()
    assert set(note_anchors(alone)) == {"1.1"}


@pytest.mark.parametrize("change", [{"at_seconds": 61}, {"kind": "quote"}, {"text": "other"}])
def test_other_words_or_another_time_are_another_note(change: dict) -> None:
    said = note("n", text="x")
    one, other = (packet(seat("ann", card(each))) for each in (said, replace(said, **change)))
    assert not set(note_anchors(one).values()) & set(note_anchors(other).values())


def test_of_two_notes_that_say_the_same_neither_has_a_name() -> None:
    twice = packet(seat("ann", card(note("n", text="x"), note("m", text="x"))))
    assert note_anchors(twice) == {}
    assert not [name for name in anchors(twice) if name.startswith("note/")]


def test_a_shadows_notes_have_names_too() -> None:
    lead = seat("ann", card(note("n")))
    content = packet(lead, seat("zoe", card(note("z")), hour=2, role="shadow"))
    assert set(note_anchors(content)) == {"1.1", "s1.1"}
