"""What another request commits while a save waits for its card's lock is seen by that save."""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction

from rubric.models import RubricVersion
from rubric.pack import read_pack
from scorecard import submission
from scorecard.models import Scorecard, SyncOperation
from scorecard.sync import Outcome, sync
from tests.people import card_for, make_cast, seat_in
from tests.scorecard.live.operations import new, put, send

WAITS_FOR_US = """
    SELECT EXISTS (SELECT FROM pg_locks WHERE pg_backend_pid() = ANY (pg_blocking_pids(pid)))
"""


@pytest.fixture
def card(transactional_db) -> Scorecard:
    RubricVersion.objects.publish(read_pack())
    cast = make_cast()
    return card_for(seat_in(cast.loop, cast.interviewer, "ml-coding"))


def send_meanwhile(card: Scorecard, operation: dict, happens: Callable[[], object]) -> Outcome:
    """Sends it while we hold the card's lock; lets something happen before its turn comes."""
    with ThreadPoolExecutor(1) as other:
        with transaction.atomic():
            Scorecard.objects.select_for_update().get(pk=card.pk)
            answer = other.submit(_in_a_thread, card, operation)
            _wait_until_it_waits()
            happens()
        return answer.result(20)


def _in_a_thread(card: Scorecard, operation: dict) -> Outcome:
    try:
        return sync(card.pk, card.author, {"operations": [operation]})
    finally:
        connection.close()


def _wait_until_it_waits() -> None:
    deadline = time.monotonic() + 20
    with connection.cursor() as cursor:
        while time.monotonic() < deadline:
            cursor.execute(WAITS_FOR_US)
            if cursor.fetchone()[0]:
                return
            time.sleep(0.01)
    pytest.fail("The save did not wait for the card's lock.")


def test_words_that_came_meanwhile_are_not_overwritten(card: Scorecard):
    key = new()
    send(card, put(key, text="first"))
    mine = put(key, 1, text="mine")
    outcome = send_meanwhile(
        card, mine, lambda: send(card, put(key, 1, text="another tab was quicker"))
    )
    [result] = outcome.results
    assert result["status"] == "stale"
    assert result["server"]["value"]["text"] == "another tab was quicker"
    assert card.notes.get().revision == 2
    assert not SyncOperation.objects.filter(pk=mine["id"]).exists()


def test_a_card_submitted_meanwhile_stays_as_it_was_submitted(card: Scorecard):
    key = new()
    send(card, put(key, text="first"))
    mine = put(key, 1, text="too late")
    assert send_meanwhile(card, mine, lambda: submission.submit(card, card.author)).locked
    assert card.notes.get().text == "first"
    assert not SyncOperation.objects.filter(pk=mine["id"]).exists()


def test_an_operation_that_is_sent_twice_at_once_is_carried_out_once(card: Scorecard):
    key = new()
    send(card, put(key, text="one"))
    change = put(key, 1, stage="data")
    [result] = send_meanwhile(card, change, lambda: send(card, change)).results
    assert (result["status"], result["revision"]) == ("duplicate", 2)
    assert card.notes.get().revision == 2


def test_a_note_that_was_begun_meanwhile_comes_before(card: Scorecard):
    mine, other = put(new(), text="mine"), put(new(), text="another tab was quicker")
    send_meanwhile(card, mine, lambda: send(card, other))
    assert [note.text for note in card.notes.all()] == ["another tab was quicker", "mine"]
