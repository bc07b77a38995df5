"""The nightly calibration: out of closed packets alone, once a night, published through gates."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import override_settings
from django.utils import timezone

from accounts.models import AuditEvent, User
from calibration.models import CalibrationRun, CalibrationSnapshot, InterviewerSeverity
from interviews.models import Seat
from packets import build_jobs, severity_snapshots
from packets.models import Packet
from reports import calibration_run, closed_ratings
from reports import nightly_calibration as nightly
from tests.people import Cast, person, submitted_card
from tests.recruiting.feedback.conftest import decide
from tests.reports.closed import many_packets

NIGHT = date(2026, 3, 2)
SMALL = {
    "candidates": 50,
    "ratings": 500,
    "connected": 0.8,
    "variance_move": 0.25,
    "mean_move": 0.15,
}


@pytest.fixture
def people(db: None) -> list[User]:
    return [person(f"Rater {at}", "interviewer") for at in range(8)]


@pytest.fixture
def closed(monkeypatch: pytest.MonkeyPatch, people: list[User]) -> list[Packet]:
    packets = many_packets(people)
    monkeypatch.setattr(closed_ratings, "closed_packets", lambda now: Packet.objects.all())
    return packets


def fitted(night: date = NIGHT) -> CalibrationRun:
    with override_settings(CALIBRATION_GATES=SMALL):
        run = nightly.CALIBRATIONS.run(nightly.request_for(night).pk)
    assert run is not None
    assert run.state == "done", run.error
    return run


# --- What is closed -----------------------------------------------------------------------------


@pytest.fixture
def packet(cast: Cast) -> Packet:
    for seat in Seat.objects.filter(interview__loop=cast.loop, role="lead"):
        submitted_card(seat)
    row = build_jobs.build_now(cast.loop, cast.recruiter)
    assert row is not None
    assert row.packet is not None
    return row.packet


def test_a_packet_is_closed_by_a_standing_decision(cast: Cast, packet: Packet) -> None:
    now = timezone.now()
    assert not closed_ratings.closed_packets(now).exists()
    decide(cast, packet, kind="more_evidence")
    assert not closed_ratings.closed_packets(now).exists()
    decide(cast, packet, kind="no_hire")
    assert closed_ratings.closed_packets(now).get() == packet
    assert not closed_ratings.closed_packets(now + timedelta(days=731)).exists()


def test_its_ratings_are_those_that_count(cast: Cast, packet: Packet) -> None:
    decide(cast, packet)
    found = closed_ratings.counted_ratings(closed_ratings.closed_packets(timezone.now()))
    assert {(each.interviewer, each.dimension, each.value) for each in found} == {
        (str(cast.interviewer.pk), "tradeoffs", 3),
        (str(cast.colleague.pk), "tradeoffs", 3),
    }
    assert {each.level for each in found} == {"senior"}


# --- A night ------------------------------------------------------------------------------------


def test_it_finds_who_is_strict(closed: list[Packet], people: list[User]) -> None:
    snapshot = fitted().snapshot
    assert snapshot is not None
    assert snapshot.published
    assert snapshot.candidates == 60
    assert snapshot.ratings == 960, "the unsupported ratings are left out"
    strict = snapshot.severities.get(person=people[0])
    assert strict.severity is not None
    assert strict.severity < -0.3
    assert strict.label == "tends stricter"
    assert snapshot.panels["lower"] < snapshot.panels["upper"]
    assert sum(snapshot.base_rates["depth"]["senior"]) == 240, "60 candidates, four cards"


def test_a_night_is_fitted_once(closed: list[Packet]) -> None:
    first = fitted()
    assert nightly.request_for(NIGHT) == first
    assert nightly.CALIBRATIONS.run(first.pk) is None
    assert CalibrationSnapshot.objects.count() == 1
    assert AuditEvent.objects.filter(action="calibration.requested").count() == 1


def test_the_next_night_begins_where_the_last_one_ended(closed: list[Packet]) -> None:
    first, second = fitted().snapshot, fitted(NIGHT + timedelta(days=1)).snapshot
    assert second.published
    assert second.components == pytest.approx(first.components, abs=1e-3)


def test_a_lost_hint_is_swept_up(closed: list[Packet]) -> None:
    nightly.request_for(NIGHT)
    nightly.CALIBRATIONS.sweep()
    assert CalibrationRun.objects.get().state == "done"


def test_without_a_closed_packet_nothing_is_stored(db: None) -> None:
    assert fitted().outcome == calibration_run.NOTHING_CLOSED
    assert not CalibrationSnapshot.objects.exists()


def test_below_the_gates_nothing_is_published(closed: list[Packet]) -> None:
    run = nightly.CALIBRATIONS.run(nightly.request_for(NIGHT).pk)
    assert run is not None
    assert run.snapshot is not None
    assert not run.snapshot.published
    assert "60 closed candidates; 100 are needed." in run.snapshot.gates
    assert "960 ratings with evidence; 1500 are needed." in run.snapshot.gates
    assert severity_snapshots.for_loop(closed[0].loop) is None
    assert not InterviewerSeverity.objects.visible_to(run.snapshot.severities.all()[0].person)


def test_a_night_that_moves_too_far_is_not_published(closed: list[Packet]) -> None:
    first = fitted().snapshot
    with override_settings(CALIBRATION_GATES=SMALL | {"variance_move": -1.0}):
        second = nightly.CALIBRATIONS.run(nightly.request_for(NIGHT + timedelta(days=1)).pk)
    assert second is not None
    assert "since the last one" in second.outcome
    assert severity_snapshots.for_loop(closed[0].loop).id == str(first.pk)


# --- Constraints --------------------------------------------------------------------------------


def refused(action) -> bool:
    try:
        with transaction.atomic():
            action()
    except IntegrityError:
        return True
    return False


def test_the_database_holds_no_severity_of_two_candidates(
    closed: list[Packet], people: list[User]
) -> None:
    snapshot = fitted().snapshot
    guest = person("A Guest")
    row = {"snapshot": snapshot, "person": guest, "component": 0, "label": "typical"}
    make = InterviewerSeverity.objects.create
    assert refused(lambda: make(**row, severity=0.1, se=0.1, cards=4, candidates=2))
    assert refused(lambda: make(**row, severity=0.1, se=None, cards=4, candidates=4))
    make(**row, severity=0.1, se=0.1, cards=4, candidates=3)


def test_a_snapshot_never_changes(closed: list[Packet]) -> None:
    snapshot = fitted().snapshot
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")  # even its owner
    assert refused(lambda: CalibrationSnapshot.objects.filter(pk=snapshot.pk).update(ratings=1))
    assert refused(lambda: snapshot.severities.all().delete())


# --- Packets ------------------------------------------------------------------------------------


def test_a_new_snapshot_supersedes_no_packet_and_changes_no_yardstick(
    closed: list[Packet], cast: Cast
) -> None:
    seats = list(Seat.objects.filter(interview__loop=cast.loop, role="lead"))
    submitted_card(seats[0])
    bare = build_jobs.build_now(cast.loop).packet
    assert bare.content["calibration"] is None
    first = fitted().snapshot
    bare.refresh_from_db()
    assert not bare.is_superseded
    submitted_card(seats[1])
    full = build_jobs.build_now(cast.loop).packet
    assert full.content["calibration"]["snapshot"] == str(first.pk)
    fitted(NIGHT + timedelta(days=1))
    assert build_jobs.build_now(cast.loop).packet == full


def test_a_packets_snapshot_is_read_in_two_queries(
    closed: list[Packet], cast: Cast, django_assert_num_queries
) -> None:
    with django_assert_num_queries(1):
        assert severity_snapshots.for_loop(cast.loop) is None
    fitted()
    with django_assert_num_queries(2):
        assert severity_snapshots.for_loop(cast.loop) is not None
