"""What is suggested for notes that no training phrase contains."""

import json
from pathlib import Path

import pytest

from config.signals import starting
from scorecard.suggestions import suggest
from scorecard.suggestions.classifier import classifier
from scorecard.suggestions.training import kinship
from scorecard.suggestions.training.evaluate import file_cases, quality
from scorecard.wording.remarks import remark_patterns
from scorecard.wording.vague import vague_patterns

HELD_OUT = Path(__file__).with_name("heldout.jsonl")


def names(text: str) -> list[str]:
    return [suggestion.signal for suggestion in suggest(text)]


@pytest.mark.parametrize(
    ("done", "strength", "not_done", "risk"),
    [
        (
            "brought up drift herself and how they'd catch it",
            "plans-for-drift",
            "never brought up drift even when nudged",
            "no-production-thinking",
        ),
        (
            "checked the refusals for each language group",
            "fairness-aware",
            "saw no reason to check the refusals for each language group, the average is fine",
            "blind-to-harm",
        ),
        (
            "took my objection on board and changed the design",
            "updates-under-pushback",
            "didn't take my objection on board, same design as before",
            "rigid-under-constraint",
        ),
        (
            "talked me through each step while coding",
            "narrates-reasoning",
            "did not say a word while coding",
            "silent-or-unstructured",
        ),
        (
            "asked where the sensor data comes from and what is missing",
            "data-first",
            "didn't ask where the sensor data comes from, doesn't care what is missing",
            "ignores-data-reality",
        ),
    ],
)
def test_a_negation_turns_a_strength_into_its_risk(
    done: str, strength: str, not_done: str, risk: str
) -> None:
    assert strength in names(done)
    assert risk not in names(done)[:1]
    assert risk in names(not_done)
    assert strength not in names(not_done)[:1]


@pytest.mark.parametrize(
    ("text", "signal"),
    [
        ("startd w/ teh simplest model, last weeks averge as baseline", "simple-baseline-first"),
        ("didnt know, sd so, wld run small expermient 2 find out", "uncertain-with-a-plan"),
        ("40ms budget + no gpu -> small model", "anchors-in-constraints"),
        ("Summarized the decisons and open pts at the end", "summarises-decisions"),
    ],
)
def test_shorthand_and_typos_are_read(text: str, signal: str) -> None:
    assert signal in names(text)


@pytest.mark.parametrize(
    ("text", "signal"),
    [
        ('"If the service does not answer we show what sold best last week"', "plans-fallback"),
        ('"I trusted that sheet and it cost us a month. Now I count first"', "learns-from-failure"),
        ('"There is simply no way this can go wrong."', "false-certainty"),
        ('"Who made these labels, and were they paid per click?"', "questions-labels-and-leakage"),
    ],
)
def test_a_quote_needs_no_keyword_of_its_signal(text: str, signal: str) -> None:
    assert signal in names(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   \n\t",
        "...",
        "🙂🙂🙂",
        "他先问了数据从哪里来",
        "Спросил, откуда данные",
        "10 min break, headphones died",
        "typo in the loop, fixed it",
        "moved to the second question at 10:20",
        "works at a bank, team of five",
    ],
)
def test_nothing_is_suggested_where_there_is_no_signal(text: str) -> None:
    assert suggest(text) == []


def test_suggestions_are_ranked_and_known_and_at_most_three() -> None:
    known = {signal for signal, _, _ in kinship.signals()}
    for row in map(json.loads, HELD_OUT.read_text(encoding="utf-8").splitlines()):
        found = suggest(row["text"])
        assert len(found) <= 3
        assert {one.signal for one in found} <= known
        assert all(0 <= one.score <= 1 for one in found)
        assert found == sorted(found, key=lambda one: -one.score)


@pytest.mark.parametrize(
    "text",
    [
        "drift " * 17_000,
        "x" * 100_000,
        "\u202eegap dekcab\u202c \u2066asked who is hurt\u2069",
        "\x00\ud800\udfff\ufeff",
        "é́" * 5_000,
        "((((((" * 5_000 + '"' * 5_000,
        "= + & @ -> w/ w/o " * 5_000,
    ],
    ids=["long", "one word", "bidi", "not text", "marks", "brackets", "shorthand"],
)
def test_hostile_text_is_answered(text: str) -> None:
    assert len(suggest(text)) <= 3


def test_quality_on_held_out_notes_keeps_its_floors() -> None:
    """Floors ten points under today’s figures: what falls below is a broken build."""
    result = quality(file_cases(HELD_OUT))
    assert (result.with_signal, result.without) == (96, 30)
    assert result.three >= 0.72
    assert result.first >= 0.64
    assert result.false_alarms <= 0.20


@pytest.mark.parametrize("loaded", [classifier, remark_patterns, vague_patterns])
def test_the_web_server_has_words_and_weights_before_the_first_note(loaded) -> None:
    loaded.cache_clear()
    starting.send(sender=None)
    assert loaded.cache_info().currsize == 1
