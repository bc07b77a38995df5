"""A packet is requested with its cause, in the same transaction, and joins the one that waits."""

import logging
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import AuditEvent
from config.celery import app
from interviews import scheduling
from interviews.models import SeatRole
from packets import build_jobs
from packets.models import Packet, PacketRequest
from scorecard import submission
from tests.people import (
    MONDAY,
    card_for,
    person,
    seat_in,
    some_content,
    submitted_card,
)

State = PacketRequest.State


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
    build_jobs.PACKETS.sweep()
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
    with transaction.atomic():
        submission.submit(cards[2], cards[2].author)
        assert PacketRequest.objects.exists()
        transaction.set_rollback(True)
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
    first, second = build_jobs.request_packet(loop), build_jobs.request_packet(loop)
    assert first == second
    assert PacketRequest.objects.count() == 1
    assert AuditEvent.objects.filter(action="packet.requested").count() == 1


def test_one_loop_has_one_waiting_request_even_for_who_writes_the_table(loop):
    build_jobs.request_packet(loop)
    with pytest.raises(IntegrityError), transaction.atomic():
        PacketRequest.objects.create(loop=loop)


def test_while_one_is_built_another_may_wait(loop):
    first = build_jobs.request_packet(loop)
    assert build_jobs.PACKETS.claim(first.pk)
    assert build_jobs.request_packet(loop) != first


def test_a_broker_that_is_down_is_logged_and_loses_nothing(
    loop, monkeypatch, caplog, django_capture_on_commit_callbacks
):
    def refuse(*args, **how):
        raise ConnectionRefusedError("nobody there")

    monkeypatch.setattr(app, "send_task", refuse)
    with caplog.at_level(logging.WARNING), django_capture_on_commit_callbacks(execute=True):
        request = build_jobs.request_packet(loop)
    assert "nobody there" in caplog.text
    assert build_jobs.PACKETS.sweep() == [request.pk]
