"""What is wrong with a Greenhouse export, named by its file and pointer; none is lost quietly."""

from typing import Any

import pytest

from tests.ats.files import an_export, export_faults
from tests.ats.greenhouse import answer

SCHEDULED = "scheduled_interviews.json"
GONE = object()
FAULTS = [
    ("jobs.json", "/0/name", None, "is missing"),
    ("jobs.json", "/0/keyed_custom_fields/level/value", "Principal", "is not a level"),
    ("candidates.json", "/0/email_addresses", [], "is empty: a candidate needs an e-mail"),
    ("candidates.json", "/0/email_addresses", None, "is empty: a candidate needs an e-mail"),
    ("candidates.json", "/0/email_addresses/0/value", "nobody", "is not an e-mail address"),
    ("candidates.json", "/0/first_name", 3, "must be text, not a number"),
    ("candidates.json", "/1/id", 61200101, "61200101 is the id of /0 already"),
    ("applications.json", "/0/candidate_id", 1, "1 is not in candidates.json"),
    ("applications.json", "/0/jobs", [], "names no job"),
    ("applications.json", "/0/jobs/0/id", 2, "2 is not in jobs.json"),
    (SCHEDULED, "/1/application_id", 3, "3 is not in applications.json"),
    (SCHEDULED, "/1/id", "x", "must be a whole number, not text"),
    (SCHEDULED, "/1/id", True, "must be a whole number, not true or false"),
    (SCHEDULED, "/1/start/date_time", "2026-05-12T13:00:00", "has no time zone"),
    (SCHEDULED, "/1/end/date_time", "2026-05-12T12:00:00Z", "ends before it starts"),
    (SCHEDULED, "/1/start", {}, "is missing"),
    (SCHEDULED, "/1/end", None, "is missing"),
    (SCHEDULED, "/1/interviewers/0/email", None, "is missing"),
    (SCHEDULED, "/1/interviewers/0/email", GONE, "is missing"),
    (SCHEDULED, "/1/interviewers/0/scorecard_id", 77, "77 is not in scorecards.json"),
    (SCHEDULED, "/1/interviewers/0/scorecard_id", 55410003, "is a scorecard of"),
    (SCHEDULED, "/1/status", None, "is missing"),
    ("scorecards.json", "/1/attributes/2/rating", "great", "great is not one of"),
    ("scorecards.json", "/1/attributes/2/rating", 7, "must be text, not a number"),
    ("scorecards.json", "/1/attributes/4/name", "Decomposition", "is rated already"),
    ("scorecards.json", "/1/overall_recommendation", "hire", "hire is not one of"),
    ("scorecards.json", "/1/submitted_at", "yesterday", "is not a time like"),
    ("scorecards.json", "/1/questions/1/answer", 5, "must be text, not a number"),
    ("scorecards.json", "/1/questions", {}, "must be a list, not an object"),
    ("scorecards.json", "/1/interviewer/id", 88102, None),
    ("scorecards.json", "/2/id", 55410002, "is the id of /1 already"),
]


def put(values: Any, file: str, pointer: str, value: Any) -> Any:
    *way, last = pointer.strip("/").split("/")
    inside = values[file]
    for step in way:
        inside = inside[int(step) if isinstance(inside, list) else step]
    key: Any = int(last) if isinstance(inside, list) else last
    if value is GONE:
        del inside[key]
    else:
        inside[key] = value
    return values


@pytest.mark.parametrize(("file", "pointer", "value", "what"), FAULTS)
def test_a_fault_is_named_by_file_and_pointer(
    file: str, pointer: str, value: Any, what: str | None
):
    found = export_faults(put(an_export(), file, pointer, value))
    if what is None:
        assert list(found.values()) == ["is a scorecard of interviewer 88102"]
    else:
        place = "/1/start/date_time" if pointer == "/1/start" else pointer
        assert what in found[f"{file}:{place}"], found


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("premature-complexty (concern) at 02:05: x", "nearest known: premature-complexity"),
        ("explicit-tradeoffs (concern) at 02:05: x", "is a strength: only a risk can be flagged"),
        ("premature-complexity (grave) at 02:05: x", "grave is not one of concern, disqualifying"),
        ("she never mentioned data", "is not of the form"),
    ],
)
def test_a_flag_that_cannot_be_read_is_a_fault_and_never_lost(text: str, what: str):
    found = export_faults(answer(an_export(), "Red flags", text))
    assert list(found) == ["scorecards.json:/1/questions/3/answer"]
    assert what in found["scorecards.json:/1/questions/3/answer"]


