"""How much a scorecard takes, and from where on a check speaks: each limit from both sides."""

from uuid import uuid4

import pytest
from django.utils import timezone

from scorecard.models import Note
from scorecard.suggestions import ranking
from scorecard.suggestions.ranking import ranked, reads_like_a_remark
from scorecard.sync.advice import advice_on, suggestions
from scorecard.sync.operations import BadBatch, Faulty, read_batch
from scorecard.wording.vague import vague
from tests.scorecard.checks.test_checks import (
    BAD,
    DESIGN,
    GOOD,
    RUBRIC,
    codes,
    note,
    tradeoffs,
    whole,
)

TAGGABLE = "Asked who acts on the score before naming any model"


def put(**value: object) -> dict[str, object]:
    entity, id = str(uuid4()), str(uuid4())
    return {"id": id, "kind": "note.put", "entity": entity, "base_revision": 0, "value": value}


def is_taken(operation: dict[str, object]) -> bool:
    [read] = read_batch({"operations": [operation]}, RUBRIC)
    return not isinstance(read, Faulty)


@pytest.mark.parametrize(("length", "taken"), [(200_000, True), (200_001, False)])
def test_a_note_has_two_hundred_thousand_characters(length: int, taken: bool) -> None:
    assert is_taken(put(text="x" * length)) is taken


@pytest.mark.parametrize(
    ("second", "taken"), [(-1, False), (0, True), (24 * 3600, True), (24 * 3600 + 1, False)]
)
def test_a_note_lies_within_a_day_of_the_start(second: int, taken: bool) -> None:
    assert is_taken(put(text="x", at_seconds=second)) is taken


def test_a_batch_has_two_hundred_operations() -> None:
    assert len(read_batch({"operations": [put(text="x")] * 200}, RUBRIC)) == 200
    with pytest.raises(BadBatch, match="at most 200"):
        read_batch({"operations": [put(text="x")] * 201}, RUBRIC)


# --- Checks ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("value", [1, 4])
@pytest.mark.parametrize(("length", "short"), [(29, True), (30, False)])
def test_thirty_characters_are_a_word_why(value: int, length: int, short: bool) -> None:
    card = tradeoffs(value, "bad" if value == 1 else "good", rationale=f" {'x' * length} ")
    assert ("short-rationale" in codes(card)) is short


@pytest.mark.parametrize("value", [2, 3])
def test_the_middle_of_the_scale_needs_no_more(value: int) -> None:
    assert "short-rationale" not in codes(tradeoffs(value, "good", "bad", rationale="x"))


@pytest.mark.parametrize(("second", "says"), [(30 * 60 - 1, True), (30 * 60, False)])
def test_the_second_half_of_a_round_begins_at_its_half(second: int, says: bool) -> None:
    assert DESIGN.minutes == 60
    notes = tuple(
        note(each.id, each.dimension, each.polarity, at_seconds=60) for each in (GOOD, BAD)
    )
    last = note("last", at_seconds=second, kind="probe", probe="pushback")
    card = whole(notes=(*notes, last))
    assert ("no-late-notes" in codes(card)) is says


@pytest.mark.parametrize(
    ("value", "note", "against"),
    [
        (1, "good", True),
        (2, "good", True),
        (3, "good", False),
        (2, "bad", False),
        (3, "bad", True),
        (4, "bad", True),
    ],
)
def test_a_one_or_two_wants_a_risk_and_a_three_or_four_a_strength(
    value: int, note: str, against: bool
) -> None:
    assert ("against-evidence" in codes(tradeoffs(value, note))) is against


# --- Words and suggestions ------------------------------------------------------------------------


@pytest.mark.parametrize(("words", "found"), [(14, True), (15, False)])
def test_a_note_of_fourteen_words_is_short(words: int, found: bool) -> None:
    assert bool(vague(" ".join(["smart", *["thing"] * (words - 1)]))) is found


def noted(text: str) -> Note:
    return Note(text=text, kind="observation", updated_at=timezone.now())


@pytest.mark.parametrize(("length", "tagged"), [(700, True), (701, False)])
def test_a_note_of_seven_hundred_characters_gets_suggestions(length: int, tagged: bool) -> None:
    assert bool(suggestions(noted(TAGGABLE + " " * (length - len(TAGGABLE))))) is tagged


def test_the_twenty_newest_notes_get_advice() -> None:
    notes = [noted(TAGGABLE) for _ in range(21)]
    assert [len(advice_on(notes[:n])["suggestions"]) for n in (19, 20, 21)] == [19, 20, 20]


def probable(silent: float, remark: float = 0.0, signals: int = 5) -> dict[str, float]:
    rest = {f"s{n}": (signals - n) / 100 for n in range(signals)}
    return rest | {"none": silent, "remark": remark}


def test_three_signals_are_suggested_best_first() -> None:
    assert [each.signal for each in ranked(probable(0))] == ["s0", "s1", "s2"]
    assert len(ranked(probable(0, signals=2))) == 2


@pytest.mark.parametrize(
    ("silent", "remark", "says"),
    [(0.17, 0, True), (0.171, 0, False), (0.0, 0.4, True), (0.0, 0.401, False), (0.11, 0.4, False)],
)
def test_nothing_is_suggested_where_no_signal_is_likelier(
    silent: float, remark: float, says: bool
) -> None:
    assert bool(ranked(probable(silent, remark))) is says


def test_two_words_say_too_little_to_be_a_remark(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ranking, "_probabilities", lambda text: {"remark": 0.9})
    assert not reads_like_a_remark("so young")
    assert reads_like_a_remark("looks so young")


@pytest.mark.parametrize(("probability", "is_remark"), [(0.4, False), (0.401, True)])
def test_a_note_reads_like_a_remark_above_four_in_ten(
    monkeypatch: pytest.MonkeyPatch, probability: float, is_remark: bool
) -> None:
    monkeypatch.setattr(ranking, "_probabilities", lambda text: {"remark": probability})
    assert reads_like_a_remark("three words here") is is_remark
