"""Words in a note that are no evidence: remarks that do not belong there, and vague praise.

Two kinds of pattern (remark_patterns.py). What has the candidate as its subject ("she is quite
young") always counts. A word that seldom has another use ("pregnant", "accent"), or that is said
of "them", counts unless the sentence is about users, data or models: an interviewer of
machine-learning people writes of fairness, age bands and speech data all day.

All but `doubts` is pure and linear in the length of the text.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from scorecard.suggestions import reads_like_a_remark
from scorecard.suggestions.text import MAX_CHARS
from scorecard.wording.context import ADVICE, JOB_TALK, TRIGGERS
from scorecard.wording.patterns import ON_ANYBODY, ON_THE_CANDIDATE
from scorecard.wording.vague import BEHAVIOUR, VAGUE, VAGUE_ADVICE

_WORD = re.compile(r"[^\W\d_]+|\d+s?")
_SHORT_NOTE = 14  # words; a longer note says more than its vague words
_REACH = 90  # characters on either side of a trigger that a remark or its context may take
_MOST_TRIGGERS = 100  # no note needs more, and a hostile one gets no more
_STOPS = ".!?;\n"
_TRIGGERS_BY_START = {
    start: tuple(trigger for trigger in TRIGGERS if trigger.startswith(start))
    for start in {trigger[:2] for trigger in TRIGGERS}
}


@dataclass(frozen=True)
class Remark:
    """A stretch of a note that does not belong in evidence; `span` is its start and end offset."""

    kind: str
    span: tuple[int, int]
    text: str
    advice: str


def remarks(text: str) -> list[Remark]:
    """What a note says on age, family, origin, accent, looks, health, religion, gender or "fit".

    In the order of the text, without overlaps; `advice` says what to write instead.
    """
    plain = text.replace("’", "'")
    found = sorted(
        (remark for start, end in _windows(plain) for remark in _in_window(plain, start, end)),
        key=lambda remark: (remark.span[0], -remark.span[1]),
    )
    kept: list[Remark] = []
    for remark in found:
        if not kept or remark.span[0] >= kept[-1].span[1]:
            kept.append(remark)
    return kept


def doubts(text: str) -> list[Remark]:
    """`remarks` or, where there are none, the whole note if it reads like one and not of the work.

    The second kind is learned, finds what no pattern foresaw and errs more often: to be asked
    about as a note is written, never to stand in the way of handing it in.
    """
    found = remarks(text)
    said = text.strip()
    if not found and not JOB_TALK.search(said[:MAX_CHARS]) and reads_like_a_remark(said):
        found = [Remark("person", (text.index(said), len(text.rstrip())), said, ADVICE["person"])]
    return found


def _windows(text: str) -> Iterator[tuple[int, int]]:
    """Stretches around words that a remark would hold, cut at the ends of sentences, merged."""
    triggers = (word for word in _WORD.finditer(text) if _may_trigger(word.group().lower()))
    start, end = 0, -1
    for word in islice(triggers, _MOST_TRIGGERS):
        first, last = _sentence(text, word.start(), word.end())
        if first > end >= 0:
            yield start, end
        start = first if first > end else start
        end = last
    if end >= 0:
        yield start, end


def _may_trigger(word: str) -> bool:
    """Few words begin like a trigger at all, and each then is compared with a few triggers."""
    return word.startswith(_TRIGGERS_BY_START.get(word[:2], ()))


def _sentence(text: str, start: int, end: int) -> tuple[int, int]:
    """Start and end of what is within reach of a word in its sentence."""
    before, after = text[max(0, start - _REACH) : start], text[end : end + _REACH]
    left = max(before.rfind(mark) for mark in _STOPS) + 1
    stops = [at for mark in _STOPS if (at := after.find(mark)) >= 0]
    return start - len(before) + left, end + (min(stops) if stops else len(after))


def _in_window(text: str, start: int, end: int) -> Iterator[Remark]:
    window = text[start:end]
    patterns = ON_THE_CANDIDATE if JOB_TALK.search(window) else ON_THE_CANDIDATE + ON_ANYBODY
    for pattern in patterns:
        for match in pattern.finditer(window):
            kind = str(match.lastgroup)
            span = (start + match.start(), start + match.end())
            yield Remark(kind, span, match.group(), ADVICE[kind])


def vague(text: str) -> list[Remark]:
    """Words of impression ("smart", "good vibe") in a short note that tells of no behaviour."""
    if sum(1 for _ in islice(_WORD.finditer(text), _SHORT_NOTE + 1)) > _SHORT_NOTE:
        return []
    words = text.replace("’", "'")
    if BEHAVIOUR.search(words):
        return []
    return [
        Remark("vague", match.span(), match.group(), VAGUE_ADVICE)
        for match in VAGUE.finditer(words)
    ]
