"""Changes after submission: the card as it first was, and every change as a version of its own."""

from typing import Any

import pytest

from ats.formats.documents import CardDocument, SubmissionDocument
from tests.ats.files import a_loop, faults, read

BO = {"name": "Bo Rekker", "email": "bo.rekker@lumenta.example"}


def change(field: str, before: Any, after: Any) -> dict[str, Any]:
    return {"field": field, "from": before, "to": after}


def revised(*changes: dict[str, Any], at: str = "2026-05-13T09:00:00Z") -> Any:
    loop = a_loop()
    loop["interviews"][0]["revisions"] = [{"at": at, "by": BO, "changes": list(changes)}]
    return loop


def submission_of(loop: Any) -> SubmissionDocument:
    [found], log = read(loop)
    assert log.faults == []
    handed_in = found.interviews[0].seats[0].submission
    assert handed_in
    return handed_in


def first(*changes: dict[str, Any]) -> CardDocument:
    return submission_of(revised(*changes)).card


def rating(card: CardDocument, dimension: str) -> Any:
    return {each.dimension: each for each in card.ratings}.get(dimension)


@pytest.mark.parametrize(
    "field",
    [
        "ratings.tradeoffs.rating",
        "/ratings/tradeoffs/rating",
        "ratings[tradeoffs].rating",
        "ratings.tradeoffs",
        "rating.tradeoffs",
        "ratings: tradeoffs > rating",
        "tradeoffs",
        "interviews.0.ratings.tradeoffs.rating",
    ],
)
def test_a_rating_goes_back_however_its_field_is_written(field: str):
    handed_in = submission_of(revised(change(field, 1, 3)))
    assert rating(handed_in.card, "tradeoffs").value == 1
    assert rating(handed_in.card, "tradeoffs").notes == (2, 0)
    assert rating(handed_in.final, "tradeoffs").value == 3
    [revision] = handed_in.revisions
    assert (revision.by.email, revision.fields) == (BO["email"], (field,))


def test_a_plain_field_goes_back():
    card = first(change("recommendation", "no", "yes"), change("summary", None, "Good."))
    assert (card.recommendation, card.summary) == ("no", "")


def test_a_rating_that_was_not_observed_goes_back_to_that():
    card = first(change("ratings.tradeoffs.rating", None, 3))
    assert rating(card, "tradeoffs").value is None


def test_a_rating_added_or_taken_away_as_a_whole():
    whole = {"rating": 3, "rationale": "weighed it aloud", "note_indices": [2, 0]}
    assert rating(first(change("ratings.tradeoffs", None, whole)), "tradeoffs") is None
    before = {"rating": 2, "rationale": "vague", "note_indices": []}
    assert rating(first(change("ratings.communication", before, None)), "communication").value == 2


def test_a_note_added_later_leaves_and_the_citations_follow():
    loop = revised(change("notes.0", None, a_loop()["interviews"][0]["notes"][0]))
    card = submission_of(loop).card
    assert [note.at_seconds for note in card.notes] == [90, 60]
    assert rating(card, "tradeoffs").notes == (1,)  # it cited 2 and 0
    assert card.flags[0].notes == (0,)


def test_a_note_taken_away_comes_back_and_the_citations_follow():
    gone = {"at_seconds": 10, "kind": "quote", "text": "Why this metric?"}
    card = first(change("notes.1", gone, None))
    assert [note.at_seconds for note in card.notes] == [40, 10, 90, 60]
    assert rating(card, "tradeoffs").notes == (3, 0)
    assert card.flags[0].notes == (2,)


def test_the_text_of_a_note_goes_back():
    card = first(change("notes[1].text", "A graph network.", "A graph network, first of all."))
    assert card.notes[1].text == "A graph network."


