"""A scorecard's content in the words of its rubric, ready to be shown. Pure.

An id that the rubric does not know (an import may bring one) is shown as it is.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from rubric.content import Round, Rubric
from scorecard.content import CardContent, FlagContent, NoteContent, RatingContent
from scorecard.supported_ratings import NO_CONSTRAINT, unsupported_reason

LONG_NOTE = 600  # characters; a longer one is folded after so many words
FOLD_AT = 280
WHY_UNSUPPORTED = {
    "no-evidence": "cites no note",
    "noise-only": "rests on noise alone",
    NO_CONSTRAINT: "nothing was put in the candidate’s way",
}
CHALLENGES = {
    "observed-after-all": "Marked “not observed” though notes show it",
    "four-beside-flag": "A 4 beside a flag",
    "against-evidence": "Rated against the notes cited",
    "only-questions": "Rests on questions alone",
    "short-rationale": "Hardly a word why",
    "vague": "Vague evidence",
    "seen-not-rated": "Noted but not rated",
    "yes-over-disqualifying": "Yes over a disqualifying flag",
    "no-late-notes": "No note from the second half",
    "remark": "A remark that may not be about the work",
}
# The class of the colours, and the sign. The scripts have the same (polarity.js).
GLYPHS = {"strength": ("s", "+"), "risk": ("r", "−"), "noise": ("n", "~"), "": ("q", "")}


@dataclass(frozen=True)
class ReadableNote:
    id: str
    clock: str  # minutes and seconds from the start
    kind: str
    text: str
    polarity: str
    tone: str  # the class of the glyph
    glyph: str
    signal: str = ""  # titles from here on
    dimension: str = ""
    probe: str = ""
    stage: str = ""
    job_related: str = ""  # why a challenged remark was kept

    @property
    def is_quote(self) -> bool:
        return self.kind == "quote"

    @property
    def was_asked(self) -> bool:
        return self.kind == "probe"

    @property
    def start(self) -> str:
        """The first words of a long note; all of a shorter one."""
        if len(self.text) <= LONG_NOTE:
            return self.text
        return self.text[:FOLD_AT].rsplit(maxsplit=1)[0] + " …"

    @property
    def is_long(self) -> bool:
        return len(self.text) > LONG_NOTE


@dataclass(frozen=True)
class ReadableAnswer:
    """A challenge that was stood by: what it was, in a few words, and the reason."""

    asked: str
    reason: str


@dataclass(frozen=True)
class ReadableRating:
    id: str
    title: str
    value: int | None
    word: str  # the title of the point, or of "not observed"
    anchor: str
    rationale: str
    not_observed_reason: str
    unsupported: str  # why it counts nowhere; empty where it counts
    notes: tuple[ReadableNote, ...]
    answers: tuple[ReadableAnswer, ...]


@dataclass(frozen=True)
class ReadableFlag:
    id: str
    title: str
    dimension: str
    severity: str
    disqualifying: bool
    explanation: str
    notes: tuple[ReadableNote, ...]
    answers: tuple[ReadableAnswer, ...]


@dataclass(frozen=True)
class ReadableCard:
    recommendation: str
    correctness: str
    summary: str
    follow_up: str
    ratings: tuple[ReadableRating, ...]
    flags: tuple[ReadableFlag, ...]
    notes: tuple[ReadableNote, ...]  # by time
    missing: tuple[str, ...]  # focus dimensions with neither a rating nor "not observed"
    answers: tuple[ReadableAnswer, ...]  # those that belong to no rating and no flag


def readable(
    card: CardContent, rubric: Rubric, round: Round, *, constraint_in_room: bool = False
) -> ReadableCard:
    """The whole card; ratings in the order of the round's focus, others after.

    `constraint_in_room` is as `unsupported_reason` takes it.
    """
    notes = {note.id: readable_note(note, rubric) for note in card.notes}
    order = {dimension: at for at, dimension in enumerate((*round.focus, *rubric.dimensions))}
    ratings = sorted(card.ratings, key=lambda each: order.get(each.dimension, len(order)))
    rated = {rating.dimension for rating in card.ratings}
    placed = {f"dimension-{id}" for id in rated} | {f"flag-{flag.signal}" for flag in card.flags}
    return ReadableCard(
        recommendation=title(rubric.recommendations, card.recommendation),
        correctness=title(rubric.correctness, card.correctness),
        summary=card.summary,
        follow_up=card.follow_up,
        ratings=tuple(_rating(each, card, rubric, notes, constraint_in_room) for each in ratings),
        flags=tuple(_flag(each, card, rubric, notes) for each in card.flags),
        notes=tuple(notes[note.id] for note in by_time(card.notes)),
        missing=tuple(title(rubric.dimensions, id) for id in round.focus if id not in rated),
        answers=_answers(card, {each.where for each in card.answers} - placed),
    )


def readable_note(note: NoteContent, rubric: Rubric) -> ReadableNote:
    tone, glyph = GLYPHS[note.polarity]
    return ReadableNote(
        id=note.id,
        clock=clock(note.at_seconds),
        kind=note.kind,
        text=note.text,
        polarity=note.polarity,
        tone=tone,
        glyph=glyph,
        signal=title(rubric.signals, note.signal),
        dimension=title(rubric.dimensions, note.dimension),
        probe=title(rubric.probes, note.probe),
        stage=title(rubric.stages, note.stage),
        job_related=note.job_related,
    )


def by_time(notes: Iterable[NoteContent]) -> list[NoteContent]:
    return sorted(notes, key=lambda note: note.at_seconds)


def clock(seconds: int) -> str:
    return f"{seconds // 60}:{seconds % 60:02}"


def title(known: Mapping[str, Any], id: str) -> str:
    return known[id].title if id in known else id


def round_of(rubric: Rubric, id: str) -> Round:
    """The rubric's round, or one that asks nothing for an interview that is no round of it."""
    if id in rubric.rounds:
        return rubric.rounds[id]
    return Round(id, id, "", 60, focus=(), probes=(), prompts=(), opening="", pitfalls=())


