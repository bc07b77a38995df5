"""The content of a card out of a file: made, compared, and completed by what is known already."""

from collections import defaultdict
from dataclasses import replace
from typing import Any
from uuid import UUID, uuid5

from ats.formats.documents import CardDocument
from scorecard.content import CardContent, FlagContent, NoteContent, RatingContent

NOTES = UUID("6f3d1c52-7a55-4a0e-9a0b-5f6a3c1b9d10")  # the namespace of ids of imported notes
TAGS = ("stage", "probe", "dimension", "signal", "polarity")


def content_of(card: CardDocument, seat_id: str) -> CardContent:
    """Notes get ids that are the same in every installation, and with them a packet's digest."""
    ids = [str(uuid5(NOTES, f"{seat_id}/{index}")) for index in range(len(card.notes))]
    return CardContent(
        recommendation=card.recommendation,
        correctness=card.correctness,
        summary=card.summary,
        follow_up=card.follow_up,
        notes=tuple(
            NoteContent(
                id=id,
                at_seconds=note.at_seconds,
                kind=note.kind,
                text=note.text,
                **{tag: getattr(note, tag) for tag in TAGS},
            )
            for id, note in zip(ids, card.notes, strict=True)
        ),
        ratings=tuple(
            RatingContent(
                dimension=rating.dimension,
                value=rating.value,
                rationale=rating.rationale if rating.value else "",
                not_observed_reason="" if rating.value else rating.rationale,
                notes=tuple(ids[index] for index in rating.notes),
            )
            for rating in card.ratings
        ),
        flags=tuple(
            FlagContent(
                signal=flag.signal,
                severity=flag.severity,
                explanation=flag.explanation,
                notes=tuple(ids[index] for index in flag.notes),
            )
            for flag in card.flags
        ),
    )


def same(one: CardContent, other: CardContent) -> bool:
    """Do two cards say the same? The ids of notes and the order of ratings do not count."""
    return _shape(one) == _shape(other)


def _shape(content: CardContent) -> list[Any]:
    position = {note.id: index for index, note in enumerate(content.notes)}

    def cites(item: RatingContent | FlagContent) -> tuple[Any, list[int]]:
        return replace(item, notes=()), sorted({position.get(id, -1) for id in item.notes})

    return [
        (content.recommendation, content.correctness, content.summary, content.follow_up),
        [replace(note, id="") for note in content.notes],
        sorted(map(cites, content.ratings), key=lambda pair: pair[0].dimension),
        sorted(map(cites, content.flags), key=lambda pair: pair[0].signal),
    ]


def enriched(poorer: CardContent, fuller: CardContent) -> CardContent:
    """A newer card of a format that knows less, with what an older, fuller one says beside it.

    Notes that are still the same keep their tags, and ratings of the same value what they cite.
    """
    waiting: dict[tuple[int, str, str], list[NoteContent]] = defaultdict(list)
    for note in reversed(fuller.notes):
        waiting[_words(note)].append(note)
    now: dict[str, str] = {}  # id of a note in the fuller card: id in the newer one
    notes = []
    for note in poorer.notes:
        if found := waiting[_words(note)]:
            before = found.pop()
            now[before.id] = note.id
            note = replace(note, **{tag: getattr(before, tag) for tag in TAGS})
        notes.append(note)
    return replace(
        poorer,
        summary=poorer.summary or fuller.summary,
        follow_up=poorer.follow_up or fuller.follow_up,
        notes=tuple(notes),
        ratings=_ratings(poorer, fuller, now),
        flags=_flags(poorer, fuller, now),
    )


def _words(note: NoteContent) -> tuple[int, str, str]:
    return note.at_seconds, note.kind, note.text


def _cited(notes: tuple[str, ...], now: dict[str, str]) -> tuple[str, ...]:
    return tuple(now[id] for id in notes if id in now)


def _ratings(
    poorer: CardContent, fuller: CardContent, now: dict[str, str]
) -> tuple[RatingContent, ...]:
    before = {each.dimension: each for each in fuller.ratings}
    ratings = []
    for each in poorer.ratings:
        known = before.pop(each.dimension, None)
        if known and known.value == each.value:
            each = replace(each, notes=_cited(known.notes, now))
        ratings.append(each)
    # What was not observed and has no words is not in the poorer format at all.
    return (*ratings, *(each for each in before.values() if each.value is None))


def _flags(
    poorer: CardContent, fuller: CardContent, now: dict[str, str]
) -> tuple[FlagContent, ...]:
    before = {(each.signal, each.explanation): each for each in fuller.flags}
    return tuple(
        replace(each, notes=_cited(known.notes, now)) if known else each
        for each in poorer.flags
        for known in [before.get((each.signal, each.explanation))]
    )
