"""Recognise ideas in a note's words by the lexicon concepts.txt, whichever word was used."""

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from scorecard.suggestions.text import stem, words

_FILE = Path(__file__).with_name("concepts.txt")
_MIN_PREFIX = 3

Terms = dict[str, list[tuple[tuple[str, ...], str]]]  # first stem -> (further stems, idea)


@lru_cache(maxsize=1)
def lexicon() -> tuple[Terms, dict[str, list[str]]]:
    """Terms by their first stem, longest first, and prefixes (`refus*`) by their text."""
    terms: Terms = {}
    prefixes: dict[str, list[str]] = {}
    for line in _FILE.read_text(encoding="utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        idea, _, listed = line.partition(":")
        for term in listed.split(","):
            _add(term.strip(), idea, terms, prefixes)
    for entries in terms.values():
        entries.sort(key=lambda entry: -len(entry[0]))
    return terms, prefixes


def _add(term: str, idea: str, terms: Terms, prefixes: dict[str, list[str]]) -> None:
    if term.endswith("*") and " " not in term:
        prefixes.setdefault(term[:-1], []).append(idea)
        return
    stems = [term] if term.startswith("#") else [stem(word) for word in words(term) if word != ","]
    if stems:
        terms.setdefault(stems[0], []).append((tuple(stems[1:]), idea))


def ideas(raw: Sequence[str], stems: Sequence[str]) -> list[tuple[int, str]]:
    """(position, idea) for each idea found; `raw` and `stems` are the words, index by index."""
    terms, prefixes = lexicon()
    found: list[tuple[int, str]] = []
    for position, (word, first) in enumerate(zip(raw, stems, strict=True)):
        for rest, idea in terms.get(first, ()):
            if tuple(stems[position + 1 : position + 1 + len(rest)]) == rest:
                found.append((position, idea))
        for length in range(_MIN_PREFIX, len(word) + 1):
            found.extend((position, idea) for idea in prefixes.get(word[:length], ()))
    return found
