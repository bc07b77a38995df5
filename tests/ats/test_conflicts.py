"""What contradicts the rows that are here is refused, by its place, and changes nothing."""

from typing import Any

import pytest

from accounts.models import Role, User
from interviews.models import Candidate, CommitteeSeat, Interview, Loop, Opening, Seat
from rubric.models import RubricVersion
from scorecard.models import Scorecard
from tests.ats.files import (
    a_loop,
    changes_anything,
    export_of,
    import_export,
    import_files,
    import_loop_file,
    source,
)
from tests.people import MONDAY, seat_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def published(rubric: RubricVersion) -> RubricVersion:
    return rubric


def state() -> list[Any]:
    tables = (User, Opening, Candidate, Loop, Interview, Seat, Scorecard)
    return [list(model.objects.order_by("pk").values()) for model in tables]


def refused(loop: Any, **how: Any) -> dict[str, str]:
    """The faults of importing it, by pointer; and that nothing changed."""
    before = state()
    report = import_loop_file(loop, **how)
    assert not report.ok
    assert state() == before
    assert not report.files[0].created
    assert not report.files[0].updated
    return {fault.place.pointer: fault.what for fault in report.faults}


def other_loop() -> Any:
    loop = a_loop()
    loop["candidate"] = {"id": "311", "name": "Una Two", "email": "una@mailbox.example"}
    for each in loop["interviews"]:
        each["id"] = f"8{each['id']}"
    return loop


def test_two_candidates_under_one_id():
    import_loop_file(a_loop())
    loop = other_loop()
    loop["candidate"]["id"] = "310"
    assert refused(loop) == {
        "/candidate/id": "310 is Noor Example <noor@mailbox.example> here,"
        " but una@mailbox.example in the file: correct whichever is wrong, or merge the two in the"
        " ATS"
    }


def test_two_candidates_under_one_id_in_two_files_of_one_run():
    loop = other_loop()
    loop["candidate"]["id"] = "310"
    for dry_run in (True, False):
        report = import_files([source("a", a_loop()), source("b", loop)], dry_run=dry_run)
        assert [bool(each.faults) for each in report.files] == [False, True]
        assert [str(each.place) for each in report.faults] == ["b: /candidate/id"]


def test_one_address_under_two_candidate_ids_names_both_and_the_remedy():
    import_loop_file(a_loop())
    loop = other_loop()
    loop["candidate"]["email"] = "NOOR@mailbox.example"
    [(pointer, what)] = refused(loop).items()
    assert pointer == "/candidate/id"
    assert "noor@mailbox.example is candidate 310 here, but 311 in the file" in what
    assert "merge" in what


def test_one_candidate_in_another_spelling_is_the_same():
    loop = a_loop()
    loop["candidate"] |= {"name": "Noe\u0308l", "email": "Noe\u0308l@Mailbox.example"}
    assert import_loop_file(loop).ok
    loop["candidate"] |= {"name": "Noël", "email": "noël@mailbox.EXAMPLE"}
    again = import_loop_file(loop)
    assert again.ok
    assert not changes_anything(again)
    assert Candidate.objects.get().email == "noël@mailbox.example"


def test_one_interviewer_in_two_spellings_is_one_person():
    loop = a_loop()
    loop["interviews"][2]["interviewer"] = {"name": "ADA", "email": " ADA.OKORO@Lumenta.Example"}
    assert import_loop_file(loop).ok
    assert User.objects.filter(email="ada.okoro@lumenta.example").count() == 1
    assert User.objects.count() == 2


def test_a_candidate_whose_account_interviews_them():
    account = User.objects.create_user("ada.okoro@lumenta.example", "Ada Okoro")
    Candidate.objects.create(
        external_id="310", name="Noor", email="noor@mailbox.example", account=account
    )
    assert set(refused(a_loop())) == {
        "/interviews/0/interviewer/email",
    }


def test_an_interview_of_another_loop():
    import_loop_file(a_loop())
    loop = other_loop()
    loop["interviews"][2]["id"] = "902"
    assert refused(loop) == {"/interviews/2/id": "902 is an interview of another loop here"}


