"""loop.json: what is read, and every fault by its pointer."""

from datetime import UTC, datetime
from typing import Any

import pytest

from ats.formats.documents import FlagDocument, NoteDocument, RatingDocument
from tests.ats.files import a_loop, faults, read

GONE = object()


def at(pointer: str, value: Any, loop: Any = None) -> Any:
    """A loop with one value put elsewhere, or gone."""
    loop = a_loop() if loop is None else loop
    *way, last = pointer.strip("/").split("/")
    inside = loop
    for step in way:
        inside = inside[int(step) if isinstance(inside, list) else step]
    key: Any = int(last) if isinstance(inside, list) else last
    if value is GONE:
        del inside[key]
    else:
        inside[key] = value
    return loop


# --- what is read ---------------------------------------------------------------------------
def test_a_whole_loop_is_read_as_it_is_written():
    [loop], log = read(a_loop())
    assert log.faults == []
    assert not log.left_out
    assert log.checks == []
    assert (loop.opening.id, loop.opening.level) == ("15", "mid")
    assert loop.opening.rounds == ("ml-system-design", "ml-coding")
    assert [each.id for each in loop.interviews] == ["901", "902"]
    design = loop.interviews[0]
    assert design.starts_at == datetime(2026, 5, 12, 13, 0, tzinfo=UTC)
    handed_in = design.seats[0].submission
    assert handed_in
    assert handed_in.submitted_at == datetime(2026, 5, 12, 15, 24, tzinfo=UTC)
    assert handed_in.card.recommendation == "yes"
    assert handed_in.card.notes[0] == NoteDocument(
        40, "probe", "Halve the latency.", probe="pushback"
    )
    assert handed_in.card.notes[1].polarity == "risk"
    assert handed_in.card.ratings == (
        RatingDocument("tradeoffs", 3, "weighed it aloud", (2, 0)),
        RatingDocument("depth", None, "never got there"),
    )
    assert handed_in.card.flags == (
        FlagDocument("premature-complexity", "concern", "no baseline", (1,)),
    )


def test_a_shadow_sits_in_the_interview_of_the_same_id():
    [loop], _ = read(a_loop())
    assert [(seat.id, seat.role) for seat in loop.interviews[0].seats] == [
        ("901", "lead"),
        ("901-shadow", "shadow"),
    ]


def test_a_shadow_listed_before_the_interviewer_changes_nothing():
    turned = a_loop()
    turned["interviews"].reverse()
    [loop], _ = read(turned)
    seats = {each.id: each.seats for each in loop.interviews}
    assert [(seat.id, seat.role) for seat in seats["901"]] == [
        ("901", "lead"),
        ("901-shadow", "shadow"),
    ]


def test_a_shadow_whose_interviewer_is_not_in_the_file_keeps_the_interviews_id():
    [loop], _ = read(at("/interviews/0", GONE))
    assert [each.id for each in loop.interviews] == ["901", "902"]
    assert [seat.role for seat in loop.interviews[0].seats] == ["shadow"]


def test_a_second_interviewer_is_known_by_number_round_and_time():
    second = a_loop()["interviews"][0] | {
        "id": "901-2",
        "interviewer": {"name": "Cy Roe", "email": "cy.roe@lumenta.example"},
    }
    loop = a_loop()
    loop["interviews"].append(second)
    [read_loop], _ = read(loop)
    assert [seat.role for seat in read_loop.interviews[0].seats] == ["lead", "shadow", "second"]
    loop["interviews"][-1]["starts_at"] = "2026-05-12T13:30:00Z"
    [read_loop], _ = read(loop)
    assert [each.id for each in read_loop.interviews] == ["901", "902", "901-2"]


def test_an_awaited_scorecard_is_a_seat_without_submission():
    [loop], _ = read(a_loop())
    assert loop.interviews[1].seats[0].submission is None


def test_notes_of_a_scorecard_not_handed_in_are_named_and_left_out():
    [loop], log = read(at("/interviews/0/status", "awaiting_scorecard"))
    assert loop.interviews[0].seats[0].submission is None
    assert list(log.left_out) == ["/interviews/0: the notes of a scorecard not handed in yet"]


