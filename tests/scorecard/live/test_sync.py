"""Promises 1 and 2 at the server: sent twice is done once, and nothing is overwritten unseen."""

import pytest

from scorecard import submission
from scorecard.models import Flag, Note, Rating, Scorecard, SyncOperation
from scorecard.sync import sync
from tests.scorecard.live.operations import field, new, put, send


# --- What is applied ---
def test_a_note_is_stored_as_it_was_sent(card: Scorecard):
    key, text = new(), "  <b>ok</b> \u202e שלום 🙂\n  second line "
    operation = put(key, text=text, at_seconds=75, kind="note.put", stage="data")
    operation["value"]["kind"] = "quote"
    [result] = send(card, operation)
    assert result == {
        "id": operation["id"],
        "entity": key,
        "status": "applied",
        "revision": 1,
    }
    note = Note.objects.get(pk=key)
    assert (note.text, note.at_seconds, note.kind, note.stage) == (text, 75, "quote", "data")


def test_a_signal_brings_its_dimension_and_polarity(card: Scorecard):
    key = new()
    send(card, put(key, text="weighs recall", signal="explicit-tradeoffs"))
    note = Note.objects.get(pk=key)
    assert (note.dimension, note.polarity) == ("tradeoffs", "strength")
    [result] = send(card, put(key, 1, polarity="risk"))
    assert result["error"] == {
        "field": "polarity",
        "message": "of “Explicit trade-offs” is strength",
    }


def test_notes_keep_the_order_in_which_they_were_written(card: Scorecard):
    keys = [new() for _ in range(3)]
    send(card, put(keys[0], text="first"))
    send(card, put(keys[1], text="second"), put(keys[2], text="third"))
    assert [str(note.pk) for note in card.notes.all()] == keys


def test_a_field_that_is_not_sent_stays_as_it_is(card: Scorecard):
    key = new()
    send(card, put(key, text="drift", stage="production", at_seconds=9))
    send(card, put(key, 1, text="asked about drift"))
    note = Note.objects.get(pk=key)
    assert (note.text, note.stage, note.at_seconds) == ("asked about drift", "production", 9)


def test_a_rating_with_its_notes_and_a_flag_with_its_notes(card: Scorecard):
    note, flag = new(), new()
    send(
        card,
        put(note, text="never asked who labels"),
        put("depth", kind="rating.put", value=2, rationale="thin", notes=[note]),
        put(flag, kind="flag.put", signal="ignores-data-reality", severity="concern", notes=[note]),
    )
    rating = Rating.objects.get(scorecard=card)
    assert (rating.value, [str(n.pk) for n in rating.notes.all()]) == (2, [note])
    assert [str(n.pk) for n in Flag.objects.get(pk=flag).notes.all()] == [note]
    send(card, put("depth", 1, kind="rating.put", value=None, not_observed=True, notes=[]))
    rating.refresh_from_db()
    assert (rating.value, rating.not_observed, rating.notes.count()) == (None, True, 0)
    assert rating.rationale == "thin"


def test_fields_of_the_card_and_of_the_kit(card: Scorecard):
    results = send(
        card,
        field("recommendation", "no"),
        field("summary", "thorough"),
        field("stage.data", 140, kind="kit.put"),
        field("started", 1_790_000_000_000, kind="kit.put"),
    )
    assert {each["status"] for each in results} == {"applied"}
    card.refresh_from_db()
    assert (card.recommendation, card.summary) == ("no", "thorough")
    assert card.kit == {"stage.data": 140, "started": 1_790_000_000_000}
    send(card, field("stage.data", None, 1, kind="kit.put"))
    card.refresh_from_db()
    assert "stage.data" not in card.kit


def test_a_deleted_note_is_gone_and_can_be_deleted_again(card: Scorecard):
    key = new()
    send(card, put(key, text="typo"), put("depth", kind="rating.put", value=3, notes=[key]))
    for _ in range(2):
        [result] = send(card, put(key, 1, kind="note.delete"))
        assert result["status"] == "applied"
    assert not Note.objects.exists()
    assert Rating.objects.get().notes.count() == 0


def test_a_note_made_and_deleted_in_one_batch_leaves_nothing(card: Scorecard):
    key = new()
    results = send(
        card,
        put(key, text="typo"),
        put("depth", kind="rating.put", value=3, notes=[key]),
        put(key, 1, kind="note.delete"),
    )
    assert [each["status"] for each in results] == ["applied"] * 3
    assert not Note.objects.exists()
    assert Rating.objects.get().value == 3


def test_a_change_beside_something_that_is_no_operation_is_carried_out_all_the_same(
    card: Scorecard,
):
    key = new()
    send(card, put(key, text="first"))
    faulty, result = send(card, "not an operation", put(key, 1, text="second"))
    assert (faulty["status"], result["status"]) == ("refused", "applied")
    assert card.notes.get().text == "second"


# --- Promise 1: sent twice, done once ---
def test_an_operation_sent_again_is_answered_the_same_and_done_once(card: Scorecard):
    key = new()
    first = put(key, text="one")
    [applied] = send(card, first)
    send(card, put(key, 1, text="two"))
    [again] = send(card, first)
    assert again == applied | {"status": "duplicate"}
    assert Note.objects.get(pk=key).text == "two"
    assert SyncOperation.objects.count() == 2


