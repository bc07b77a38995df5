"""What a further file may change: newer ones add versions, and nobody's own writing is touched."""

from typing import Any

import pytest

from accounts.models import User
from ats.importing.report import Report
from ats.importing.run import import_paths
from interviews.models import Candidate, Interview, Loop, Opening, Seat
from packets import build_jobs
from packets.models import Packet, PacketRequest
from rubric.models import RubricVersion
from scorecard import submission
from scorecard.content import CardContent, NoteContent
from scorecard.models import Scorecard, ScorecardVersion
from tests.ats.files import (
    DEMO,
    a_loop,
    changes_anything,
    export_of,
    import_export,
    import_loop_file,
)
from tests.people import MONDAY, make_loop

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def published(rubric: RubricVersion) -> RubricVersion:
    return rubric


def card(seat: str = "901") -> Scorecard:
    return Scorecard.objects.get(seat__external_id=seat)


def versions(seat: str = "901") -> list[ScorecardVersion]:
    return list(card(seat).versions.order_by("number"))


def changed(updated_at: str | None = None, **values: Any) -> Any:
    """The loop with other values in its first interview."""
    loop = a_loop()
    loop["interviews"][0] |= values
    if updated_at:
        loop["interviews"][0]["updated_at"] = updated_at
    return loop


def kept(report: Report) -> list[str]:
    return report.files[0].left_as_is


# --- the same card again -------------------------------------------------------------
def test_a_newer_file_adds_a_version_with_a_reason():
    import_loop_file(a_loop())
    report = import_loop_file(changed("2026-05-13T10:00:00Z", recommendation="no"))
    first, second = versions()
    assert (first.card.recommendation, second.card.recommendation) == ("yes", "no")
    assert (second.origin, second.by) == ("import", card().author)
    assert second.reason == "Imported anew: the file was changed at 2026-05-13 10:00 UTC"
    assert report.files[0].summary.startswith("created 1 version; unchanged")
    assert card().state == Scorecard.State.SUBMITTED
    again = import_loop_file(changed("2026-05-13T10:00:00Z", recommendation="no"))
    assert not changes_anything(again)


def test_an_older_file_leaves_the_card_alone_and_says_so():
    import_loop_file(changed("2026-05-13T10:00:00Z", recommendation="no"))
    report = import_loop_file(a_loop())
    assert len(versions()) == 1
    assert kept(report) == ["1 scorecard: loop.json is newer (901)"]
    assert not changes_anything(report)
    assert report.ok


def test_another_content_at_the_same_time_leaves_the_card_alone():
    import_loop_file(a_loop())
    report = import_loop_file(changed(recommendation="no"))
    assert len(versions()) == 1
    assert kept(report) == ["1 scorecard: loop.json is of the same time and came first (901)"]


def test_a_later_file_that_says_the_same_adds_nothing():
    import_loop_file(a_loop())
    assert not changes_anything(import_loop_file(changed("2026-06-01T00:00:00Z")))


def test_an_awaited_scorecard_comes_in_with_a_later_file():
    loop = a_loop()
    import_loop_file(loop)
    loop["interviews"][2] |= {
        "status": "complete",
        "correctness": "solved",
        "recommendation": "yes",
        "submitted_at": "2026-05-13T09:00:00Z",
    }
    report = import_loop_file(loop)
    assert report.files[0].summary.startswith("created 1 scorecard; unchanged")
    assert card("902").correctness == "solved"


def test_an_awaited_scorecard_in_an_older_file_takes_nothing_away():
    import_loop_file(a_loop())
    loop = changed(status="awaiting_scorecard", submitted_at=None)
    assert not changes_anything(import_loop_file(loop))
    assert card().state == Scorecard.State.SUBMITTED


def test_a_newer_export_changes_what_it_knows_and_keeps_the_tags():
    import_paths([DEMO / "leila-antoun"])
    before = versions("90310032")[-1].card
    values = export_of(61200106)
    mine = next(each for each in values["scorecards.json"] if each["id"] == 55410032)
    mine["updated_at"] = "2026-06-20T08:00:00Z"
    mine["overall_recommendation"] = "no"
    import_export(values)
    after = versions("90310032")[-1].card
    assert (before.recommendation, after.recommendation) == ("yes", "no")
    assert after.notes == before.notes
    assert set(after.ratings) == set(before.ratings)


# --- what people wrote here ----------------------------------------------------------
def seat_here(person: User | None = None) -> Seat:
    """The seat of the loop file, made in the product before any import."""
    opening = Opening.objects.create(external_id="15", title="ML Engineer", level="mid")
    candidate = Candidate.objects.create(name="Noor Example", email="noor@mailbox.example")
    loop = Loop.objects.create(opening=opening, candidate=candidate)
    person = person or User.objects.create_user("ada.okoro@lumenta.example", "Ada Okoro")
    interview = Interview.objects.create(
        loop=loop, external_id="901", round="ml-system-design", day=MONDAY.date()
    )
    return Seat.objects.create(interview=interview, person=person)