def test_optional_values_may_be_absent_or_null():
    loop = a_loop()
    for name in ("notes", "ratings", "flags", "recommendation", "summary", "follow_up"):
        loop["interviews"][0][name] = None
        loop["interviews"][1].pop(name)
    for name in ("current_title", "current_company"):
        loop["candidate"][name] = None
    assert faults(loop) == {}


def test_a_card_without_submission_time_was_submitted_when_last_changed():
    [loop], log = read(at("/interviews/0/submitted_at", None))
    assert not log.faults
    assert loop.interviews[0].seats[0].submission.submitted_at.hour == 15


def test_unknown_keys_are_named_with_how_often():
    loop = at("/interviews/0/mood", "fine")
    loop["interviews"][1]["mood"] = 3
    loop["candidate"]["shoe_size"] = None
    loop["interviews"][0]["notes"][2]["x/y"] = []
    [_], log = read(loop)
    assert log.left_out == {
        "unknown key /interviews/*/mood": 2,
        "unknown key /candidate/shoe_size": 1,
        "unknown key /interviews/*/notes/*/x~1y": 1,
    }


def test_people_are_known_by_address_in_one_spelling_and_names_are_composed():
    loop = at(
        "/interviews/0/interviewer", {"name": " Zoe\u0308 Ng", "email": "ZOË.Ng@Lumenta.example"}
    )
    loop["interviews"][2]["interviewer"]["email"] = "zoe\u0308.ng@lumenta.EXAMPLE"
    [read_loop], _ = read(loop)
    first, *_, last = read_loop.people
    assert first.email == last.email == "zoë.ng@lumenta.example"
    assert first.name == "Zoë Ng"


def test_a_signal_brings_its_dimension_where_none_is_given():
    loop = at("/interviews/0/notes/1/dimension", GONE)
    [read_loop], log = read(loop)
    assert not log.faults
    assert read_loop.interviews[0].seats[0].submission.card.notes[1].dimension == "tradeoffs"


def test_markup_in_a_note_is_text():
    text = "<script>alert(1)</script> & <b>bold</b>"
    [loop], _ = read(at("/interviews/0/notes/0/text", text))
    assert loop.interviews[0].seats[0].submission.card.notes[0].text == text