def _rating(
    rating: RatingContent,
    card: CardContent,
    rubric: Rubric,
    notes: dict[str, ReadableNote],
    constraint_in_room: bool,
) -> ReadableRating:
    reason = unsupported_reason(rating, card, rubric, constraint_in_room)
    point = rubric.ratings.get(rating.value or 0, rubric.not_observed)
    dimension = rubric.dimensions.get(rating.dimension)
    return ReadableRating(
        id=rating.dimension,
        title=title(rubric.dimensions, rating.dimension),
        value=rating.value,
        word=point.title,
        anchor=dimension.anchors.get(rating.value or 0, "") if dimension else "",
        rationale=rating.rationale,
        not_observed_reason=rating.not_observed_reason,
        unsupported=WHY_UNSUPPORTED.get(reason, ""),
        notes=_cited(rating, card, notes),
        answers=_answers(card, {f"dimension-{rating.dimension}"}),
    )


def _flag(
    flag: FlagContent, card: CardContent, rubric: Rubric, notes: dict[str, ReadableNote]
) -> ReadableFlag:
    signal = rubric.signals.get(flag.signal)
    return ReadableFlag(
        id=flag.signal,
        title=title(rubric.signals, flag.signal),
        dimension=title(rubric.dimensions, signal.dimension) if signal else "",
        severity=title(rubric.severities, flag.severity),
        disqualifying=flag.severity == "disqualifying",
        explanation=flag.explanation,
        notes=_cited(flag, card, notes),
        answers=_answers(card, {f"flag-{flag.signal}"}),
    )


def _cited(
    row: RatingContent | FlagContent, card: CardContent, notes: dict[str, ReadableNote]
) -> tuple[ReadableNote, ...]:
    return tuple(notes[note.id] for note in by_time(card.notes) if note.id in row.notes)


def _answers(card: CardContent, places: set[str]) -> tuple[ReadableAnswer, ...]:
    return tuple(
        ReadableAnswer(CHALLENGES.get(answer.code, answer.code), answer.reason)
        for answer in card.answers
        if answer.where in places
    )