def test_another_round_for_an_interview_with_a_scorecard():
    import_loop_file(a_loop())
    loop = a_loop()
    loop["interviews"][0]["round"] = loop["interviews"][1]["round"] = "behavioral"
    [(pointer, what)] = refused(loop).items()
    assert pointer == "/interviews/0/round"
    assert what.startswith("is behavioral, but ml-system-design here")


def test_another_person_in_a_seat_with_a_scorecard():
    import_loop_file(a_loop())
    loop = a_loop()
    loop["interviews"][0]["interviewer"]["email"] = "cy@lumenta.example"
    assert refused(loop) == {
        "/interviews/0/interviewer/email": "is cy@lumenta.example,"
        " but ada.okoro@lumenta.example has a scorecard for it here"
    }


def test_a_second_leader_for_one_interview():
    import_loop_file(a_loop())
    Seat.objects.filter(external_id="901").update(external_id=None)
    loop = a_loop()
    loop["interviews"][0]["interviewer"]["email"] = "cy@lumenta.example"
    [(pointer, what)] = refused(loop).items()
    assert pointer == "/interviews/0/interviewer/email"
    assert what == "is cy@lumenta.example, but ada.okoro@lumenta.example leads it here"


def test_a_seat_id_that_belongs_to_another_interview():
    import_loop_file(a_loop())
    elsewhere = Interview.objects.create(
        loop=Loop.objects.get(), round="behavioral", day=MONDAY.date()
    )
    Seat.objects.filter(external_id="902").update(interview=elsewhere)
    assert refused(a_loop()) == {"/interviews/2/id": "902 is a seat in another interview here"}


def test_all_conflicts_of_a_file_are_named():
    import_loop_file(a_loop())
    loop = a_loop()
    loop["candidate"]["email"] = "una@mailbox.example"
    loop["interviews"][0]["round"] = loop["interviews"][1]["round"] = "behavioral"
    loop["interviews"][1]["interviewer"]["email"] = "cy@lumenta.example"
    assert set(refused(loop)) == {
        "/candidate/id",
        "/interviews/0/round",
        "/interviews/1/interviewer/email",
    }


def test_a_file_is_refused_whole_for_one_fault_and_others_are_not():
    bad = a_loop()
    bad["interviews"][2]["ends_at"] = "2026-05-13T07:00:00Z"
    report = import_files([source("bad.json", bad), source("good.json", other_loop())])
    assert [str(fault) for fault in report.faults] == [
        "bad.json: /interviews/2/ends_at: ends before it starts (2026-05-13T08:00:00Z)"
    ]
    assert Candidate.objects.get().external_id == "311"


def test_the_five_files_are_one_unit():
    values = export_of(61200106)
    import_loop_file(a_loop())
    Interview.objects.filter(external_id="902").update(external_id="90310036")
    before = state()
    report = import_export(values)
    assert [str(fault) for fault in report.faults] == [
        "scheduled_interviews.json: /5/id: 90310036 is an interview of another loop here"
    ]
    assert state() == before


# --- who imports ---------------------------------------------------------------------
def recruiter(email: str = "mei@lumenta.example") -> User:
    return User.objects.create_user(email, "Mei", roles=[Role.RECRUITER])


def test_nobody_imports_their_own_loop():
    mine = recruiter("noor@mailbox.example")
    assert refused(a_loop(), by=mine) == {
        "/candidate/id": "is a loop that somebody else has to import"
    }


def test_who_is_recused_does_not_import_the_loop():
    import_loop_file(a_loop())
    mei = recruiter()
    assert import_loop_file(a_loop(), by=mei).ok
    CommitteeSeat.objects.create(
        loop=Loop.objects.get(), person=mei, recused_at=MONDAY, recusal_reason="Friends"
    )
    assert set(refused(a_loop(), by=mei)) == {"/candidate/id"}
    seat_in(Loop.objects.get(), mei)  # so that she knows of it all the same
    assert set(refused(a_loop(), by=mei)) == {"/candidate/id"}
