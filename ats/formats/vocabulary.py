"""The words of a rubric that files are checked against."""

from dataclasses import dataclass

from rubric.content import Rubric


@dataclass(frozen=True)
class Vocabulary:
    rubric: Rubric
    longest_text: int  # characters that one text may have

    def knows(self, kind: str, word: str) -> bool:
        """`kind` is dimension, signal, stage, probe, round or level."""
        return word in getattr(self.rubric, f"{kind}s")

    def unknown(self, kind: str, word: str) -> str:
        """The sentence about a word that is no such id, with the nearest that are."""
        near = self.rubric.nearest(kind, word[:60])
        known = f"; nearest known: {', '.join(near)}" if near else ""
        return f"is not a {kind} of the rubric{known}"

    def not_flaggable(self, signal: str) -> str:
        """Why this signal cannot be a flag; empty when it is a risk."""
        polarity = self.rubric.signals[signal].polarity
        return "" if polarity == "risk" else f"{signal} is a {polarity}: only a risk can be flagged"

    @property
    def exercise_rounds(self) -> list[str]:
        """Rounds with an outcome that can be right or wrong."""
        return [round.id for round in self.rubric.rounds.values() if round.correctness]
