"""A request is claimed once, kept by a lease, bounded, and found again by the sweep."""

from datetime import timedelta

from django.utils import timezone

from accounts.models import AuditEvent
from interviews import openings
from packets import build_jobs
from packets.models import Packet, PacketRequest
from tests.people import (
    make_loop,
    person,
    submitted_card,
)

State = PacketRequest.State


def age(request: PacketRequest, seconds: int) -> None:
    """As if its worker had last given a sign of life so long ago."""
    then = timezone.now() - timedelta(seconds=seconds)
    PacketRequest.objects.filter(pk=request.pk).update(leased_at=then, started_at=then)


def test_a_request_is_built_once_and_finished(loop, seats):
    for seat in seats:
        submitted_card(seat)
    request = build_jobs.PACKETS.run(PacketRequest.objects.get().pk)
    assert (request.state, request.progress, request.attempts) == (State.DONE, 100, 1)
    assert request.packet.version == 1
    assert request.packet.superseded_at is None
    assert request.packet.content["reading_order"]["header"] == "CONSISTENT"
    assert build_jobs.PACKETS.run(request.pk) is None
    built = AuditEvent.objects.get(action="packet.built")
    assert built.stream == f"loop:{loop.pk}"
    assert built.detail["digest"] == request.packet.digest


def test_of_two_claims_one_wins(loop):
    request = build_jobs.request_packet(loop)
    assert build_jobs.PACKETS.claim(request.pk).attempts == 1
    assert build_jobs.PACKETS.claim(request.pk) is None


def test_a_lease_of_a_minute_keeps_others_away_and_no_longer(loop):
    request = build_jobs.request_packet(loop)
    build_jobs.PACKETS.claim(request.pk)
    age(request, 55)
    assert build_jobs.PACKETS.claim(request.pk) is None
    age(request, 65)
    assert build_jobs.PACKETS.claim(request.pk).attempts == 2


def test_a_worker_that_lost_its_lease_writes_nothing(loop, seats, monkeypatch):
    submitted_card(seats[0])
    request = build_jobs.request_packet(loop)

    def slow(source):
        age(request, 61)
        assert (
            build_jobs.PACKETS.claim(request.pk).attempts == 2
        )  # another worker takes it meanwhile
        return {}

    monkeypatch.setattr(build_jobs, "build", slow)
    build_jobs.PACKETS.run(request.pk)
    request.refresh_from_db()
    assert not Packet.objects.exists()
    assert (request.state, request.attempts) == (State.RUNNING, 2)


def test_a_card_that_comes_in_meanwhile_is_not_built_over(loop, seats, monkeypatch):
    submitted_card(seats[0])
    request = build_jobs.request_packet(loop)
    real = build_jobs.build

    def slow(source):
        monkeypatch.setattr(build_jobs, "build", real)
        submitted_card(seats[1])
        return real(source)

    monkeypatch.setattr(build_jobs, "build", slow)
    again = build_jobs.PACKETS.run(request.pk)
    assert not Packet.objects.exists()
    assert (again.state, again.attempts, again.error) == (State.RUNNING, 0, "")
    assert build_jobs.PACKETS.sweep() == [request.pk]
    statuses = [card["status"] for card in Packet.objects.get().content["scorecards"]]
    assert sorted(statuses) == ["counted", "counted", "missing"]


def test_a_bar_that_changes_meanwhile_is_not_built_over(loop, seats, monkeypatch):
    """Nor any other input: the loop has no packet yet, so nobody else would ask for another."""
    submitted_card(seats[0])
    request = build_jobs.request_packet(loop)
    real, bar = build_jobs.build, {"all": 1, "musts": ["communication"]}

    def slow(source):
        monkeypatch.setattr(build_jobs, "build", real)
        openings.change_bar(person("Rita", "recruiter"), loop.opening, bar)
        return real(source)

    monkeypatch.setattr(build_jobs, "build", slow)
    build_jobs.PACKETS.run(request.pk)
    assert not Packet.objects.exists()
    assert build_jobs.PACKETS.sweep() == [request.pk]
    rows = Packet.objects.get().content["dimensions"]
    assert [row["id"] for row in rows if row["must"]] == ["communication"]


def test_an_error_is_a_sentence_tried_three_times_and_then_failed(loop, monkeypatch, caplog):
    def fail(source):
        raise ValueError("a candidate's secret")

    monkeypatch.setattr(build_jobs, "build", fail)
    request = build_jobs.request_packet(loop)
    assert build_jobs.PACKETS.sweep() == [request.pk]
    request.refresh_from_db()
    assert (request.state, request.attempts) == (State.RUNNING, 1)
    assert build_jobs.PACKETS.sweep() == build_jobs.PACKETS.sweep() == [request.pk]
    request.refresh_from_db()
    assert (request.state, request.attempts) == (State.FAILED, 3)
    assert request.error == "Building the packet failed (ValueError); the log has the details."
    assert build_jobs.PACKETS.sweep() == []


def test_after_a_failure_a_person_asks_anew(loop, monkeypatch):
    request = build_jobs.request_packet(loop)
    PacketRequest.objects.filter(pk=request.pk).update(
        state=State.FAILED, error="Broken.", finished_at=timezone.now()
    )
    again = build_jobs.request_packet(loop, by=person("Rita", "recruiter"))
    assert again != request
    assert build_jobs.PACKETS.run(again.pk).state == State.DONE


def test_the_sweep_fails_what_killed_its_worker_three_times(loop):
    request = build_jobs.request_packet(loop)
    for _ in range(3):
        assert build_jobs.PACKETS.claim(request.pk)
        age(request, 65)
    assert build_jobs.PACKETS.sweep() == []
    request.refresh_from_db()
    assert request.state == State.FAILED
    assert "3 times" in request.error


def test_the_sweep_takes_up_what_waits_and_what_was_left(loop):
    waits, left = build_jobs.request_packet(loop), build_jobs.request_packet(make_loop(name="Left"))
    build_jobs.PACKETS.claim(left.pk)
    held = build_jobs.request_packet(make_loop(name="Held"))
    build_jobs.PACKETS.claim(held.pk)
    age(left, 65)
    assert set(build_jobs.PACKETS.sweep()) == {waits.pk, left.pk}
    assert Packet.objects.count() == 2


def test_an_unknown_request_is_no_work(loop):
    assert build_jobs.PACKETS.run(loop.pk) is None
