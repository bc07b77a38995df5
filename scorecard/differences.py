"""What an amendment changed: before and after, field by field, in words. Pure."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from textwrap import shorten
from typing import TypeVar

from rubric.content import Rubric
from scorecard.content import CardContent, FlagContent, NoteContent, RatingContent
from scorecard.readable import clock, title

Row = tuple[str, str, str]  # field, before, after
T = TypeVar("T")


@dataclass(frozen=True)
class Change:
    """One field that differs; an empty side means that there was, or is, nothing."""

    field: str
    before: str
    after: str


def differences(before: CardContent, after: CardContent, rubric: Rubric) -> list[Change]:
    """Every difference in a fixed order: verdict, ratings, flags, notes."""
    rows = [*_verdict(before, after, rubric), *_ratings(before, after, rubric)]
    rows += [*_flags(before, after, rubric), *_notes(before, after, rubric)]
    return [Change(*row) for row in rows if row[1] != row[2]]


def _verdict(before: CardContent, after: CardContent, rubric: Rubric) -> Iterator[Row]:
    asked = rubric.recommendations, rubric.correctness
    yield _row("Recommendation", (before, after), lambda c: title(asked[0], c.recommendation))
    yield _row("Outcome", (before, after), lambda c: title(asked[1], c.correctness))
    yield _row("Summary", (before, after), lambda c: c.summary)
    yield _row("Follow-up", (before, after), lambda c: c.follow_up)


def _ratings(before: CardContent, after: CardContent, rubric: Rubric) -> Iterator[Row]:
    olds, news = ({each.dimension: each for each in card.ratings} for card in (before, after))
    for id in dict.fromkeys((*olds, *news)):
        name, pair = title(rubric.dimensions, id), (olds.get(id), news.get(id))
        yield _row(name, pair, _rated)
        yield _row(f"{name}, rationale", pair, lambda each: each.rationale)
        yield _row(f"{name}, why not observed", pair, lambda each: each.not_observed_reason)
        yield _citations(name, pair, before, after)


def _flags(before: CardContent, after: CardContent, rubric: Rubric) -> Iterator[Row]:
    olds, news = ({each.signal: each for each in card.flags} for card in (before, after))
    for id in dict.fromkeys((*olds, *news)):
        name, pair = f"Flag “{title(rubric.signals, id)}”", (olds.get(id), news.get(id))
        yield _row(name, pair, lambda each: title(rubric.severities, each.severity))
        yield _row(f"{name}, explanation", pair, lambda each: each.explanation)
        yield _citations(name, pair, before, after)


def _notes(before: CardContent, after: CardContent, rubric: Rubric) -> Iterator[Row]:
    olds, news = ({each.id: each for each in card.notes} for card in (before, after))
    for id, note in (olds | news).items():
        name, pair = f"Note at {clock(olds.get(id, note).at_seconds)}", (olds.get(id), news.get(id))
        yield _row(name, pair, lambda each: each.text)
        yield _row(f"{name}, tags", pair, lambda each: _tags(each, rubric))
        yield _row(f"{name}, why a remark was kept", pair, lambda each: each.job_related)


def _row(field: str, pair: tuple[T | None, T | None], said: Callable[[T], str]) -> Row:
    """The same thing said of both sides; a side that is not there says nothing."""
    before, after = ("" if each is None else said(each) for each in pair)
    return field, before, after


def _rated(rating: RatingContent) -> str:
    return str(rating.value) if rating.value else "Not observed"


def _citations(
    name: str,
    pair: tuple[RatingContent | FlagContent | None, RatingContent | FlagContent | None],
    before: CardContent,
    after: CardContent,
) -> Row:
    """The cited notes by clock and first words, since ids tell a reader nothing."""
    old, new = (_cited(row, card) for row, card in zip(pair, (before, after), strict=True))
    return f"{name}, notes cited", old, new


def _cited(row: RatingContent | FlagContent | None, card: CardContent) -> str:
    cited = [note for note in card.notes if row and note.id in row.notes]
    cited.sort(key=lambda note: (note.at_seconds, note.id))
    return "\n".join(f"{clock(note.at_seconds)} {shorten(note.text, 80)}" for note in cited)


def _tags(note: NoteContent, rubric: Rubric) -> str:
    parts = (
        clock(note.at_seconds),
        {"quote": "quote", "probe": "asked"}.get(note.kind, ""),
        note.polarity,
        title(rubric.dimensions, note.dimension),
        title(rubric.signals, note.signal),
        title(rubric.probes, note.probe),
        title(rubric.stages, note.stage),
    )
    return ", ".join(part for part in parts if part)
