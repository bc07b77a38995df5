"""A note as a sparse vector: hashed words and pairs, pieces of words, ideas and their pairs."""

import math
import re
import zlib
from collections.abc import Iterable, Iterator

from scorecard.suggestions.concepts import ideas
from scorecard.suggestions.text import stem, words

BUCKETS = 1 << 16

# How much each kind of feature weighs before training; training/evaluate.py found it, by leaving
# phrases out.
GROUP_WEIGHTS = {
    "word": 1.0,
    "pair": 0.6,
    "skip": 0.4,
    "denied": 0.5,
    "chars": 0.9,
    "bones": 0.8,
    "idea": 1.0,
    "ideas": 0.8,
    "shape": 0.25,
}
_NEGATION = frozenset(
    ["not", "no", "never", "none", "nothing", "nobody", "without", "neither", "nor", "hardly"]
    + ["barely", "zero"]
)
_NEGATION_REACH = 4  # words
_SKIP_REACH = 3  # words
_MAX_WORDS = 120
_VOWELS = re.compile("[aeiouy']")
_DOUBLED = re.compile(r"(.)\1+")


def vector(text: str) -> dict[int, float]:
    """Bucket -> value. Each group has its length in GROUP_WEIGHTS: long notes do not shout."""
    out: dict[int, float] = {}
    for group, features in grouped(text).items():
        _add_group(out, group, features)
    return out


def grouped(text: str) -> dict[str, list[str]]:
    """The features of a note by group, before hashing."""
    raw = words(text)[:_MAX_WORDS]
    stems = [stem(word) for word in raw]
    plain = [s for s in stems if s not in {",", '"'}]
    found = ideas(raw, stems)
    return {
        "word": plain,
        "pair": [f"{a} {b}" for a, b in zip(stems, stems[1:], strict=False)],
        "skip": list(_skips(plain)),
        "denied": list(_denied(raw, stems)),
        "chars": list(_chars(raw)),
        "bones": [_bones(word) for word in raw if len(word) > 2 and word[0] != "#"],
        "idea": [idea for _, idea in found],
        "ideas": list(_idea_pairs(found)),
        "shape": list(_shape(text, plain)),
    }


def _add_group(out: dict[int, float], group: str, features: Iterable[str]) -> None:
    counts: dict[str, int] = {}
    for feature in features:
        counts[feature] = counts.get(feature, 0) + 1
    if not counts:
        return
    values = {feature: 1 + math.log(count) for feature, count in counts.items()}
    scale = GROUP_WEIGHTS[group] / math.sqrt(sum(value * value for value in values.values()))
    for feature, value in values.items():
        bucket = zlib.crc32(f"{group}:{feature}".encode()) % BUCKETS
        out[bucket] = out.get(bucket, 0.0) + value * scale


def _skips(plain: list[str]) -> Iterator[str]:
    for i, a in enumerate(plain):
        for b in plain[i + 2 : i + 1 + _SKIP_REACH]:
            yield f"{a} _ {b}"


def _denied(raw: list[str], stems: list[str]) -> Iterator[str]:
    """Words in reach of a negation: `never brought up drift` is not `brought up drift`."""
    left = 0
    for word, root in zip(raw, stems, strict=True):
        if word in _NEGATION or word.endswith("n't"):
            left = _NEGATION_REACH
        elif word == ",":
            left = 0
        elif left:
            left -= 1
            yield root


def _chars(raw: list[str]) -> Iterator[str]:
    """Character 3- to 5-grams within words: typos and endings keep most of them."""
    for word in raw:
        if len(word) < 4 or word[0] == "#":
            continue
        padded = f"<{word[:24]}>"
        for size in (3, 4, 5):
            for i in range(len(padded) - size + 1):
                yield padded[i : i + size]


def _bones(word: str) -> str:
    """A word as who types fast leaves it: `start` and `strt` are one, `decision` and `decison`."""
    bare = word[0] + _VOWELS.sub("", word[1:])
    return _DOUBLED.sub(r"\1", bare)


def _idea_pairs(found: list[tuple[int, str]]) -> Iterator[str]:
    names = sorted({idea for _, idea in found})
    for i, a in enumerate(names):
        for b in names[i + 1 :]:
            yield f"{a}&{b}"


def _shape(text: str, plain: list[str]) -> Iterator[str]:
    yield f"length {min(len(plain) // 4, 8)}"
    if "?" in text:
        yield "question"
    if text[:1] in {'"', "“", "'"}:
        yield "starts as a quote"
    elif '"' in text or "“" in text:
        yield "holds a quote"
