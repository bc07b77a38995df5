"""From probabilities to what is shown: a threshold for "no signal here", then the best three."""

import re
from dataclasses import dataclass
from functools import lru_cache

from scorecard.suggestions.text import MAX_CHARS

NONE = "none"  # the class of a note without a signal
REMARK = "remark"  # of what is said of the person, and is no evidence
MOST = 3
_WORD = re.compile(r"[a-zA-Z]+")
_LATIN = re.compile(r"[a-zA-Z]{2}|\d")  # without it the phrases, English all, tell nothing
# Above this probability of "no signal" nothing is suggested. Leaving training phrases out, about
# 12 % of the no-signal notes then get suggestions; training/evaluate.py --folds prints the curve.
SILENT_ABOVE = 0.17

# Above this a note reads like a remark on the person: 3 % of the no-signal phrases that were left
# out of training do, and half a percent of those with a signal.
REMARK_ABOVE = 0.4
FEWEST_WORDS = 3  # fewer tell too little of what the note is about


@dataclass(frozen=True)
class Suggestion:
    """One signal of the rubric and how probable it is for the note, from 0 to 1."""

    signal: str
    score: float


def suggest(text: str) -> list[Suggestion]:
    """Up to three signals for a note, best first; an empty list means "no signal here".

    The round has no say: weighing its focus dimensions in was measured, and lost on one set of
    notes what it won on another.
    """
    return ranked(_probabilities(text[:MAX_CHARS])) if _LATIN.search(text) else []


def reads_like_a_remark(text: str) -> bool:
    """Is the note as a whole about the person and not about what they did?"""
    if len(_WORD.findall(text[:MAX_CHARS])) < FEWEST_WORDS:
        return False
    return _probabilities(text[:MAX_CHARS])[REMARK] > REMARK_ABOVE


@lru_cache(maxsize=64)  # the same note is asked for its signals and for remarks
def _probabilities(text: str) -> dict[str, float]:
    from scorecard.suggestions.classifier import classifier  # loads numpy and 4 MB: when wanted

    return classifier().probabilities(text)


def ranked(found: dict[str, float], silent_above: float = SILENT_ABOVE) -> list[Suggestion]:
    """The best three of a note's probabilities, or nothing where "no signal" is too probable.

    A remark beside an observation does not hide it: only a note that is mostly one is passed over.
    """
    remark = found.get(REMARK, 0.0)
    if remark > REMARK_ABOVE or found[NONE] > silent_above * (1 - remark):
        return []
    signals = [entry for entry in found.items() if entry[0] not in (REMARK, NONE)]
    best = sorted(signals, key=lambda entry: -entry[1])[:MOST]
    # More than three decimals would pretend to a precision that is not there.
    return [Suggestion(signal, round(score, 3)) for signal, score in best]