def test_the_same_operation_twice_in_one_batch_is_done_once(card: Scorecard):
    operation = put(new(), text="one")
    first, second = send(card, operation, operation)
    assert (first["status"], second["status"]) == ("applied", "duplicate")
    assert Note.objects.count() == 1


def test_a_repeat_is_known_even_after_the_card_was_submitted(card: Scorecard):
    first = put(new(), text="one")
    send(card, first)
    submission.submit(card, card.author)
    outcome = sync(card.pk, card.author, {"operations": [first, put(new(), text="late")]})
    assert outcome.locked
    assert [each["status"] for each in outcome.results] == ["duplicate", "refused"]
    assert Note.objects.count() == 1


# --- Promise 2: no silent overwrite ---
def test_a_text_written_without_seeing_the_newest_changes_nothing_and_gets_it(card: Scorecard):
    key = new()
    send(card, put(key, text="mine", at_seconds=30))
    send(card, put(key, 1, text="from the laptop"))
    [result] = send(card, put(key, 1, text="from the phone"))
    assert result["status"] == "stale"
    assert result["server"]["revision"] == 2
    assert result["server"]["value"]["text"] == "from the laptop"
    assert Note.objects.get(pk=key).text == "from the laptop"
    send(card, put(new(), text="from the phone", conflict_of=key))
    assert Note.objects.get(conflict_of=key).text == "from the phone"


def test_the_same_text_twice_is_no_conflict(card: Scorecard):
    key = new()
    send(card, put(key, text="one"))
    send(card, put(key, 1, text="two"))
    [result] = send(card, put(key, 1, text="two"))
    assert (result["status"], result["revision"]) == ("applied", 2)


def test_a_tag_that_is_there_already_tells_of_words_that_its_writer_has_not_seen(card: Scorecard):
    key = new()
    send(card, put(key, text="one"))
    send(card, put(key, 1, text="two", polarity="risk"))
    [result] = send(card, put(key, 1, polarity="risk"))
    assert result["status"] == "stale"
    assert result["server"]["value"]["text"] == "two"


def test_a_text_written_onto_a_deleted_note_is_not_lost_silently(card: Scorecard):
    key = new()
    send(card, put(key, text="one"))
    send(card, put(key, 1, kind="note.delete"))
    [result] = send(card, put(key, 1, text="better words"))
    assert (result["status"], result["server"]) == ("stale", {"deleted": True})


def test_a_note_that_changed_meanwhile_is_not_deleted(card: Scorecard):
    key = new()
    send(card, put(key, text="one"))
    send(card, put(key, 1, text="two"))
    [result] = send(card, put(key, 1, kind="note.delete"))
    assert result["status"] == "stale"
    assert Note.objects.get(pk=key).text == "two"


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (field("summary", "a"), field("summary", "b")),
        (field("stage.data", 5, kind="kit.put"), field("stage.data", 9, kind="kit.put")),
        (
            put("depth", kind="rating.put", value=1),
            put("depth", kind="rating.put", value=4),
        ),
    ],
)
def test_other_fields_are_kept_from_overwriting_in_the_same_way(card, first, second):
    send(card, first)
    [result] = send(card, second)
    assert result["status"] == "stale"
    assert result["server"]["revision"] == 1
    [result] = send(card, {**second, "base_revision": 1})
    assert result == {
        "id": second["id"],
        "entity": second["entity"],
        "status": "applied",
        "revision": 2,
    }


# --- Cost ---
@pytest.mark.parametrize("notes", [1, 200])
def test_saving_costs_the_same_however_large_card_and_batch_are(
    card: Scorecard, django_assert_num_queries, notes: int
):
    keys = [new() for _ in range(notes)]
    send(card)  # the rubric is parsed once a process
    # savepoint, card, answers given before, notes, last place, notes written, operations, release
    with django_assert_num_queries(8):
        send(card, *(put(key, text="x") for key in keys))
    # savepoint, card, answers given before, notes, notes written, operations, release
    with django_assert_num_queries(7):
        send(card, put(keys[0], 1, text="one changed, of however many"))
    with django_assert_num_queries(7):
        send(card, put(keys[0], 2, stage="data"), *(put(k, 1, stage="data") for k in keys[1:]))
    assert card.notes.filter(stage="data").count() == notes


@pytest.mark.parametrize("size", [1, 10])
def test_ratings_and_flags_cost_the_same_however_many_there_are(
    card: Scorecard, django_assert_num_queries, size: int
):
    note = new()
    send(card, put(note, text="x"))
    dimensions = list(card.rubric.dimensions)[:size]
    risks = [s.id for s in card.rubric.signals.values() if s.polarity == "risk"][:size]
    batch = [put(d, kind="rating.put", value=3, notes=[note]) for d in dimensions] + [
        put(new(), kind="flag.put", signal=s, severity="concern", notes=[note]) for s in risks
    ]
    with django_assert_num_queries(14):
        send(card, *batch)
    assert Rating.notes.through.objects.count() == Flag.notes.through.objects.count() == size