# --- faults, one at a time -------------------------------------------------------------------
ONE_FAULT = [
    ("/format", "loops", "loops is not one of interview-loop"),
    ("/format", GONE, "is missing"),
    ("/version", 2, "must be the number 1, not 2"),
    ("/version", True, "must be the number 1, not True"),
    ("/version", "1", "must be the number 1, not 1"),
    ("/opening", GONE, "is missing"),
    ("/opening", [], "must be an object, not a list"),
    ("/opening/id", 15, "must be text, not a number"),
    ("/opening/id", " ", "is empty"),
    ("/opening/title", "x" * 201, "is too long: 201 characters, at most 200"),
    ("/opening/level", "seniro", "seniro is not a level of the rubric; nearest known: senior"),
    ("/opening/rounds", "ml-coding", "must be a list, not text"),
    ("/opening/rounds", None, "is missing"),
    ("/opening/rounds/1", "ml-codign", "nearest known: ml-coding"),
    ("/opening/rounds/1", 3, "must be text, not a number"),
    ("/candidate", None, "is missing"),
    ("/candidate/email", GONE, "is missing"),
    ("/candidate/email", "", "is empty"),
    ("/candidate/email", "noor at mailbox", "is not an e-mail address: noor at mailbox"),
    ("/candidate/email", "@", "is not an e-mail address: @"),
    ("/candidate/email", "a@" + "b" * 253, "is too long"),
    ("/candidate/name", "Noor\nExample", "holds a control character"),
    ("/interviews", [], "is empty: a loop has at least one interview"),
    ("/interviews", {}, "must be a list, not an object"),
    ("/interviews", GONE, "is missing"),
    ("/interviews/2", "902", "must be an object, not text"),
    ("/interviews/2/id", "901", "is the id of /interviews/0 already"),
    ("/interviews/2/id", None, "is missing"),
    ("/interviews/0/round", "phone-screen", "is not a round of the rubric"),
    ("/interviews/1/round", "behavioral", "differs from that of interview 901"),
    ("/interviews/0/status", "done", "done is not one of complete, awaiting_scorecard"),
    ("/interviews/0/status", GONE, "is missing"),
    ("/interviews/0/interviewer", "Ada", "must be an object, not text"),
    ("/interviews/0/interviewer/email", GONE, "is missing"),
    ("/interviews/0/interviewer/name", "", "is empty"),
    ("/interviews/0/interviewer/role", "lead", "lead is not one of interviewer, shadow"),
    ("/interviews/0/submitted_by", {"name": "Jo"}, None),
    ("/interviews/2/starts_at", "2026-05-13T08:00:00", "has no time zone"),
    ("/interviews/2/starts_at", "2026-05-13", "is not a time like"),
    ("/interviews/2/starts_at", "2026-02-30T08:00:00Z", "is no time of this calendar"),
    ("/interviews/2/starts_at", "0001-01-01T00:00:00+14:00", "is no time of this calendar"),
    ("/interviews/2/starts_at", 1778662800, "must be text, not a number"),
    ("/interviews/2/ends_at", "2026-05-13T07:59:59Z", "ends before it starts"),
    ("/interviews/2/ends_at", "2026-05-13T10:00:00+02:00", "ends as it starts"),
    ("/interviews/2/ends_at", GONE, "is missing"),
    ("/interviews/0/notes", {}, "must be a list, not an object"),
    ("/interviews/0/notes/1", None, "must be an object, not null"),
    ("/interviews/0/notes/1/at_seconds", -1, "is -1, but must be 0 or more"),
    ("/interviews/0/notes/1/at_seconds", 1.5, "must be a whole number, not a number (1.5)"),
    ("/interviews/0/notes/1/at_seconds", 2**31, "is 2147483648, but must be from 0 to 2147483647"),
    ("/interviews/0/notes/1/at_seconds", None, "must be a whole number, not null"),
    ("/interviews/0/notes/1/at_seconds", GONE, "is missing"),
    ("/interviews/0/notes/1/kind", "rumour", "rumour is not one of observation, quote, probe"),
    ("/interviews/0/notes/1/text", "", "is empty"),
    ("/interviews/0/notes/1/text", "x" * 200_001, "is too long: 200001 characters"),
    ("/interviews/0/notes/1/text", ["x"], "must be text, not a list"),
    ("/interviews/0/notes/1/stage", "model", "nearest known: model-choice"),
    ("/interviews/0/notes/1/probe", "push-back", "nearest known: pushback"),
    ("/interviews/0/notes/1/signal", "premature_complexity", "nearest known: premature-complexity"),
    ("/interviews/0/notes/1/dimension", "depth", "is a signal of tradeoffs"),
    ("/interviews/0/ratings", [], "must be an object, not a list"),
    ("/interviews/0/ratings/trade-offs", {"rating": 1}, "nearest known: tradeoffs"),
    ("/interviews/0/ratings/tradeoffs", 3, "must be an object, not a number"),
    ("/interviews/0/ratings/tradeoffs/rating", 7, "is 7, but must be from 1 to 4"),
    ("/interviews/0/ratings/tradeoffs/rating", 0, "is 0, but must be from 1 to 4"),
    ("/interviews/0/ratings/tradeoffs/rating", True, "must be a whole number, not true or false"),
    ("/interviews/0/ratings/tradeoffs/rating", 3.0, "must be a whole number, not a number (3.0)"),
    ("/interviews/0/ratings/tradeoffs/rating", "3", "must be a whole number, not text"),
    ("/interviews/0/ratings/tradeoffs/rating", GONE, "is missing"),
    ("/interviews/0/ratings/tradeoffs/note_indices/1", 3, "is 3, but there are 3 notes"),
    ("/interviews/0/ratings/tradeoffs/note_indices/1", -1, "is -1, but there are 3 notes"),
    ("/interviews/0/ratings/tradeoffs/note_indices/1", True, "not true or false"),
    ("/interviews/0/flags/0/note_indices", 1, "must be a list, not a number"),
    ("/interviews/0/flags/0/severity", "grave", "grave is not one of concern, disqualifying"),
    ("/interviews/0/flags/0/signal", "explicit-tradeoffs", "is a strength: only a risk"),
    ("/interviews/0/flags/0/signal", "theory-showcase", "is a noise: only a risk"),
    ("/interviews/0/flags/0/signal", GONE, "is missing"),
    ("/interviews/0/correctness", "solved", "is for rounds with an exercise only: ml-coding"),
    (
        "/interviews/2/correctness",
        "nearly",
        "nearly is not one of not_solved, partly_solved, solved",
    ),
    ("/interviews/0/recommendation", "maybe", "maybe is not one of strong_no, no, yes, strong_yes"),
    ("/interviews/0/recommendation", "", None),
    ("/interviews/0/summary", 5, "must be text, not a number"),
]


