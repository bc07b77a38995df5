"""What comes between the two statements that rewrite a note: seen, and nothing is overwritten."""

from django.utils import timezone

from scorecard.models import Scorecard, SyncOperation
from scorecard.sync import rewriting, sync
from tests.scorecard.live.operations import new, put, send


def between(monkeypatch, happens) -> None:
    """Has something happen once, after the note was read and before it is written."""
    write, left = rewriting._write, [happens]

    def late(*args) -> bool:
        if left:
            left.pop()()
        return write(*args)

    monkeypatch.setattr(rewriting, "_write", late)


def test_words_that_came_between_are_not_overwritten(card: Scorecard, monkeypatch):
    key = new()
    send(card, put(key, text="first"))
    between(monkeypatch, lambda: send(card, put(key, 1, text="another tab was quicker")))
    mine = put(key, 1, text="mine")
    [result] = send(card, mine)
    assert result["status"] == "stale"
    assert result["server"]["value"]["text"] == "another tab was quicker"
    assert card.notes.get().revision == 2
    assert not SyncOperation.objects.filter(pk=mine["id"]).exists()


def test_a_card_submitted_in_between_stays_as_it_was_submitted(card: Scorecard, monkeypatch):
    key = new()
    send(card, put(key, text="first"))

    def submit() -> None:
        Scorecard.objects.filter(pk=card.pk).update(
            state=Scorecard.State.SUBMITTED, submitted_at=timezone.now()
        )

    between(monkeypatch, submit)
    mine = put(key, 1, text="too late")
    assert sync(card.pk, card.author, {"operations": [mine]}).locked
    assert card.notes.get().text == "first"
    assert not SyncOperation.objects.filter(pk=mine["id"]).exists()


def test_an_operation_stored_in_between_is_not_carried_out_twice(card: Scorecard, monkeypatch):
    one, other = new(), new()
    send(card, put(one, text="one"), put(other, text="other"))
    again = new()
    between(monkeypatch, lambda: send(card, put(other, 1, id=again, text="changed by it")))
    [result] = send(card, put(one, 1, id=again, text="the same id for something else"))
    assert result["status"] == "duplicate"
    assert card.notes.get(pk=one).text == "one"


def test_a_rewrite_beside_something_that_is_no_operation_is_carried_out_all_the_same(
    card: Scorecard,
):
    key = new()
    send(card, put(key, text="first"))
    faulty, result = send(card, "not an operation", put(key, 1, text="second"))
    assert (faulty["status"], result["status"]) == ("refused", "applied")
    assert card.notes.get().text == "second"
