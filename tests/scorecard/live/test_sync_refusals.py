"""What the server does not take: faults at their fields, other people's cards, remarks."""

from typing import Any

import pytest

from scorecard import submission
from scorecard.models import Note, Scorecard, SyncOperation
from scorecard.sync import BadBatch, sync
from scorecard.sync.advice import challenges
from tests.people import Cast, card_for, seat_in
from tests.scorecard.live.operations import field, new, put, send, the_error


# --- What is refused, each by itself ---
def test_a_faulty_operation_does_not_hold_up_its_neighbours(card: Scorecard):
    good, other = put(new(), text="kept"), put(new(), text="kept too")
    results = send(
        card, good, put(new(), text="x", signal="premature-complexty"), "nonsense", other
    )
    assert [each["status"] for each in results] == ["applied", "refused", "refused", "applied"]
    assert results[1]["error"]["field"] == "signal"
    assert results[1]["error"]["nearest"][0] == "premature-complexity"
    assert Note.objects.count() == 2


@pytest.mark.parametrize(
    ("value", "at"),
    [
        ({"text": "x" * 200_001}, "text"),
        ({"text": "nul \0"}, "text"),
        ({"text": "half \ud83d"}, "text"),
        ({"text": " \n"}, "text"),
        ({"text": ["x"]}, "text"),
        ({}, "text"),
        ({"text": "x", "at_seconds": -1}, "at_seconds"),
        ({"text": "x", "at_seconds": True}, "at_seconds"),
        ({"text": "x", "at_seconds": 1.5}, "at_seconds"),
        ({"text": "x", "at_seconds": 10**12}, "at_seconds"),
        ({"text": "x", "kind": "thought"}, "kind"),
        ({"text": "x", "kind": ""}, "kind"),
        ({"text": "x", "kind": ["quote"]}, "kind"),
        ({"text": "x", "stage": "dta"}, "stage"),
        ({"text": "x", "stage": {"a": 1}}, "stage"),
        ({"text": "x", "dimension": "trade-offs"}, "dimension"),
        ({"text": "x", "polarity": "+"}, "polarity"),
        ({"text": "x", "signal": "explicit-tradeoffs", "dimension": "depth"}, "dimension"),
        ({"text": "x", "conflict_of": "1"}, "conflict_of"),
        ({"text": "x", "author": "me"}, "author"),
    ],
)
def test_a_fault_in_a_note_is_named_at_its_field(card: Scorecard, value: dict, at: str):
    operation = {**put(new()), "value": value}
    assert the_error(card, operation)["field"] == at
    assert not Note.objects.exists()
    assert not SyncOperation.objects.exists()


@pytest.mark.parametrize(
    ("operation", "at"),
    [
        (put("depths", kind="rating.put", value=3), "entity"),
        (put("depth", kind="rating.put", value=7), "value"),
        (put("depth", kind="rating.put", value=0), "value"),
        (put("depth", kind="rating.put", value=3, not_observed=True), "value"),
        (put("depth", kind="rating.put", value=3, notes=[new()]), "notes"),
        (put("depth", kind="rating.put", value=3, notes="all"), "notes"),
        (put(new(), kind="flag.put", signal="data-first", severity="concern"), "signal"),
        (put(new(), kind="flag.put", signal="unstated-assumptions"), "severity"),
        (put(new(), kind="flag.put", signal="unstated-assumptions", severity="low"), "severity"),
        (field("recommendation", "maybe"), "recommendation"),
        (field("state", "submitted"), "entity"),
        (field("stage.lunch", 3, kind="kit.put"), "entity"),
        (field("started", "now", kind="kit.put"), "started"),
        (put("not-a-uuid", text="x"), "entity"),
        ({**put(new(), text="x"), "id": "1"}, "id"),
        ({**put(new(), text="x"), "kind": "note.steal"}, "kind"),
        ({**put(new(), text="x"), "kind": {}}, "kind"),
        ({**put(new(), text="x"), "base_revision": "1"}, "base_revision"),
        ({**put(new(), text="x"), "value": "x"}, "value"),
    ],
)
def test_a_fault_elsewhere_is_named_at_its_field(card: Scorecard, operation: dict, at: str):
    assert the_error(card, operation)["field"] == at


def test_one_flag_a_signal(card: Scorecard):
    first = put(new(), kind="flag.put", signal="unstated-assumptions", severity="concern")
    send(card, first)
    assert the_error(card, {**first, "id": new(), "entity": new()})["field"] == "signal"


@pytest.mark.parametrize("body", [None, [], {}, {"operations": {}}, {"operations": [{}] * 201}])
def test_what_is_no_batch_is_refused_whole(card: Scorecard, body: Any):
    with pytest.raises(BadBatch):
        sync(card.pk, card.author, body)


# --- Privacy ---
def test_a_note_of_another_card_can_be_neither_changed_nor_cited(card, colleagues_card):
    theirs = str(colleagues_card.notes.get().pk)
    for operation in (
        put(theirs, 1, text="mine now"),
        put(theirs, 1, kind="note.delete"),
        put(new(), text="copy", conflict_of=theirs),
        put("depth", kind="rating.put", value=3, notes=[theirs]),
    ):
        assert "An" not in str(the_error(card, operation)["message"])
    assert "budget weighed" in colleagues_card.notes.get().text


def test_an_id_of_another_cards_operation_tells_nothing(card, colleagues_card):
    operation = put(new(), text="theirs")
    send(colleagues_card, operation)
    assert the_error(card, operation) == {"field": "id", "message": "was used before"}


@pytest.mark.parametrize("who", ["colleague", "shadow", "recruiter", "committee", "stranger"])
def test_nobody_else_writes_on_a_card_even_once_they_may_read_it(cast: Cast, card, who: str):
    submission.submit(card, card.author)
    with pytest.raises(Scorecard.DoesNotExist):
        sync(card.pk, getattr(cast, who), {"operations": []})


def test_nobody_writes_on_a_card_about_themselves(cast: Cast):
    own = card_for(seat_in(cast.loop, cast.candidate_account, "ml-coding"))
    with pytest.raises(Scorecard.DoesNotExist):
        sync(own.pk, cast.candidate_account, {"operations": []})


# --- Promise 9 ---
def test_a_challenged_note_is_kept_and_cited_only_once_it_is_answered(card: Scorecard):
    key = new()
    send(card, put(key, text="she is quite young for this role"))
    assert Note.objects.filter(pk=key).exists()
    cite = put("depth", kind="rating.put", value=3, notes=[key])
    assert "answered first" in the_error(card, cite)["message"]
    send(card, put(key, 1, job_related="she said so when asked about her first job"))
    [result] = send(card, cite)
    assert result["status"] == "applied"


def test_other_words_need_an_answer_of_their_own(card: Scorecard):
    key = new()
    send(card, put(key, text="she is quite young", job_related="she raised it"))
    send(card, put(key, 1, text="she is quite young and has an accent"))
    assert Note.objects.get(pk=key).job_related == ""


def test_a_mere_doubt_is_pointed_out_and_stands_in_the_way_of_nothing(card: Scorecard):
    key = new()
    send(card, put(key, text="Lithuanian I believe"))
    [doubt] = challenges(card.notes.get())
    assert doubt["kind"] == "person"
    [result] = send(card, put("depth", kind="rating.put", value=3, notes=[key]))
    assert result["status"] == "applied"
