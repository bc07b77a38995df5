"""Remarks in a note that are no evidence, since they are about the person and not about the work.

What has the candidate as its subject ("she is quite young") always counts. A word that seldom has
another use ("pregnant", "accent"), or that is said of "them", counts unless the sentence is about
users, data or models: an interviewer of machine-learning people writes of fairness, age bands and
speech data all day. A false alarm on "the model is ageing" costs trust in the true ones, so the
patterns are written to be wrong seldom.

All but `doubts` is pure and linear in the length of the text.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import groupby, islice
from operator import itemgetter

from scorecard.suggestions import reads_like_a_remark
from scorecard.suggestions.text import MAX_CHARS
from scorecard.wording.patterns import any_of, compiled, filled, read

# Where words of two kinds start at one place, the kind that stands first here is taken.
KINDS = ("age", "family", "origin", "accent", "looks", "health", "religion", "gender", "fit")
WORD = re.compile(r"[^\W\d_]+|\d+s?")
_REACH = 90  # characters on either side of a trigger that a remark or its context may take
_MOST_TRIGGERS = 100  # no note needs more, and a hostile one gets no more
_STOPS = ".!?;\n"


@dataclass(frozen=True)
class Remark:
    """A stretch of a note that does not belong in evidence; `span` is its start and end offset."""

    kind: str
    span: tuple[int, int]
    text: str
    advice: str


@dataclass(frozen=True)
class RemarkPatterns:
    """What `remarks.yaml` and `kinds/` say. In a pattern each kind is a group of that name."""

    on_the_candidate: tuple[re.Pattern[str], ...]
    on_anybody: tuple[re.Pattern[str], ...]
    job_talk: re.Pattern[str]
    triggers: dict[str, tuple[str, ...]]  # by their first two characters
    advice: dict[str, str]


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
    found, said, patterns = remarks(text), text.strip(), remark_patterns()
    if found or patterns.job_talk.search(said[:MAX_CHARS]) or not reads_like_a_remark(said):
        return found
    span = (text.index(said), len(text.rstrip()))
    return [Remark("person", span, said, patterns.advice["person"])]


@cache
def remark_patterns() -> RemarkPatterns:
    """Read and compiled once a process, by the web server at its start: a tenth of a second."""
    lists, kinds = read("remarks"), {kind: read(f"kinds/{kind}") for kind in KINDS}
    known: dict[str, str] = {}
    for name, lines in lists["words"].items():
        known[name] = any_of(lines, known)
    known |= _named_groups(kinds, known)
    triggers = sorted([*lists["triggers"].split(), *map(str, range(20, 80))])
    return RemarkPatterns(
        on_the_candidate=tuple(compiled(filled(each, known)) for each in lists["on_the_candidate"]),
        on_anybody=tuple(compiled(filled(each, known)) for each in lists["on_anybody"]),
        job_talk=compiled(rf"\b{any_of(lists['job_talk'], known)}\b"),
        triggers={start: tuple(each) for start, each in groupby(triggers, itemgetter(slice(2)))},
        advice={"person": lists["advice"], **{kind: kinds[kind]["advice"] for kind in KINDS}},
    )


def _named_groups(kinds: dict[str, dict[str, str]], known: dict[str, str]) -> dict[str, str]:
    """For each name of a list (`is`, `has`): the lists of that name of all kinds, as groups."""
    groups: dict[str, list[str]] = {}
    for kind, lists in kinds.items():
        for name, lines in lists.items():
            if name != "advice":
                groups.setdefault(name, []).append(f"(?P<{kind}>{any_of(lines, known)})")
    return {name: f"(?:{'|'.join(each)})" for name, each in groups.items()}


def _windows(text: str) -> Iterator[tuple[int, int]]:
    """Stretches around words that a remark would hold, cut at the ends of sentences, merged."""
    known = remark_patterns().triggers
    # Few words begin like a trigger at all, and each then is compared with a few triggers.
    triggers = (
        word
        for word in WORD.finditer(text)
        if (lower := word.group().lower()).startswith(known.get(lower[:2], ()))
    )
    start, end = 0, -1
    for word in islice(triggers, _MOST_TRIGGERS):
        first, last = _sentence(text, word.start(), word.end())
        if first > end >= 0:
            yield start, end
        start = first if first > end else start
        end = last
    if end >= 0:
        yield start, end


def _sentence(text: str, start: int, end: int) -> tuple[int, int]:
    """Start and end of what is within reach of a word in its sentence."""
    before, after = text[max(0, start - _REACH) : start], text[end : end + _REACH]
    left = max(before.rfind(mark) for mark in _STOPS) + 1
    stops = [at for mark in _STOPS if (at := after.find(mark)) >= 0]
    return start - len(before) + left, end + (min(stops) if stops else len(after))


def _in_window(text: str, start: int, end: int) -> Iterator[Remark]:
    window, patterns = text[start:end], remark_patterns()
    on_anybody = () if patterns.job_talk.search(window) else patterns.on_anybody
    for pattern in patterns.on_the_candidate + on_anybody:
        for match in pattern.finditer(window):
            kind = str(match.lastgroup)
            span = (start + match.start(), start + match.end())
            yield Remark(kind, span, match.group(), patterns.advice[kind])
