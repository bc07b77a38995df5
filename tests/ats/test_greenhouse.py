"""The five Greenhouse files, and what each part of them becomes."""

import copy
from datetime import UTC, date, datetime
from typing import Any

import pytest

from ats.formats.documents import CardDocument
from tests.ats.files import DEMO, an_export, read, read_export
from tests.ats.greenhouse import AWAITED, DESIGN, answer, card, interview, loops, seat


def test_the_export_holds_six_loops_of_one_opening():
    found = loops()
    assert len(found) == 6
    assert sum(len(each.interviews) for each in found.values()) == 30
    assert sum(bool(seat.submission) for each in found.values() for seat in each.seats) == 29
    amara = found["61200101"]
    assert (amara.candidate.name, amara.candidate.email) == (
        "Amara Lindqvist",
        "amara.lindqvist@mailbox.example",
    )
    assert (amara.opening.id, amara.opening.level) == ("4471001", "senior")
    assert not amara.opening.has_plan
    assert amara.opening.rounds == (
        "ml-system-design",
        "applied-modeling",
        "ml-coding",
        "behavioral",
        "responsible-ai",
        "cross-functional",
    )


def test_both_formats_say_the_same_of_every_interview():
    """Except for one follow-up that the export lacks, and for stage, probe, dimension, signal."""
    export = loops()
    for file in sorted(DEMO.glob("*/loop.json")):
        [neutral], _ = read(file.read_bytes())
        other = export[neutral.candidate.id]
        assert [(i.id, i.round, i.starts_at, i.ends_at) for i in neutral.interviews] == [
            (i.id, i.round, i.starts_at, i.ends_at) for i in other.interviews
        ]
        for mine, theirs in zip(neutral.seats, other.seats, strict=True):
            assert (mine.id, mine.role, mine.person.email, mine.person.name) == (
                theirs.id,
                theirs.role,
                theirs.person.email,
                theirs.person.name,
            )
            if not mine.submission:
                assert not theirs.submission
                continue
            assert theirs.submission
            assert mine.submission.updated_at == theirs.submission.updated_at
            compare(mine.submission.final, theirs.submission.final, mine.id)


def compare(neutral: CardDocument, export: CardDocument, id: str) -> None:
    assert (neutral.recommendation, neutral.correctness, neutral.summary) == (
        export.recommendation,
        export.correctness,
        export.summary,
    )
    if id != "90310003":
        assert neutral.follow_up == export.follow_up
    assert [(n.at_seconds, n.kind, n.text) for n in neutral.notes] == [
        (n.at_seconds, n.kind, n.text) for n in export.notes
    ]
    assert {(r.dimension, r.value, r.rationale) for r in neutral.ratings} == {
        (r.dimension, r.value, r.rationale) for r in export.ratings
    }
    assert neutral.flags == export.flags  # the notes by their times


def test_phone_screens_are_no_round_and_are_named():
    _, log = read_export(an_export())
    assert log.left_out["interview “Recruiter Phone Screen” is no round of the rubric"] == 6
    assert log.left_out["scorecard of an interview that is not imported"] == 6


def test_attributes_that_are_no_dimension_are_named():
    values = an_export()
    attributes = values["scorecards.json"][DESIGN]["attributes"]
    attributes.append({"name": "Juggling", "type": "Skills", "note": None, "rating": "yes"})
    attributes.append({"name": "Empty", "type": "Skills", "note": None, "rating": "no_decision"})
    _, log = read_export(values)
    assert log.left_out["attribute “Juggling” is no dimension"] == 1
    assert not any("Empty" in what for what in log.left_out)


def test_unknown_keys_and_questions_are_named_and_read_over():
    values = an_export()
    values["jobs.json"][0]["mood"] = "fine"
    values["scorecards.json"][DESIGN]["stars"] = 5
    values["scorecards.json"][DESIGN]["questions"].append(
        {"id": 9, "question": "Hobby?", "answer": "Go"}
    )
    _, log = read_export(values)
    assert not log.faults
    assert log.left_out["unknown key /*/mood"] == log.left_out["unknown key /*/stars"] == 1
    assert log.left_out["answers to the question “Hobby?”"] == 1


