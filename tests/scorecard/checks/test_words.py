"""What the checks say, and where they lead to: every word of each finding."""

import pytest

from scorecard.checks import check
from scorecard.content import CardContent, FlagContent
from scorecard.findings import HARD, SOFT, Finding
from tests.scorecard.checks.test_checks import (
    CODING,
    DESIGN,
    LONG,
    NOTES,
    RUBRIC,
    flagged,
    note,
    rated,
    tradeoffs,
    whole,
)


def finding(code: str, card: CardContent, round=DESIGN) -> Finding:
    return next(each for each in check(card, RUBRIC, round) if each.code == code)


@pytest.mark.parametrize(
    ("code", "card", "level", "where", "message", "remedy"),
    [
        (
            "not-rated",
            whole(ratings={"tradeoffs": None}),
            HARD,
            "dimension-tradeoffs",
            "Trade-offs is not rated, though 2 notes of yours are about it.",
            "Rate it against the anchors, or say “not observed” and why.",
        ),
        (
            "not-rated",
            whole(ratings={"tradeoffs": None}, notes=tuple(n for n in NOTES if n.id != "bad")),
            HARD,
            "dimension-tradeoffs",
            "Trade-offs is not rated, though one note of yours is about it.",
            "Rate it against the anchors, or say “not observed” and why.",
        ),
        (
            "not-rated",
            whole(ratings={"tradeoffs": None}, notes=NOTES[:1]),
            HARD,
            "dimension-tradeoffs",
            "Trade-offs is not rated.",
            "Rate it against the anchors, or say “not observed” and why.",
        ),
        (
            "against-evidence",
            tradeoffs(4, "bad"),
            SOFT,
            "dimension-tradeoffs",
            "Trade-offs is rated 4, yet every note cited for it shows a risk.",
            "Cite what speaks for the rating as well, or say what the notes leave out.",
        ),
        (
            "only-questions",
            tradeoffs(3, "asked"),
            SOFT,
            "dimension-tradeoffs",
            "Trade-offs rests on what you asked, not on what was answered.",
            "Cite the answer too, or say why the question alone shows it.",
        ),
        (
            "vague",
            tradeoffs(3, "good", "bad", rationale="smart, sharp, bright, good vibe"),
            SOFT,
            "dimension-tradeoffs",
            "The evidence for trade-offs says “smart”, “sharp”, “bright”: an impression, which"
            " nobody else can weigh.",
            "Say what the candidate did or said that gave you the impression.",
        ),
        (
            "no-recommendation",
            whole(recommendation=""),
            HARD,
            "recommendation",
            "There is no recommendation yet.",
            "Choose one of the four, from this round alone. There is no middle, on purpose.",
        ),
        (
            "no-late-notes",
            whole(notes=tuple(note(n.id, n.dimension, n.polarity, at_seconds=185) for n in NOTES)),
            SOFT,
            "notes",
            "Your last note is from minute 3, and the round has 60.",
            "Add what you still remember of the second half, or say what happened in it.",
        ),
        (
            "flag-no-note",
            flagged(),
            HARD,
            "flag-premature-complexity",
            "The flag “Premature complexity” names no note that shows it.",
            "Tick the notes in which it was seen or heard, or withdraw the flag.",
        ),
    ],
)
def test_a_finding_in_full(
    code: str, card: CardContent, level: str, where: str, message: str, remedy: str
) -> None:
    assert finding(code, card) == Finding(code, level, where, message, remedy)


def test_how_far_an_exercise_got_is_asked_for_where_there_is_one() -> None:
    assert finding("no-correctness", whole(), CODING) == Finding(
        "no-correctness",
        HARD,
        "correctness",
        "How far the exercise got is not recorded.",
        "Choose not solved, partly solved or solved. It stands apart from the thinking.",
    )


def test_what_a_rubric_does_not_know_is_called_by_its_id() -> None:
    card = whole(ratings={"gone": rated("gone", 1, "bad", rationale="x")})
    assert finding("short-rationale", card).message.startswith("gone is rated 1, ")
    card = whole(flags=(FlagContent("gone", "concern", LONG, ()),))
    assert "“gone”" in finding("flag-no-note", card).message
