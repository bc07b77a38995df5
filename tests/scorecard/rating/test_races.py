"""Two requests at one moment, on a real database: one wins, and the other is told."""

import uuid
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Barrier

import pytest
from django.db import connection

from rubric.models import RubricVersion
from rubric.pack import read_pack
from scorecard.models import Scorecard
from scorecard.submission import WrongState, hand_in, read_content
from scorecard.sync import sync
from tests.people import make_cast
from tests.scorecard.rating.pages import own_card, ready

ROUNDS = 5


@pytest.fixture
def card(transactional_db) -> Scorecard:
    RubricVersion.objects.publish(read_pack())
    return own_card(make_cast(), ready())


def at_once(*calls) -> list:
    """What each call gave back or raised, all begun at the same moment."""
    barrier = Barrier(len(calls))

    def run(call):
        barrier.wait()
        try:
            return call()
        except Exception as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(run, calls))


def test_a_card_is_handed_in_once(card):
    seen = read_content(card).digest()

    def submit():
        return hand_in(Scorecard.objects.get(pk=card.pk), card.author, seen=seen, answers=[])

    outcomes = at_once(*[submit] * ROUNDS)
    assert sum(isinstance(each, WrongState) for each in outcomes) == ROUNDS - 1
    assert card.versions.count() == 1


def test_a_change_beside_a_submission_is_in_it_or_refused(card):
    """Never acknowledged and left out: either the version has it, or its writer is told."""
    seen = read_content(card).digest()
    change = {
        "id": "11111111-1111-4111-8111-111111111111",
        "kind": "card.put",
        "entity": "summary",
        "base_revision": 0,
        "value": "changed beside it",
    }

    def submit():
        return hand_in(Scorecard.objects.get(pk=card.pk), card.author, seen=seen, answers=[])

    submitted, saved = at_once(submit, lambda: sync(card.pk, card.author, {"operations": [change]}))
    if isinstance(submitted, WrongState):
        assert "changed since" in str(submitted)
        assert saved.results[0]["status"] == "applied"
        assert card.versions.count() == 0
    else:
        assert saved.locked
        assert saved.results[0]["status"] == "refused"
        assert card.versions.get().content["summary"] == "Weighs costs aloud"


def test_of_many_who_rewrite_a_note_one_wins_and_the_others_are_told(card):
    """Each had read revision 1; whoever waits for another's commit must look again after it."""
    note = card.notes.first()
    note.revision = 1
    note.save()

    def rewrite(turn: int):
        change = {
            "id": str(uuid.uuid4()),
            "kind": "note.put",
            "entity": str(note.pk),
            "base_revision": 1,
            "value": {"text": f"words of {turn}"},
        }
        return sync(card.pk, card.author, {"operations": [change]}).results[0]

    results = at_once(*[partial(rewrite, turn) for turn in range(ROUNDS)])
    assert sorted(each["status"] for each in results) == ["applied"] + ["stale"] * (ROUNDS - 1)
    [winner] = [n for n, each in enumerate(results) if each["status"] == "applied"]
    note.refresh_from_db()
    assert (note.text, note.revision) == (f"words of {winner}", 2)
    assert card.operations.count() == 1