@pytest.mark.parametrize(
    ("rating", "value"),
    [("definitely_not", 1), ("no", 2), ("mixed", 2), ("yes", 3), ("strong_yes", 4)],
)
def test_five_points_become_four(rating: str, value: int):
    values = an_export()
    values["scorecards.json"][DESIGN]["attributes"][0]["rating"] = rating
    assert {each.dimension: each.value for each in card(values).ratings}["problem-framing"] == value


def test_no_decision_is_not_observed_where_there_are_words_and_nothing_where_there_are_none():
    values = an_export()
    first, second = values["scorecards.json"][DESIGN]["attributes"][:2]
    first |= {"rating": "no_decision", "note": "<p>ran out of time</p>"}
    second |= {"rating": None, "note": None}
    ratings = {each.dimension: each for each in card(values).ratings}
    assert (ratings["problem-framing"].value, ratings["problem-framing"].rationale) == (
        None,
        "ran out of time",
    )
    assert "data-assumptions" not in ratings


@pytest.mark.parametrize(
    ("overall", "recommendation"),
    [("definitely_not", "strong_no"), ("no_decision", ""), (None, ""), ("mixed", "")],
)
def test_the_overall_recommendation(overall: str | None, recommendation: str):
    values = an_export()
    values["scorecards.json"][DESIGN]["overall_recommendation"] = overall
    assert card(values).recommendation == recommendation


def test_private_notes_are_paragraphs_with_times():
    html = (
        "<p>[00:50] (asked) Why?</p><p>[61:05] (quote) &ldquo;Because&rdquo; it <b>is</b></p>"
        "<p>[1:02:03] seen<script>alert(1)</script></p><p>no time here</p>"
    )
    values = answer(an_export(), "Private Notes", html)
    assert [(n.at_seconds, n.kind, n.text) for n in card(values).notes] == [
        (50, "probe", "Why?"),
        (3665, "quote", "“Because” it is"),
        (3723, "observation", "seen"),
        (3723, "observation", "no time here"),
    ]
    [check] = [each for each in read_export(values)[1].checks if "mm:ss" in each]
    assert check.startswith("scorecards.json: /1/questions/1/answer: no [mm:ss] before “no time")


def test_flags_are_lines_with_the_notes_of_their_times():
    lines = (
        "<p>premature-complexity (concern) at 02:05, 19:30: graph first: really</p>"
        "<p>and went on about it</p><p>unstated-assumptions (disqualifying): no time given</p>"
        "<p>premature-complexity (disqualifying) at 03:40: again</p>"
    )
    flags = card(answer(an_export(), "Red flags", lines)).flags
    assert [(each.signal, each.severity, each.explanation) for each in flags] == [
        (
            "premature-complexity",
            "disqualifying",
            "graph first: really\nand went on about it\nagain",
        ),
        ("unstated-assumptions", "disqualifying", "no time given"),
    ]
    assert flags[0].notes == (1, 8, 2)
    assert flags[1].notes == ()


def test_a_flag_cites_what_was_seen_and_not_what_was_asked_in_the_same_second():
    html = "<p>[02:05] (asked) Why a graph?</p><p>[02:05] (quote) Because.</p><p>[03:00] x</p>"
    values = answer(an_export(), "Private Notes", html)
    text = "premature-complexity (concern) at 02:05: graph first"
    assert card(answer(values, "Red flags", text)).flags[0].notes == (1,)


@pytest.mark.parametrize("nothing", [None, "", "None.", "no", "<p>-</p>", "N/A"])
def test_no_flag_is_no_flag(nothing: str | None):
    assert card(answer(an_export(), "Red flags", nothing)).flags == ()


def test_a_time_without_a_note_is_pointed_out_and_the_flag_stays():
    text = "premature-complexity (concern) at 00:01: x"
    values = answer(an_export(), "Red flags", text)
    assert card(values).flags[0].notes == ()
    assert "there is no note at 00:01" in " ".join(read_export(values)[1].checks)


