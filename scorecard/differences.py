"""What an amendment changed: before and after, field by field, in words. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from textwrap import shorten

from scorecard.content import CardContent, FlagContent, NoteContent, RatingContent
from scorecard.readable import clock, title
from scorecard.rubric.pack import Rubric

Row = tuple[str, str, str]  # field, before, after


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
    cards = (before, after)
    yield "Recommendation", *(title(rubric.recommendations, c.recommendation) for c in cards)
    yield "Outcome", *(title(rubric.correctness, c.correctness) for c in cards)
    yield "Summary", *(c.summary for c in cards)
    yield "Follow-up", *(c.follow_up for c in cards)


def _ratings(before: CardContent, after: CardContent, rubric: Rubric) -> Iterator[Row]:
    olds, news = ({each.dimension: each for each in card.ratings} for card in (before, after))
    for id in dict.fromkeys((*olds, *news)):
        name, pair = title(rubric.dimensions, id), (olds.get(id), news.get(id))
        yield name, *(_rated(each) for each in pair)
        yield f"{name}, rationale", *(each.rationale if each else "" for each in pair)
        yield (
            f"{name}, why not observed",
            *(each.not_observed_reason if each else "" for each in pair),
        )
        yield f"{name}, notes cited", *_cited_by(pair, before, after)


def _flags(before: CardContent, after: CardContent, rubric: Rubric) -> Iterator[Row]:
    olds, news = ({each.signal: each for each in card.flags} for card in (before, after))
    for id in dict.fromkeys((*olds, *news)):
        name, pair = f"Flag “{title(rubric.signals, id)}”", (olds.get(id), news.get(id))
        yield name, *(title(rubric.severities, each.severity) if each else "" for each in pair)
        yield f"{name}, explanation", *(each.explanation if each else "" for each in pair)
        yield f"{name}, notes cited", *_cited_by(pair, before, after)


def _notes(before: CardContent, after: CardContent, rubric: Rubric) -> Iterator[Row]:
    olds, news = ({each.id: each for each in card.notes} for card in (before, after))
    for id in dict.fromkeys((*olds, *news)):
        old, new = olds.get(id), news.get(id)
        name = f"Note at {clock((old or new).at_seconds)}"
        yield name, *(each.text if each else "" for each in (old, new))
        yield f"{name}, tags", *(_tags(each, rubric) if each else "" for each in (old, new))


def _rated(rating: RatingContent | None) -> str:
    if rating is None:
        return ""
    return str(rating.value) if rating.value else "Not observed"


def _cited_by(
    pair: tuple[RatingContent | FlagContent | None, ...], before: CardContent, after: CardContent
) -> Iterator[str]:
    """The cited notes by clock and first words, since ids tell a reader nothing."""
    for row, card in zip(pair, (before, after), strict=True):
        cited = [note for note in card.notes if row and note.id in row.notes]
        cited.sort(key=lambda note: (note.at_seconds, note.id))
        yield "\n".join(f"{clock(note.at_seconds)} {shorten(note.text, 80)}" for note in cited)


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
