"""Both formats whole, in either order, once and twice: the same people, interviews and cards."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from uuid import uuid5

import pytest
from django.db import transaction

from accounts.models import AuditEvent, Role, User
from ats.importing.card_contents import NOTES, same
from ats.importing.report import Report
from ats.importing.run import import_paths
from interviews.models import Candidate, Interview, Loop, Opening, Seat
from packets.models import PacketRequest
from rubric.models import RubricVersion
from scorecard.models import Flag, Note, Rating, Scorecard, ScorecardVersion
from tests.ats.files import (
    DEMO,
    EXPORT,
    a_loop,
    changes_anything,
    export_of,
    import_export,
    import_loop_file,
)

pytestmark = pytest.mark.django_db

COUNTED = (
    *(User, Opening, Candidate, Loop, Interview, Seat),
    *(Scorecard, ScorecardVersion, Note, Rating, Flag, AuditEvent),
)


@pytest.fixture(autouse=True)
def published(rubric: RubricVersion) -> RubricVersion:
    return rubric


def rows() -> dict[str, int]:
    return {model.__name__: model.objects.count() for model in COUNTED}


LEILA = 61200106  # five interviews, one scorecard awaited, a dimension not observed


def loops() -> Report:
    return import_paths([DEMO / "leila-antoun"])


def export() -> Report:
    return import_export(export_of(LEILA))


def card(seat: str) -> Scorecard:
    return Scorecard.objects.get(seat__external_id=seat)


def last(seat: str) -> ScorecardVersion:
    return card(seat).versions.latest("number")


# --- six loop files -----------------------------------------------------------------------------
def test_the_six_public_loops_import_whole_and_twice_adds_nothing():
    report = import_paths([DEMO])
    assert report.ok
    assert len(report.files) == 6
    assert rows() | {"AuditEvent": 0, "Rating": 0} == {
        "User": 12,
        "Opening": 1,
        "Candidate": 6,
        "Loop": 6,
        "Interview": 30,
        "Seat": 30,
        "Scorecard": 29,
        "ScorecardVersion": 29,
        "Note": 417,
        "Flag": 4,
        "Rating": 0,
        "AuditEvent": 0,
    }
    assert Rating.objects.filter(value__isnull=False).count() == 142
    assert Rating.objects.filter(not_observed=True).count() == 2
    before = rows()
    again = import_paths([DEMO, EXPORT])  # the export knows less of the same interviews
    assert again.ok
    assert not changes_anything(again)
    assert rows() == before


def test_facts_of_a_file_are_the_facts_of_the_rows():
    import_paths([DEMO / "viktor-desrosiers" / "loop.json"])
    design = Interview.objects.get(external_id="90310008")
    assert (design.round, design.starts_at) == (
        "ml-system-design",
        datetime(2026, 5, 18, 9, 0, tzinfo=UTC),
    )
    assert design.loop.candidate.name == "Viktor Desrosiers"
    assert design.loop.opening.title == "Senior ML Engineer, Risk"
    seat = design.seats.get()
    assert (seat.person.email, seat.role) == ("ravi.subramanian@lumenta.example", "lead")
    version = last("90310008")
    assert version.at == datetime(2026, 5, 18, 11, 15, tzinfo=UTC)
    assert (version.by, version.origin, version.number) == (seat.person, "submission", 1)
    assert version.card.recommendation == "no"
    [flag] = version.card.flags
    assert (flag.signal, flag.severity) == ("ignores-data-reality", "disqualifying")
    cited = [note.at_seconds for note in version.card.notes if note.id in flag.notes]
    assert cited == [880, 1025, 1130, 1310]  # 14:40, 17:05, 18:50, 21:50
    assert version.source == {
        "format": "neutral",
        "file": "viktor-desrosiers/loop.json",
        "updated_at": "2026-05-18T11:15:00+00:00",
    }


def test_a_rating_that_was_not_observed_keeps_its_reason_and_has_no_number():
    loops()
    rating = card("90310032").ratings.get(dimension="adaptability")
    assert (rating.value, rating.not_observed) == (None, True)
    assert rating.not_observed_reason == "I put no constraint to her, ran out of time."


def test_who_typed_a_card_in_is_recorded_and_is_not_its_author():
    import_paths([DEMO / "hannah-strand"])
    version = last("90310024")
    assert version.by.email == "beatriz.falcao@lumenta.example"
    assert version.source["submitted_by"] == {
        "name": "Jonah Pruitt",
        "email": "jonah.pruitt@lumenta.example",
    }
    assert not User.objects.filter(email="jonah.pruitt@lumenta.example").exists()


def test_an_awaited_scorecard_is_a_seat_that_is_due():
    loops()
    seat = Seat.objects.get(external_id="90310033")
    assert seat.person.name == "Ingrid Solheim"
    assert not Scorecard.objects.filter(seat=seat).exists()


def test_people_made_by_an_import_are_interviewers_without_a_password():
    loops()
    for person in User.objects.all():
        assert person.roles == [Role.INTERVIEWER]
        assert not person.has_usable_password()


def test_known_people_keep_their_name_and_roles():
    known = User.objects.create_user(
        "beatriz.falcao@lumenta.example", "Bea", roles=[Role.COMMITTEE]
    )
    loops()
    known.refresh_from_db()
    assert (known.name, known.roles) == ("Bea", [Role.COMMITTEE])
    assert Seat.objects.get(person=known).external_id == "90310032"


def test_ids_of_notes_are_the_same_in_every_installation():
    import_loop_file(a_loop())
    note = last("901").card.notes[0]
    assert note.id == str(uuid5(NOTES, "901/0")) == str(Note.objects.get(pk=note.id).pk)


def test_a_shadow_is_a_second_seat_in_the_same_interview():
    assert import_loop_file(a_loop()).ok
    seats = Seat.objects.filter(interview__external_id="901").order_by("role")
    assert [(seat.external_id, seat.role) for seat in seats] == [
        ("901", "lead"),
        ("901-shadow", "shadow"),
    ]
    assert card("901-shadow").recommendation == "strong_no"


def test_the_last_scorecard_of_a_loop_requests_its_packet_and_a_missing_one_does_not():
    loops()
    assert not PacketRequest.objects.exists()
    import_paths([DEMO / "hannah-strand"])
    assert PacketRequest.objects.get().loop.candidate.name == "Hannah Strand"


# --- the Greenhouse export ----------------------------------------------------------------------
def test_the_greenhouse_export_imports_whole():
    report = import_paths([EXPORT])
    assert report.ok
    assert len(report.files) == 1
    found = rows()
    assert (found["Candidate"], found["Interview"], found["Seat"]) == (6, 30, 30)
    assert (found["Scorecard"], found["ScorecardVersion"], found["Flag"]) == (29, 29, 4)
    assert (found["Note"], found["User"]) == (417, 12)
    assert Opening.objects.get().rounds == [
        *("ml-system-design", "applied-modeling", "ml-coding"),
        *("behavioral", "responsible-ai", "cross-functional"),
    ]
    assert not Note.objects.exclude(signal="").exists()
    assert not Note.objects.filter(text__contains="<p>").exists()


# --- both -----------------------------------------------------------------------------------------
def everything() -> dict[str, Any]:
    """All that two imports of the same interviews must agree on; versions are told apart."""
    return {
        "people": list(User.objects.order_by("email").values_list("email", "name", "roles")),
        "openings": list(Opening.objects.values_list("external_id", "title", "level", "rounds")),
        "candidates": list(
            Candidate.objects.order_by("external_id").values_list(
                "external_id", "name", "email", "current_title", "current_company"
            )
        ),
        "seats": list(
            Seat.objects.order_by("external_id").values_list(
                "external_id",
                "role",
                "person__email",
                "interview__external_id",
                "interview__round",
                "interview__starts_at",
                "interview__ends_at",
                "interview__loop__candidate__external_id",
            )
        ),
        "cards": {
            each.seat.external_id: (each.submitted_at, last(each.seat.external_id).content)
            for each in Scorecard.objects.select_related("seat")
        },
    }


def both(first: Callable[[], Report], second: Callable[[], Report]) -> dict[str, Any]:
    assert first().ok
    assert second().ok
    return everything()


def test_loops_then_export_adds_nothing():
    loops()
    before = rows()
    report = export()
    assert report.ok
    assert not changes_anything(report)
    assert rows() == before
    [file] = report.files
    [kept] = file.left_as_is
    assert kept == ("3 scorecards: leila-antoun/loop.json says more (90310032, 90310034, 90310036)")


def test_the_order_of_the_two_formats_does_not_matter():
    with transaction.atomic():
        one = both(loops, export)
        transaction.set_rollback(True)
    other = both(export, loops)
    assert one["cards"].keys() == {"90310032", "90310034", "90310035", "90310036"}
    for key in one:
        assert one[key] == other[key], key


def test_a_loop_file_after_the_export_adds_what_the_export_did_not_know():
    export()
    poorer = last("90310032").card
    assert Opening.objects.get().rounds == [
        *("ml-system-design", "applied-modeling", "ml-coding", "behavioral", "responsible-ai")
    ]
    loops()
    version = last("90310032")
    assert (version.number, version.origin) == (2, "import")
    assert version.reason == "Imported anew: leila-antoun/loop.json says more than scorecards.json"
    assert any(note.signal for note in version.card.notes)
    assert [note.id for note in poorer.notes] == [note.id for note in version.card.notes]
    assert not same(poorer, version.card)
    # Peter Vanterpool's three notes have no tags: both formats say the same of them.
    assert last("90310035").number == 1


@pytest.mark.parametrize("updated_at", ["2026-06-08T13:40:00Z", "2027-01-01T00:00:00Z"])
def test_the_plan_of_a_loop_file_stands_against_the_rounds_that_an_export_met(updated_at: str):
    values = export_of(LEILA)
    extra = values["scheduled_interviews.json"][2]
    extra["interview"]["name"] = "Cross-functional Partner"
    extra["id"] = 90319999
    values["scorecards.json"][1]["updated_at"] = updated_at
    import_export(values)
    assert "cross-functional" in Opening.objects.get().rounds
    loops()
    assert "cross-functional" not in Opening.objects.get().rounds
    import_export(values)
    assert "cross-functional" not in Opening.objects.get().rounds


@pytest.mark.parametrize("first", [loops, export])
def test_twice_adds_nothing(first: Callable[[], Report]):
    first()
    before, contents = rows(), everything()
    report = first()
    assert report.ok
    assert not changes_anything(report)
    assert rows() == before
    assert everything() == contents


def test_over_and_over_in_any_order_settles():
    export()
    loops()
    before = rows()
    for again in (export, loops, loops, export):
        assert not changes_anything(again())
    assert rows() == before


# --- the trail --------------------------------------------------------------------------
def test_one_line_in_the_trail_for_a_file_that_changed_something():
    import_loop_file(a_loop())
    [line] = AuditEvent.objects.filter(action="import")
    loop = Loop.objects.get()
    assert (line.stream, line.subject) == (f"loop:{loop.pk}", f"loop:{loop.pk}")
    assert line.detail["file"] == "loop.json"
    assert line.detail["created"] == (
        "1 opening, 1 candidate, 1 loop, 3 people, 2 interviews, 3 seats, 2 scorecards"
    )
    import_loop_file(a_loop())
    assert AuditEvent.objects.filter(action="import").count() == 1


def test_a_person_importing_is_named_in_the_trail():
    recruiter = User.objects.create_user("mei@lumenta.example", "Mei", roles=[Role.RECRUITER])
    import_loop_file(a_loop(), by=recruiter)
    assert AuditEvent.objects.get(action="import").actor == recruiter


def test_a_dry_run_reports_the_same_and_stores_nothing():
    before = rows()
    paths = [DEMO / "leila-antoun", DEMO / "hannah-strand"]
    dry = import_paths(paths, dry_run=True)
    assert rows() == before
    wet = import_paths(paths)
    assert dry.lines == wet.lines
    assert changes_anything(dry)