def test_an_unreadable_role_is_a_fault_since_a_shadows_card_counts_for_nothing():
    found = export_faults(answer(an_export(), "Your role", "Reverse shadow"))
    assert found == {
        "scorecards.json:/1/questions/2/answer": "must be Interviewer or Shadow, not Reverse shadow"
    }


def test_a_candidate_is_not_their_own_interviewer():
    values = an_export()
    values["candidates.json"][0]["email_addresses"].append(
        {"value": "Dana.Whitcomb@lumenta.example", "type": "work"}
    )
    [(place, what)] = export_faults(values).items()
    assert place == f"{SCHEDULED}:/1/interviewers/0/email"
    assert what == "dana.whitcomb@lumenta.example is the candidate of this loop"


def test_two_candidates_of_one_address_are_refused_by_both_ids():
    values = an_export()
    values["candidates.json"][1]["email_addresses"][0]["value"] = "AMARA.lindqvist@mailbox.example"
    [(place, what)] = export_faults(values).items()
    assert place == "candidates.json:/1/id"
    assert what.startswith("61200102 has the e-mail address of candidate 61200101: merge")


def test_one_person_id_with_two_addresses_is_refused():
    values = an_export()
    values[SCHEDULED][8]["interviewers"][0] |= {"id": 88101}
    assert "person 88101 is dana.whitcomb@lumenta.example elsewhere" in " ".join(
        export_faults(values).values()
    )


def test_a_file_that_is_missing_empty_or_no_list():
    values = an_export()
    del values["jobs.json"]
    assert export_faults(values) == {"jobs.json:": "is missing: an export is five files"}
    assert export_faults(an_export() | {"jobs.json": {}}) == {
        "jobs.json:": "must be a list, not an object",
        "applications.json:/0/jobs/0/id": "4471001 is not in jobs.json",
    } | {f"applications.json:/{n}/jobs/0/id": "4471001 is not in jobs.json" for n in range(1, 6)}
    assert export_faults(an_export() | {SCHEDULED: []}) == {f"{SCHEDULED}:": "is an empty list"}
    found = export_faults(an_export() | {"scorecards.json": b"[{"})
    assert list(found) == ["scorecards.json:"]
    assert "cut off" in found["scorecards.json:"]


def test_losing_the_scorecards_of_complete_interviews_is_no_quiet_loss():
    found = export_faults(an_export() | {"scorecards.json": []})
    assert len(found) == 29
    assert (
        "though the interview is complete" in found[f"{SCHEDULED}:/1/interviewers/0/scorecard_id"]
    )


def test_all_faults_of_all_five_files_are_named():
    values = an_export()
    for file, pointer, value in [
        ("jobs.json", "/0/name", ""),
        ("candidates.json", "/2/email_addresses", []),
        (SCHEDULED, "/1/interviewers/0/email", None),
        (SCHEDULED, "/2/end/date_time", "2026-05-12T12:00:00Z"),
        ("scorecards.json", "/1/attributes/2/rating", "great"),
        ("scorecards.json", "/7/overall_recommendation", 4),
    ]:
        put(values, file, pointer, value)
    assert set(export_faults(values)) == {
        "jobs.json:/0/name",
        "candidates.json:/2/email_addresses",
        f"{SCHEDULED}:/1/interviewers/0/email",
        f"{SCHEDULED}:/2/end/date_time",
        "scorecards.json:/1/attributes/2/rating",
        "scorecards.json:/7/overall_recommendation",
    }