@pytest.mark.parametrize(("pointer", "value", "what"), ONE_FAULT)
def test_a_fault_is_named_at_its_place_and_alone(pointer: str, value: Any, what: str | None):
    found = faults(at(pointer, value))
    if what is None:
        assert set(found) <= {f"{pointer}/email"}
    else:
        assert set(found) == {pointer}
        assert what in found[pointer]


def test_two_flags_for_one_signal_are_refused():
    loop = a_loop()
    flags = loop["interviews"][0]["flags"]
    flags.append(dict(flags[0]))
    assert faults(loop) == {
        "/interviews/0/flags/1/signal": "premature-complexity is flagged twice:"
        " put the notes in one flag"
    }


def test_an_unknown_id_that_is_near_to_nothing_gets_no_guess():
    assert faults(at("/interviews/0/round", "zzzzzz"))["/interviews/0/round"] == (
        "zzzzzz is not a round of the rubric"
    )


def test_a_candidate_is_not_their_own_interviewer_in_any_spelling():
    found = faults(at("/candidate/email", "ADA.Okoro@lumenta.example"))
    assert found == {
        "/interviews/0/interviewer/email": "ada.okoro@lumenta.example is the candidate of this loop"
    }
    typed = at("/interviews/0/submitted_by", {"name": "Noor", "email": "Noor@mailbox.example"})
    assert list(faults(typed)) == ["/interviews/0/submitted_by/email"]


def test_a_person_sits_in_an_interview_once():
    found = faults(at("/interviews/1/interviewer/email", "Ada.Okoro@lumenta.example"))
    [(pointer, what)] = found.items()
    assert pointer == "/interviews/1/interviewer/email"
    assert what == "ada.okoro@lumenta.example sits in this interview already"


def test_every_fault_of_a_file_is_named_not_only_the_first():
    loop = a_loop()
    for pointer, value in [
        ("/version", 3),
        ("/candidate/email", None),
        ("/interviews/0/notes/0/at_seconds", -5),
        ("/interviews/0/ratings/tradeoffs/rating", 7),
        ("/interviews/1/flags", 7),
        ("/interviews/2/interviewer/email", "nobody"),
    ]:
        at(pointer, value, loop)
    assert set(faults(loop)) == {
        "/version",
        "/candidate/email",
        "/interviews/0/notes/0/at_seconds",
        "/interviews/0/ratings/tradeoffs/rating",
        "/interviews/1/flags",
        "/interviews/2/interviewer/email",
    }


def test_an_answer_of_a_vendor_that_is_not_read_yet_is_called_by_its_name():
    ashby = {"success": True, "results": [], "moreDataAvailable": False}
    assert faults(ashby) == {"": "looks like an answer of Ashby, which is not read yet"}
    assert "Lever" in faults({"data": [], "hasNext": False})[""]