def card_here(seat: Seat, content: CardContent) -> Scorecard:
    made = Scorecard.objects.create(seat=seat, rubric_version=RubricVersion.objects.current())
    submission.write_content(made, content)
    return made


NOTE = NoteContent("11111111-1111-4111-8111-111111111111", 5, "quote", "“why?”")


def test_a_card_begun_here_is_never_overwritten():
    mine = card_here(seat_here(), CardContent(notes=(NOTE,)))
    report = import_loop_file(a_loop())
    assert report.ok
    assert kept(report) == ["1 scorecard: Ada Okoro has begun it here (901)"]
    mine.refresh_from_db()
    assert mine.state == Scorecard.State.DRAFT
    assert submission.read_content(mine).notes == (NOTE,)


def test_a_card_handed_in_here_is_never_overwritten():
    mine = card_here(seat_here(), CardContent(notes=(NOTE,)))
    submission.submit(mine, mine.author)
    report = import_loop_file(changed("2030-01-01T00:00:00Z"))
    assert kept(report) == ["1 scorecard: Ada Okoro wrote it here (901)"]
    assert mine.versions.count() == 1


def test_an_imported_card_amended_here_is_never_overwritten():
    import_loop_file(a_loop())
    submission.begin_amendment(card(), card().author)
    report = import_loop_file(changed("2030-01-01T00:00:00Z", summary="x"))
    assert kept(report) == ["1 scorecard: it is being amended here (901)"]
    submission.submit(card(), card().author, reason="I was wrong")
    report = import_loop_file(changed("2030-01-01T00:00:00Z", summary="x"))
    assert kept(report) == ["1 scorecard: Ada Okoro wrote it here (901)"]
    assert len(versions()) == 2


def test_a_card_opened_here_and_left_empty_is_filled():
    card_here(seat_here(), CardContent())
    import_loop_file(a_loop())
    [version] = versions()
    assert version.card.recommendation == "yes"


def test_rows_made_here_are_taken_up_and_get_the_ids_of_the_file():
    seat = seat_here()
    report = import_loop_file(a_loop())
    assert report.ok
    assert Candidate.objects.get().external_id == "310"
    seat.refresh_from_db()
    assert seat.external_id == "901"
    assert Loop.objects.count() == Opening.objects.count() == 1
    assert User.objects.filter(email="ada.okoro@lumenta.example").count() == 1
    interview = Interview.objects.get(external_id="901")
    assert interview.day is None
    assert interview.starts_at is not None


# --- changes after submission --------------------------------------------------------
BO = {"name": "Bo Rekker", "email": "bo.rekker@lumenta.example"}
REVISIONS = [
    {
        "at": "2026-05-13T09:00:00Z",
        "by": BO,
        "changes": [{"field": "ratings.tradeoffs.rating", "from": 1, "to": 2}],
    },
    {
        "at": "2026-05-14T09:00:00Z",
        "by": {"name": "Ada Okoro", "email": "Ada.Okoro@lumenta.example"},
        "changes": [
            {"field": "ratings.tradeoffs.rating", "from": 2, "to": 3},
            {"field": "recommendation", "from": "strong_no", "to": "yes"},
        ],
    },
]


def tradeoffs(version: ScorecardVersion) -> int | None:
    return {each.dimension: each.value for each in version.card.ratings}["tradeoffs"]


def test_revisions_become_versions_by_their_person_at_their_time():
    report = import_loop_file(changed(revisions=REVISIONS))
    assert report.ok
    found = versions()
    assert [tradeoffs(each) for each in found] == [1, 2, 3]
    assert [each.card.recommendation for each in found] == ["strong_no", "strong_no", "yes"]
    assert [each.by.name for each in found] == ["Ada Okoro", "Bo Rekker", "Ada Okoro"]
    assert [each.origin for each in found] == ["submission", "amendment", "amendment"]
    assert [f"{each.at:%d %H:%M}" for each in found] == ["12 15:24", "13 09:00", "14 09:00"]
    assert found[2].reason == (
        "Changed after submission in the imported file: ratings.tradeoffs.rating, recommendation"
    )
    assert [each.id for each in found[0].card.notes] == [each.id for each in found[2].card.notes]
    assert card().submitted_at == found[0].at
    assert report.files[0].summary.startswith("created 1 opening, 1 candidate, 1 loop, 4 people")
    assert "2 scorecards, 2 versions" in report.files[0].summary


def test_revisions_twice_add_nothing():
    import_loop_file(changed(revisions=REVISIONS))
    assert not changes_anything(import_loop_file(changed(revisions=REVISIONS)))


def test_only_the_revisions_since_the_last_import_are_added():
    early = changed(recommendation="strong_no")
    early["interviews"][0]["ratings"]["tradeoffs"]["rating"] = 1
    import_loop_file(early)
    import_loop_file(changed(revisions=REVISIONS))
    assert [tradeoffs(each) for each in versions()] == [1, 2, 3]
    assert [each.origin for each in versions()] == ["submission", "amendment", "amendment"]