def with_second(values: Any, role: str | None) -> Any:
    """Somebody else in Amara's system design, with a card of their own and this role."""
    mine = copy.deepcopy(values["scorecards.json"][DESIGN])
    person = {"id": 99001, "first_name": "Ben", "last_name": "Li", "name": "Ben Li"}
    mine |= {"id": 55419999, "interviewer": person, "submitted_by": person}
    values["scorecards.json"].append(mine)
    entry = {"id": 99001, "employee_id": None, "name": "Ben Li", "email": "ben.li@lumenta.example"}
    entry |= {"response_status": "accepted", "scorecard_id": 55419999}
    values["scheduled_interviews.json"][DESIGN]["interviewers"].insert(0, entry)
    return answer(values, "Your role", role, scorecard=-1)


def test_a_shadow_is_a_seat_of_the_same_interview():
    found = interview(with_second(an_export(), "Shadow"), "90310002")
    assert [(each.id, each.role, each.person.email) for each in found.seats] == [
        ("90310002-shadow", "shadow", "ben.li@lumenta.example"),
        ("90310002", "lead", "dana.whitcomb@lumenta.example"),
    ]


def test_of_two_interviewers_the_first_leads():
    found = interview(with_second(an_export(), None), "90310002")
    assert [(each.id, each.role, each.person.name) for each in found.seats] == [
        ("90310002", "lead", "Ben Li"),
        ("90310002-2", "second", "Dana Whitcomb"),
    ]


def test_an_all_day_event_has_a_day_and_no_times():
    values = an_export()
    design = values["scheduled_interviews.json"][DESIGN]
    design |= {"start": {"date": "2026-05-12"}, "end": {"date": "2026-05-13"}}
    found = interview(values, "90310002")
    assert (found.day, found.starts_at, found.ends_at) == (date(2026, 5, 12), None, None)


def test_times_are_instants():
    assert interview(None, "90310002").starts_at == datetime(2026, 5, 12, 13, 0, tzinfo=UTC)


def test_somebody_else_typed_the_card_in():
    found = seat(None, "90310024")
    assert found.person.email == "beatriz.falcao@lumenta.example"
    assert found.submission
    assert found.submission.entered_by
    assert found.submission.entered_by.name == "Jonah Pruitt"
    assert found.submission.entered_by.email == ""  # nowhere in the export


def test_an_awaited_scorecard_is_a_seat_without_submission():
    assert seat(None, "90310033").submission is None


def test_a_scorecard_not_handed_in_is_awaited_still():
    values = an_export()
    values["scorecards.json"][DESIGN]["submitted_at"] = None
    assert seat(values, "90310002").submission is None
    values = an_export()
    values["scheduled_interviews.json"][AWAITED]["interviewers"][0]["scorecard_id"] = 4242
    assert seat(values, "90310033").submission is None


def test_who_declined_did_not_sit_in():
    values = an_export()
    entry = values["scheduled_interviews.json"][AWAITED]["interviewers"][0]
    entry["response_status"] = "declined"
    assert interview(values, "90310033").seats == ()
    assert read_export(values)[1].left_out["interviewer who declined and has no scorecard"] == 1


def test_a_personal_address_comes_first_and_others_are_remembered():
    values = an_export()
    values["candidates.json"][0]["email_addresses"].insert(
        0, {"value": "amara@work.example", "type": "work"}
    )
    amara = loops(values)["61200101"].candidate
    assert amara.email == "amara.lindqvist@mailbox.example"
    assert amara.other_emails == ("amara@work.example",)


def test_null_wherever_it_may_be():
    values = an_export()
    keep = {"id", "application_id", "start", "end", "status", "interview", "interviewers"}
    for each in values["scheduled_interviews.json"]:
        each.update(dict.fromkeys(each.keys() - keep))
    keep = {"id", "application_id", "interviewer", "submitted_at"}
    for each in values["scorecards.json"]:
        each.update(dict.fromkeys(each.keys() - keep))
    for name, needed in (
        ("candidates.json", {"id", "first_name", "email_addresses"}),
        ("applications.json", {"id", "candidate_id", "jobs"}),
        ("jobs.json", {"id", "name", "custom_fields"}),
    ):
        for each in values[name]:
            each.update(dict.fromkeys(each.keys() - needed))
    assert len(loops(values)) == 6
    assert card(values) == CardDocument()
