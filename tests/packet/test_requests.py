"""Requests: written with their cause, claimed once, bounded, found again by the sweep."""

import logging
import threading
import time
from contextlib import suppress
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from accounts.models import AuditEvent
from hiring_committee import requests
from hiring_committee.models import Packet, PacketRequest
from interviews import scheduling
from interviews.models import SeatRole
from scorecard import submission
from scorecard.models import Scorecard
from tests.people import (
    MONDAY,
    card_for,
    make_loop,
    person,
    seat_in,
    some_content,
    submitted_card,
)

State = PacketRequest.State


@pytest.fixture(autouse=True)
def hints(monkeypatch):
    """The hints that would have gone to the broker. What they promise is tested with a real one."""
    sent = []
    monkeypatch.setattr(requests.app, "send_task", lambda name, args, **how: sent.append(args[0]))
    return sent


@pytest.fixture
def loop(rubric):
    return make_loop()


@pytest.fixture
def seats(loop):
    return [seat_in(loop, person(f"P {at}"), "behavioral") for at in range(3)]


def amend(card: Scorecard, reason: str = "typo") -> None:
    submission.begin_amendment(card, card.author)
    submission.submit(card, card.author, reason=reason)


def age(request: PacketRequest, seconds: int) -> None:
    """As if its worker had last given a sign of life so long ago."""
    then = timezone.now() - timedelta(seconds=seconds)
    PacketRequest.objects.filter(pk=request.pk).update(leased_at=then, started_at=then)


# --- Asked for with its cause ---------------------------------------------------------------------


def test_the_last_card_requests_a_packet_and_no_earlier_one_does(loop, seats):
    for seat in seats[:2]:
        submitted_card(seat)
    assert not PacketRequest.objects.exists()
    submitted_card(seats[2])
    request = PacketRequest.objects.get()
    assert (request.loop, request.state) == (loop, State.REQUESTED)
    assert request.requested_by == seats[2].person


def test_shadows_and_cancelled_interviews_are_not_waited_for(loop, seats):
    seat_in(loop, person("Zoe"), role=SeatRole.SHADOW, interview=seats[0].interview)
    seats[2].interview.cancelled_at = timezone.now()
    seats[2].interview.save()
    submitted_card(seats[0])
    assert not PacketRequest.objects.exists()
    submitted_card(seats[1])
    assert PacketRequest.objects.count() == 1


def test_cancelling_the_round_that_was_waited_for_requests_the_packet(loop, seats):
    recruiter = person("Rita", "recruiter")
    for seat in seats[:2]:
        submitted_card(seat)
    scheduling.cancel(recruiter, seats[2].interview)
    assert PacketRequest.objects.get().requested_by == recruiter


def test_a_round_added_later_is_waited_for_in_a_new_packet(loop, built):
    hour = timedelta(hours=1)
    scheduling.schedule(
        person("Rita", "recruiter"),
        loop,
        round="ml-coding",
        starts_at=MONDAY,
        ends_at=MONDAY + hour,
        lead=person("Late Comer"),
    )
    assert Packet.objects.get().superseded_at is None
    requests.sweep()
    first, second = Packet.objects.order_by("version")
    assert first.is_superseded
    assert second.content["reading_order"]["header"] == "WAITING"


def test_scheduling_a_loop_that_nothing_was_handed_in_for_requests_nothing(loop):
    times = {"starts_at": MONDAY, "ends_at": MONDAY + timedelta(hours=1)}
    lead = person("Lead")
    scheduling.schedule(lead, loop, round="behavioral", lead=lead, **times)
    assert not PacketRequest.objects.exists()


def test_a_submission_that_is_rolled_back_leaves_no_request(loop, seats, hints):
    cards = [card_for(seat, some_content(seat)) for seat in seats]
    submission.submit(cards[0], cards[0].author)
    submission.submit(cards[1], cards[1].author)
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        submission.submit(cards[2], cards[2].author)
        assert PacketRequest.objects.exists()
        raise ZeroDivisionError
    assert not PacketRequest.objects.exists()
    assert not AuditEvent.objects.filter(action="packet.requested").exists()
    assert hints == []