def test_an_amender_has_seen_the_cards_that_were_in_by_then():
    loop = changed(revisions=REVISIONS)
    late = loop["interviews"][2]
    late |= {"status": "complete", "submitted_at": "2026-05-13T12:00:00Z", "recommendation": "no"}
    import_loop_file(loop)
    # Ada's revision of the 14th: the coding card was in; the shadow's counts for nothing.
    assert [each.seen_others for each in versions()][2] == 1


# --- schedules, people, names --------------------------------------------------------
def test_a_newer_file_moves_an_interview_and_an_older_one_does_not():
    import_loop_file(a_loop())
    moved = changed("2026-06-01T00:00:00Z", ends_at="2026-05-12T14:30:00Z")
    moved["interviews"][1]["ends_at"] = "2026-05-12T14:30:00Z"
    report = import_loop_file(moved)
    assert report.files[0].what_changed == ["interview 901: ends at"]
    # An older file that is told again leaves the newer times.
    import_loop_file(
        changed(
            "2026-06-01T00:00:00Z", summary="newer still", ends_at=moved["interviews"][0]["ends_at"]
        )
    )
    report = import_loop_file(a_loop())
    assert Interview.objects.get(external_id="901").ends_at.minute == 30


def test_an_interview_cancelled_here_stays_cancelled_and_keeps_its_scorecard():
    import_loop_file(a_loop())
    Interview.objects.filter(external_id="901").update(cancelled_at=MONDAY)
    report = import_loop_file(changed("2026-06-01T00:00:00Z", summary="x"))
    assert kept(report) == ["1 interview: cancelled here (901)"]
    assert Interview.objects.get(external_id="901").cancelled_at == MONDAY
    assert len(versions()) == 2


def test_an_all_day_event_is_stored_by_its_day():
    values = export_of(61200106)
    event = values["scheduled_interviews.json"][1]
    event |= {"start": {"date": "2026-06-08"}, "end": {"date": "2026-06-09"}}
    assert import_export(values).ok
    interview = Interview.objects.get(external_id="90310032")
    assert (f"{interview.day}", interview.starts_at) == ("2026-06-08", None)
    assert not changes_anything(import_export(values))


def test_a_seat_nobody_wrote_in_goes_to_whom_the_newer_file_names():
    import_loop_file(a_loop())
    loop = a_loop()
    loop["interviews"][2]["interviewer"] = {"name": "Cy Roe", "email": "cy@lumenta.example"}
    report = import_loop_file(loop)
    assert report.ok
    assert Seat.objects.get(external_id="902").person.name == "Cy Roe"
    assert Seat.objects.count() == 3


def test_the_candidates_name_follows_the_newest_file():
    import_loop_file(a_loop())
    loop = a_loop()
    loop["candidate"]["name"] = "Noor van Example"
    assert import_loop_file(loop).files[0].what_changed == ["candidate 310: name"]
    loop["candidate"]["name"] = "N. Example"
    loop["interviews"][0]["updated_at"] = loop["interviews"][1]["updated_at"] = None
    loop["interviews"][0]["submitted_at"] = "2026-05-12T14:10:00Z"
    loop["interviews"][1]["submitted_at"] = "2026-05-12T14:10:00Z"
    report = import_loop_file(loop)
    assert Candidate.objects.get().name == "Noor van Example"
    assert any("name as in a newer file imported before" in line for line in kept(report))


def test_a_file_that_changes_the_opening_outdates_the_packets_of_its_other_loops():
    """They say its title and level, and were measured against its plan."""
    import_loop_file(a_loop())
    other = make_loop("Another", name="Bo Other")
    Loop.objects.filter(pk=other.pk).update(opening=Opening.objects.get(external_id__isnull=False))
    for loop in Loop.objects.all():
        build_jobs.build_now(loop)
    newer = changed("2026-05-13T10:00:00Z")
    newer["opening"]["title"] = "Senior ML Engineer, Ranking"
    assert import_loop_file(newer).ok
    assert not Packet.objects.current().exists()
    assert PacketRequest.objects.filter(loop=other, state="requested").exists()


def test_two_loop_files_of_one_opening_with_other_plans_do_not_take_turns():
    one, two = a_loop(), a_loop()
    two["candidate"] = {"id": "311", "name": "Una Two", "email": "una@mailbox.example"}
    two["opening"]["rounds"] = ["behavioral"]
    for each in two["interviews"]:
        each["id"] = f"8{each['id']}"
        each["updated_at"] = each["updated_at"] and "2026-07-01T00:00:00Z"
    for loop in (one, two):
        assert changes_anything(import_loop_file(loop))
    for loop in (one, two, one):
        assert not changes_anything(import_loop_file(loop))
    assert Opening.objects.get().rounds == ["behavioral"]


# --- remarks that are no evidence ----------------------------------------------------------------
def test_a_remark_that_is_no_evidence_is_stored_and_pointed_out():
    loop = a_loop()
    loop["interviews"][0]["notes"][2]["text"] = "She is quite young for this."
    report = import_loop_file(loop)
    assert report.ok
    [check] = report.files[0].log.checks
    assert check.startswith("loop.json: /interviews/0: note 2 at 01:00 says “")
    assert "young" in check
    assert "(age)" in check
    assert versions()[0].card.notes[2].text == "She is quite young for this."
