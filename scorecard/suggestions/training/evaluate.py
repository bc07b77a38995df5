"""How well the suggestions do.

`python -m scorecard.suggestions.training.evaluate [--folds N] FILE ...` prints, of each file
({text, signals, also_ok?, round?} a line) and, with --folds, of the training phrases themselves,
each judged by weights that were trained without it:

    first, three     share of the notes with a signal whose signal comes first / is among the three
    or partly        the same, with the signals in also_ok counted as right
    false alarms     share of the notes without a signal that get suggestions
"""

import argparse
import json
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from scorecard.suggestions import ranking
from scorecard.suggestions.classifier import classifier
from scorecard.suggestions.ranking import NONE, REMARK
from scorecard.suggestions.training import kinship, train

Probabilities = dict[str, float]


@dataclass(frozen=True)
class Case:
    """One judged note: what it should suggest, what is also right, and what was predicted."""

    signals: frozenset[str]
    also_ok: frozenset[str]
    found: Probabilities


@dataclass(frozen=True)
class Quality:
    """Shares from 0 to 1, and how many notes they rest on."""

    first: float
    three: float
    first_or_partly: float
    three_or_partly: float
    false_alarms: float
    with_signal: int
    without: int

    def __str__(self) -> str:
        return (
            f"first {self.first:.0%}, three {self.three:.0%}, or partly {self.first_or_partly:.0%} "
            f"and {self.three_or_partly:.0%} of {self.with_signal}; "
            f"false alarms {self.false_alarms:.0%} of {self.without}"
        )


def quality(cases: Sequence[Case], silent_above: float = ranking.SILENT_ABOVE) -> Quality:
    """The shares for these cases at a threshold. NaN where there is no note to judge by."""
    told = [case for case in cases if case.signals]
    rest = [case for case in cases if not case.signals]

    def hit(case: Case, right: frozenset[str], among: int) -> bool:
        shown = ranking.ranked(case.found, silent_above)[:among]
        return any(suggestion.signal in right for suggestion in shown)

    return Quality(
        first=_share(hit(case, case.signals, 1) for case in told),
        three=_share(hit(case, case.signals, 3) for case in told),
        first_or_partly=_share(hit(case, case.signals | case.also_ok, 1) for case in told),
        three_or_partly=_share(hit(case, case.signals | case.also_ok, 3) for case in told),
        false_alarms=_share(bool(ranking.ranked(case.found, silent_above)) for case in rest),
        with_signal=len(told),
        without=len(rest),
    )


def _share(hits: Iterable[bool]) -> float:
    counted = list(hits)
    return sum(counted) / len(counted) if counted else float("nan")


def file_cases(path: Path) -> list[Case]:
    """The notes of a JSONL file with what the committed weights say of them."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]
    return [
        Case(
            frozenset(row["signals"]),
            frozenset(row.get("also_ok", ())),
            classifier().probabilities(row["text"]),
        )
        for row in rows
    ]


def left_out_cases(folds: int) -> list[Case]:
    """Each training phrase as judged by weights that saw none of its variants."""
    labels, kin = kinship.classes(), kinship.covariance()
    examples = train.Examples(labels)
    gram = train.similarities(examples.vectors)
    fold = np.random.default_rng(0).integers(folds, size=examples.origin.max() + 1)[examples.origin]
    first = np.unique(examples.origin, return_index=True)[1]
    found = np.zeros((len(fold), len(labels)))
    for held in range(folds):
        kept = np.flatnonzero(fold != held)
        left = np.flatnonzero(fold == held)
        seen = train.centred(gram, np.where(fold == held, 0.0, examples.weight))
        dual = train.solve(
            seen[np.ix_(kept, kept)], examples.target[kept], examples.weight[kept], kin
        )
        found[left] = train.softmax(seen[np.ix_(left, kept)] @ dual)
    return [_phrase_case(labels, examples.target[i], found[i].tolist()) for i in first]


def _phrase_case(labels: tuple[str, ...], target: int, found: list[float]) -> Case:
    label = labels[target]
    return Case(
        frozenset() if label in (NONE, REMARK) else frozenset({label}),
        frozenset(),
        dict(zip(labels, found, strict=True)),
    )


def main() -> None:
    """Read the arguments and print one line for each set of notes."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--folds", type=int, default=0)
    chosen = parser.parse_args()
    if chosen.folds:
        cases = left_out_cases(chosen.folds)
        for threshold in (0.05, 0.1, 0.15, 0.2, 0.3, 0.5):
            sys.stdout.write(f"left out, silent above {threshold}: {quality(cases, threshold)}\n")
    for path in chosen.files:
        sys.stdout.write(f"{path.name}: {quality(file_cases(path))}\n")


if __name__ == "__main__":
    main()
