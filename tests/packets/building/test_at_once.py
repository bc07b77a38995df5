"""Two at work on one loop at once, in real transactions."""

import threading

import pytest
from django.db import connection, transaction

from packets import build_jobs
from packets.models import Packet, PacketRequest
from scorecard import submission
from tests.people import (
    card_for,
    some_content,
    submitted_card,
)
from tests.waiting import until_blocked

State = PacketRequest.State


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
    request = build_jobs.request_packet(loop)
    barrier = threading.Barrier(4)

    def claim():
        barrier.wait(10)
        taken = build_jobs.PACKETS.claim(request.pk)
        return taken and taken.attempts

    assert sorted(in_threads(*[claim] * 4), key=str) == [1, None, None, None]


@pytest.mark.django_db(transaction=True)
def test_of_the_last_two_cards_at_once_one_requests_the_packet(transactional_db, loop, seats):
    """Each would take the other for missing, were the loop not locked."""
    submitted_card(seats[0])
    cards = [card_for(seat, some_content(seat)) for seat in seats[1:]]
    first = threading.Lock()

    def submit(card):
        with transaction.atomic():
            submission.submit(card, card.author)
            if first.acquire(blocking=False):
                until_blocked()  # by the other, who waits for this commit

    assert in_threads(*[lambda card=card: submit(card) for card in cards]) == [None, None]
    assert PacketRequest.objects.filter(state=State.REQUESTED).count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_submission_waits_for_a_packet_being_stored_and_neither_is_lost(
    transactional_db, loop, seats, monkeypatch
):
    """Both write to the loop's audit trail: locks taken in two orders would kill one of them."""
    submitted_card(seats[0])
    card = card_for(seats[1], some_content(seats[1]))
    request = build_jobs.request_packet(loop)
    storing, real = threading.Event(), build_jobs._store

    def slow(*args):
        storing.set()
        until_blocked()
        return real(*args)

    def submit():
        assert storing.wait(10)
        submission.submit(card, card.author)

    monkeypatch.setattr(build_jobs, "_store", slow)
    built, submitted = in_threads(lambda: build_jobs.PACKETS.run(request.pk), submit)
    assert (built.state, submitted) == (State.DONE, None)
    assert Packet.objects.get().is_superseded
    assert PacketRequest.objects.filter(state=State.REQUESTED).count() == 1


@pytest.mark.django_db(transaction=True)
def test_progress_is_seen_from_outside_while_it_is_built(transactional_db, loop, monkeypatch):
    request = build_jobs.request_packet(loop)
    seen, real = [], build_jobs.build

    def watched(source):
        look = PacketRequest.objects.filter(pk=request.pk).values_list("state", "progress")
        seen.extend(in_threads(look.get))
        return real(source)

    monkeypatch.setattr(build_jobs, "build", watched)
    build_jobs.PACKETS.run(request.pk)
    assert seen == [(State.RUNNING, 40)]