def test_the_hint_is_sent_after_the_commit_only(
    loop, seats, hints, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        for seat in seats:
            submitted_card(seat)
        assert hints == []
    assert hints == [str(PacketRequest.objects.get().pk)]


def test_a_second_request_joins_the_one_that_waits(loop):
    first, second = requests.request_packet(loop), requests.request_packet(loop)
    assert first == second and PacketRequest.objects.count() == 1
    assert AuditEvent.objects.filter(action="packet.requested").count() == 1


def test_one_loop_has_one_waiting_request_even_for_who_writes_the_table(loop):
    requests.request_packet(loop)
    with pytest.raises(IntegrityError), transaction.atomic():
        PacketRequest.objects.create(loop=loop)


def test_while_one_is_built_another_may_wait(loop):
    first = requests.request_packet(loop)
    assert requests.claim(first.pk)
    assert requests.request_packet(loop) != first


def test_a_broker_that_is_down_is_logged_and_loses_nothing(
    loop, monkeypatch, caplog, django_capture_on_commit_callbacks
):
    def refuse(*args, **how):
        raise ConnectionRefusedError("nobody there")

    monkeypatch.setattr(requests.app, "send_task", refuse)
    with caplog.at_level(logging.WARNING), django_capture_on_commit_callbacks(execute=True):
        request = requests.request_packet(loop)
    assert "nobody there" in caplog.text
    assert requests.sweep() == [request.pk]


# --- Claimed, built, finished ---------------------------------------------------------------------


def test_a_request_is_built_once_and_finished(loop, seats):
    for seat in seats:
        submitted_card(seat)
    request = requests.run(PacketRequest.objects.get().pk)
    assert (request.state, request.progress, request.attempts) == (State.DONE, 100, 1)
    assert request.packet.version == 1 and request.packet.superseded_at is None
    assert request.packet.content["reading_order"]["header"] == "CONSISTENT"
    assert requests.run(request.pk) is None
    built = AuditEvent.objects.get(action="packet.built")
    assert built.stream == f"loop:{loop.pk}" and built.detail["digest"] == request.packet.digest


def test_of_two_claims_one_wins(loop):
    request = requests.request_packet(loop)
    assert requests.claim(request.pk) == 1
    assert requests.claim(request.pk) is None


def test_a_lease_of_a_minute_keeps_others_away_and_no_longer(loop):
    request = requests.request_packet(loop)
    requests.claim(request.pk)
    age(request, 55)
    assert requests.claim(request.pk) is None
    age(request, 65)
    assert requests.claim(request.pk) == 2


def test_a_worker_that_lost_its_lease_writes_nothing(loop, seats, monkeypatch):
    submitted_card(seats[0])
    request = requests.request_packet(loop)

    def slow(source):
        age(request, 61)
        assert requests.claim(request.pk) == 2  # another worker takes it meanwhile
        return {}

    monkeypatch.setattr(requests, "build", slow)
    requests.run(request.pk)
    request.refresh_from_db()
    assert not Packet.objects.exists()
    assert (request.state, request.attempts) == (State.RUNNING, 2)


def test_a_card_that_comes_in_meanwhile_is_not_built_over(loop, seats, monkeypatch):
    submitted_card(seats[0])
    request = requests.request_packet(loop)
    real = requests.build

    def slow(source):
        monkeypatch.setattr(requests, "build", real)
        submitted_card(seats[1])
        return real(source)

    monkeypatch.setattr(requests, "build", slow)
    again = requests.run(request.pk)
    assert not Packet.objects.exists()
    assert (again.state, again.attempts, again.error) == (State.RUNNING, 0, "")
    assert requests.sweep() == [request.pk]
    statuses = [card["status"] for card in Packet.objects.get().content["scorecards"]]
    assert sorted(statuses) == ["counted", "counted", "missing"]


def test_an_error_is_a_sentence_tried_three_times_and_then_failed(loop, monkeypatch, caplog):
    def fail(source):
        raise ValueError("a candidate's secret")

    monkeypatch.setattr(requests, "build", fail)
    request = requests.request_packet(loop)
    assert requests.sweep() == [request.pk]
    request.refresh_from_db()
    assert (request.state, request.attempts) == (State.RUNNING, 1)
    assert requests.sweep() == requests.sweep() == [request.pk]
    request.refresh_from_db()
    assert (request.state, request.attempts) == (State.FAILED, 3)
    assert request.error == "Building the packet failed (ValueError); the log has the details."
    assert requests.sweep() == []


def test_after_a_failure_a_person_asks_anew(loop, monkeypatch):
    request = requests.request_packet(loop)
    PacketRequest.objects.filter(pk=request.pk).update(
        state=State.FAILED, error="Broken.", finished_at=timezone.now()
    )
    again = requests.request_packet(loop, by=person("Rita", "recruiter"))
    assert again != request and requests.run(again.pk).state == State.DONE


def test_the_sweep_fails_what_killed_its_worker_three_times(loop):
    request = requests.request_packet(loop)
    for _ in range(3):
        assert requests.claim(request.pk)
        age(request, 65)
    assert requests.sweep() == []
    request.refresh_from_db()
    assert request.state == State.FAILED and "3 times" in request.error


def test_the_sweep_takes_up_what_waits_and_what_was_left(loop):
    waits, left = requests.request_packet(loop), requests.request_packet(make_loop(name="Left"))
    requests.claim(left.pk)
    held = requests.request_packet(make_loop(name="Held"))
    requests.claim(held.pk)
    age(left, 65)
    assert set(requests.sweep()) == {waits.pk, left.pk}
    assert Packet.objects.count() == 2


def test_an_unknown_request_is_no_work(loop):
    assert requests.run(loop.pk) is None


# --- Versions -------------------------------------------------------------------------------------


@pytest.fixture
def built(loop, seats):
    cards = [submitted_card(seat) for seat in seats]
    requests.sweep()
    return cards


def test_the_same_inputs_make_no_second_packet(loop, built):
    packet = Packet.objects.get()
    again = requests.run(requests.request_packet(loop).pk)
    assert again.packet == packet and again.state == State.DONE
    assert Packet.objects.count() == 1


def test_an_amendment_supersedes_and_adds_a_version(loop, built):
    first = Packet.objects.get()
    amend(built[0])
    first.refresh_from_db()
    assert first.is_superseded and first.document["packet"]["superseded"]
    assert not Packet.objects.current().exists()
    assert AuditEvent.objects.filter(action="packet.superseded").count() == 1
    requests.sweep()
    second = Packet.objects.current().get()
    assert (second.version, second.content["late_edits"][0]["reason"]) == (2, "typo")
    content, digest = first.content, first.digest
    first.refresh_from_db()
    assert (first.content, first.digest) == (content, digest) and second.digest != digest


def test_a_loop_that_had_a_packet_gets_a_new_one_for_every_card(loop, seats):
    submitted_card(seats[0])
    requests.run(requests.request_packet(loop).pk)  # asked for before the loop was complete
    submitted_card(seats[1])
    assert PacketRequest.objects.filter(state=State.REQUESTED).count() == 1


def test_a_superseding_submission_that_is_rolled_back_leaves_the_packet_current(loop, built):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        amend(built[0])
        raise ZeroDivisionError
    assert Packet.objects.get().superseded_at is None


def test_building_now_leaves_nothing_to_the_workers(
    loop, hints, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        request = requests.build_now(loop)
    assert request.state == State.DONE and hints == []
    assert requests.sweep() == []


# --- With real transactions -----------------------------------------------------------------------


def in_threads(*work):
    """Run each in a thread with its own connection; their results, or what they raised."""
    results = [None] * len(work)

    def one(at):
        try:
            results[at] = work[at]()
        except Exception as error:
            results[at] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=one, args=[at]) for at in range(len(work))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    return results


@pytest.mark.django_db(transaction=True)
def test_of_two_workers_at_once_one_claims(transactional_db, loop):
    request = requests.request_packet(loop)
    barrier = threading.Barrier(4)

    def claim():
        barrier.wait(10)
        return requests.claim(request.pk)

    assert sorted(in_threads(*[claim] * 4), key=str) == [1, None, None, None]


@pytest.mark.django_db(transaction=True)
def test_of_the_last_two_cards_at_once_one_requests_the_packet(transactional_db, loop, seats):
    """Each would take the other for missing, were the loop not locked."""
    submitted_card(seats[0])
    cards = [card_for(seat, some_content(seat)) for seat in seats[1:]]
    barrier = threading.Barrier(2)

    def submit(card):
        with transaction.atomic():
            submission.submit(card, card.author)
            with suppress(threading.BrokenBarrierError):  # the other waits for this commit
                barrier.wait(0.5)

    assert in_threads(*[lambda card=card: submit(card) for card in cards]) == [None, None]
    assert PacketRequest.objects.filter(state=State.REQUESTED).count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_submission_waits_for_a_packet_being_stored_and_neither_is_lost(
    transactional_db, loop, seats, monkeypatch
):
    """Both write to the loop's audit trail: locks taken in two orders would kill one of them."""
    submitted_card(seats[0])
    card = card_for(seats[1], some_content(seats[1]))
    request = requests.request_packet(loop)
    storing, real = threading.Event(), requests._store

    def slow(*args):
        storing.set()
        time.sleep(0.3)
        return real(*args)

    def submit():
        assert storing.wait(10)
        submission.submit(card, card.author)

    monkeypatch.setattr(requests, "_store", slow)
    built, submitted = in_threads(lambda: requests.run(request.pk), submit)
    assert (built.state, submitted) == (State.DONE, None)
    assert Packet.objects.get().is_superseded
    assert PacketRequest.objects.filter(state=State.REQUESTED).count() == 1


@pytest.mark.django_db(transaction=True)
def test_progress_is_seen_from_outside_while_it_is_built(transactional_db, loop, monkeypatch):
    request = requests.request_packet(loop)
    seen, real = [], requests.build

    def watched(source):
        look = PacketRequest.objects.filter(pk=request.pk).values_list("state", "progress")
        seen.extend(in_threads(look.get))
        return real(source)

    monkeypatch.setattr(requests, "build", watched)
    requests.run(request.pk)
    assert seen == [(State.RUNNING, 40)]
