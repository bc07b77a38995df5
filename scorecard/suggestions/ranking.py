"""From probabilities to what is shown: a threshold for "no signal here", then the best three."""

from collections.abc import Iterable
from dataclasses import dataclass

MOST = 3
# Above this probability of "no signal" nothing is suggested. Leaving training phrases out, 14 % of
# the no-signal notes then get suggestions; evaluate.py --folds prints the curve.
SILENT_ABOVE = 0.15


@dataclass(frozen=True)
class Suggestion:
    """One signal of the rubric and how probable it is for the note, from 0 to 1."""

    signal: str
    score: float


def suggest(text: str, round: str = "") -> list[Suggestion]:
    """Up to three signals for a note, best first; an empty list means "no signal here".

    `round` is part of the interface and may be any text. It does not sway the ranking: weighing
    a round's focus dimensions in was measured and made the right signal rarer, not more frequent.
    """
    from scorecard.suggestions.classifier import classifier  # loads numpy and 4 MB: when wanted

    if not any(char.isalnum() for char in text):
        return []
    found = classifier().probabilities(text)
    return ranked(found)


def ranked(found: dict[str, float], silent_above: float = SILENT_ABOVE) -> list[Suggestion]:
    """The best three of a note's probabilities, or nothing where "no signal" is too probable."""
    *signals, silence = found.items()
    if silence[1] > silent_above:
        return []
    best = sorted(signals, key=lambda entry: -entry[1])[:MOST]
    return [Suggestion(signal, round_score(score)) for signal, score in best]


def round_score(score: float) -> float:
    """Three decimals: more would pretend to a precision that is not there."""
    return round(score, 3)


def suggest_many(notes: Iterable[tuple[str, str]]) -> list[list[Suggestion]]:
    """`suggest` for (text, round) pairs, in their order."""
    return [suggest(text, round_) for text, round_ in notes]
