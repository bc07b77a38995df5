"""From a note as typed to normalised words: shorthand spelled out, stems, sentence parts."""

import re
import unicodedata
from pathlib import Path

MAX_CHARS = 2_000  # a note says what it says early; beyond this only latency grows


def _shorthand() -> dict[str, str]:
    """From each spelling in shorthand.txt to what it stands for."""
    lines = Path(__file__).with_name("shorthand.txt").read_text(encoding="utf-8").splitlines()
    rows = (line.partition(": ") for line in lines if not line.startswith("#"))
    return {short: meaning for meaning, _, listed in rows for short in listed.split()}


_SHORTHAND = _shorthand()
_NUMBER = re.compile(r"^[£€$]?\d[\d.,:%/]*[a-z£€$%]{0,3}$")
_TOKEN = re.compile(
    r"w/out|w/o|w/|b/c|e\.g\.|->|→|[£€$]?\d[\d.,:%]*\w{0,3}|[^\W\d_]+(?:['’][^\W\d_]+)*|[&+=@?!]|[.,;:()\"“”/–—-]"
)
_BREAK = frozenset(".,;:()?!-–—/")
_QUOTE = frozenset('"“”')
_SUFFIXES = (
    ("isation", "iz"), ("ization", "iz"), ("ational", "at"), ("fulness", "ful"), ("iveness", "ive"),
    ("ations", "at"), ("ation", "at"), ("ating", "at"), ("ated", "at"), ("ates", "at"),
    ("ising", "iz"), ("izing", "iz"), ("ised", "iz"), ("ized", "iz"), ("ises", "iz"),
    ("izes", "iz"),
    ("ise", "iz"), ("ize", "iz"), ("ments", ""), ("ment", ""), ("ness", ""), ("ies", "y"),
    ("ied", "y"), ("ings", ""), ("ing", ""), ("edly", ""), ("ed", ""), ("ally", "al"), ("ly", ""),
    ("ers", ""), ("er", ""), ("ours", "or"), ("our", "or"), ("es", ""), ("s", ""), ("e", ""),
)  # fmt: skip


def words(text: str) -> list[str]:
    """Words of a note in order, lower-case, shorthand spelled out; a pause is `,`, a quote `"`."""
    plain = unicodedata.normalize("NFKC", text[:MAX_CHARS]).lower().replace("’", "'")
    return [word for raw in _TOKEN.findall(plain) for word in _spell_out(raw)]


def _spell_out(raw: str) -> list[str]:
    if raw in _QUOTE:
        return ['"']
    if raw in "?!":
        return [raw, ","]
    if raw in _SHORTHAND:
        return _SHORTHAND[raw].split()
    if raw in _BREAK:
        return [","]
    if _NUMBER.match(raw):
        return [_number(raw)]
    return [raw]


def _number(raw: str) -> str:
    if raw[0] in "£€$" or raw[-1] in "£€$k":
        return "#money"
    if raw.endswith("%"):
        return "#percent"
    if raw.endswith("ms"):
        return "#ms"
    if ":" in raw:
        return "#clock"
    if raw.startswith(("0.", ".")):
        return "#fraction"
    return raw if len(raw) < 3 else "#number"


def stem(word: str) -> str:
    """A short stem: British and American spellings and the common endings fall together."""
    if len(word) < 4 or word[0] in "#\"'":
        return word
    base = word.removesuffix("'s")
    if base.endswith("n't"):
        return base
    for suffix, replacement in _SUFFIXES:
        if base.endswith(suffix) and len(base) - len(suffix) + len(replacement) >= 3:
            return _undouble(base[: -len(suffix)] + replacement, suffix)
    return base


def _undouble(root: str, suffix: str) -> str:
    """`stopped` -> `stop`, `labelled` -> `label`, but `miss` from `misses`."""
    doubled = len(root) > 3 and root[-1] == root[-2] and root[-1] not in "se"
    return root[:-1] if doubled and suffix in {"ed", "ing", "er", "ers", "e", "s", "es"} else root