def test_a_flag_raised_lowered_or_changed_later():
    raised = a_loop()["interviews"][0]["flags"][0]
    assert first(change("flags.0", None, raised)).flags == ()
    assert first(change("flags", [], [raised])).flags == ()
    severity = change("flags.premature-complexity.severity", "disqualifying", "concern")
    assert first(severity).flags[0].severity == "disqualifying"
    by_severity = change("flags.premature-complexity", "disqualifying", "concern")
    assert first(by_severity).flags[0].severity == "disqualifying"
    taken_back = change("flags.unstated-assumptions", "concern", None)
    assert [flag.signal for flag in first(taken_back).flags][1] == "unstated-assumptions"
    lowered = {"signal": "unstated-assumptions", "severity": "concern", "note_indices": [2]}
    flags = first(change("flags.unstated-assumptions", lowered, None)).flags
    assert [flag.signal for flag in flags] == ["premature-complexity", "unstated-assumptions"]


def test_several_changes_go_back_newest_first_whatever_their_order_in_the_file():
    loop = revised(change("recommendation", "no", "yes"), at="2026-05-14T09:00:00Z")
    earlier = {"at": "2026-05-13T09:00:00+02:00", "by": BO}
    earlier["changes"] = [change("recommendation", "strong_no", "no")]
    loop["interviews"][0]["revisions"].append(earlier)
    handed_in = submission_of(loop)
    assert handed_in.card.recommendation == "strong_no"
    assert [each.card.recommendation for each in handed_in.revisions] == ["no", "yes"]
    assert handed_in.updated_at.isoformat() == "2026-05-14T09:00:00+00:00"


def test_a_change_whose_result_is_not_what_the_file_holds_is_pointed_out():
    [_], log = read(revised(change("recommendation", "no", "strong_yes")))
    assert not log.faults
    assert log.checks == [
        "loop.json: /interviews/0/revisions/0/changes/0/to:"
        " differs from the value that the interview holds"
    ]


CHANGE = "/interviews/0/revisions/0/changes"


@pytest.mark.parametrize(
    ("field", "what"),
    [
        ("mood", "mood: is no field of a scorecard"),
        ("", "is empty"),
        ("/", "names no field"),
        ("summary.length", "summary has no parts"),
        ("ratings.trade-offs.rating", "nearest known: tradeoffs"),
        ("ratings.tradeoffs.colour", "a rating has rating, rationale and note_indices"),
        ("notes.3.text", "there is no note 3"),
        ("notes.-1", "there is no note -1"),
        ("notes.²", "there is no note ²"),
        ("notes.1.text.2", "leads further in than a scorecard goes"),
        ("flags.unstated-assumptions.severity", "there is no flag unstated-assumptions"),
    ],
)
def test_a_field_that_leads_nowhere_is_a_fault_at_its_place(field: str, what: str):
    found = faults(revised(change(field, "a", "b")))
    assert set(found) == {f"{CHANGE}/0/field"}
    assert what in found[f"{CHANGE}/0/field"]


def test_a_value_that_cannot_have_been_there_is_a_fault():
    [(pointer, what)] = faults(revised(change("ratings.tradeoffs.rating", 7, 3))).items()
    assert pointer == CHANGE
    assert what == (
        "taken back, leave /ratings/tradeoffs/rating wrong: it is 7, but must be from 1 to 4"
    )


@pytest.mark.parametrize("field", ["notes", "ratings", "flags", "notes.0", "flags.0"])
@pytest.mark.parametrize("before", ["x", 3, {"a": 1}, [1], [[]], True])
def test_nonsense_that_was_there_before_is_a_fault_and_no_crash(field: str, before: Any):
    changes = [change("notes.0.text", "a", "b"), change("ratings.depth", 1, None)]
    assert faults(revised(*changes, change(field, before, "x"), *changes))


def test_a_change_before_the_submission_is_a_fault():
    found = faults(revised(change("summary", "a", "Good."), at="2026-05-12T15:00:00Z"))
    assert found == {"/interviews/0/revisions/0/at": "lies before the scorecard was submitted"}


def test_a_revision_needs_its_time_its_person_and_its_changes():
    loop = a_loop()
    loop["interviews"][0]["revisions"] = [{"changes": []}]
    assert set(faults(loop)) == {
        "/interviews/0/revisions/0/at",
        "/interviews/0/revisions/0/by",
        "/interviews/0/revisions/0/changes",
    }
