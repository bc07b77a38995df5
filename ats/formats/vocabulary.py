"""The words of a rubric that files are checked against; whoever owns the rubric fills it."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

Nearest = Callable[[str, str], list[str]]  # kind of word, wrong id -> known ids, nearest first


@dataclass(frozen=True)
class SignalWord:
    dimension: str
    polarity: str  # strength, risk or noise


@dataclass(frozen=True)
class Vocabulary:
    dimensions: Collection[str]
    signals: Mapping[str, SignalWord]
    stages: Collection[str]
    probes: Collection[str]
    rounds: Collection[str]
    levels: Collection[str]
    exercise_rounds: Collection[str]  # rounds with an outcome that can be right or wrong
    nearest: Nearest
    longest_text: int  # characters that one text may have

    def knows(self, kind: str, word: str) -> bool:
        """`kind` is dimension, signal, stage, probe, round or level."""
        return word in getattr(self, f"{kind}s")

    def unknown(self, kind: str, word: str) -> str:
        """The sentence about a word that is no such id, with the nearest that are."""
        near = self.nearest(kind, word[:60])
        known = f"; nearest known: {', '.join(near)}" if near else ""
        return f"is not a {kind} of the rubric{known}"
