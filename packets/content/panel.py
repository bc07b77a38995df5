"""The terms of a packet: which cards count, which ratings are supported, who is who.

docs/packet.md has the definitions in words; every other module reads a loop through a `Panel`.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from packets.content.card_sections import InterviewerSeat, NoteEntry, RatingEntry, SeatEntry
from packets.content.document import Sources
from packets.content.packet_input import PacketInput, SeatInput
from rubric.content import LevelBar, Rubric
from scorecard.content import CardContent, NoteContent, RatingContent, canonical
from scorecard.supported_ratings import constraint_put, unsupported_reason

NOISE, STRENGTH, RISK = "noise", "strength", "risk"
PROBE = "probe"  # the kind of a note that holds the interviewer's own words

NOT_OBSERVED = "Not observed."
UNSUPPORTED = {
    "no-evidence": "No note is cited.",
    "noise-only": "Every cited note is noise.",
    "no-constraint": "No constraint was put in this round.",
}


def points(rating: RatingEntry) -> int:
    return rating["rating"] or 0


def sources(ratings: Collection[RatingEntry]) -> Sources:
    """How many ratings, by how many people, in how many rounds."""
    return {
        "n": len(ratings),
        "people": len({each["interviewer"] for each in ratings}),
        "rounds": len({each["interview"] for each in ratings}),
    }


@dataclass(frozen=True)
class FlagOnCard:
    """One flag on one card."""

    signal: str
    severity: str
    explanation: str
    notes: list[NoteEntry]


@dataclass(frozen=True)
class Card:
    """The newest version of one handed-in card, its notes by time, its ratings judged."""

    ref: str
    seat: SeatInput
    content: CardContent
    notes: list[NoteEntry]
    ratings: dict[str, RatingEntry]  # by dimension, in the rubric's order
    flags: list[FlagOnCard]

    @property
    def by(self) -> str:
        return self.seat.person

    @property
    def seat_entry(self) -> InterviewerSeat:
        seat = self.seat
        return {"interview": seat.interview, "round": seat.round, "interviewer": seat.person}

    @property
    def writer_entry(self) -> SeatEntry:
        return {"by": self.by, "round": self.seat.round, "interview": self.seat.interview}

    @property
    def own_notes(self) -> list[NoteEntry]:
        """Without probes, which are the interviewer's words and no evidence."""
        return [note for note in self.notes if note["kind"] != PROBE]

    def supported(self, dimension: str) -> RatingEntry | None:
        found = self.ratings.get(dimension)
        return found if found and found["supported"] else None

    def tagged(self, signals: Collection[str]) -> list[NoteEntry]:
        """The card's notes that carry one of these signals."""
        return [note for note in self.notes if note["signal"] in signals]


@dataclass(frozen=True)
class Panel:
    """A loop's cards by what they are worth. Only `counted` ones enter anything."""

    source: PacketInput
    counted: tuple[Card, ...]
    shadows: tuple[Card, ...]
    apart: tuple[Card, ...]  # handed in, but no round of the rubric
    missing: tuple[SeatInput, ...]

    @property
    def rubric(self) -> Rubric:
        return self.source.rubric

    @cached_property
    def bar(self) -> LevelBar:
        """The opening's own bar where it has one, else the level's."""
        opening = self.source.opening
        return opening.bar or self.rubric.bar(opening.level)

    @cached_property
    def people(self) -> tuple[str, ...]:
        """Counted interviewers, once each, in the order of their first interview."""
        return tuple(dict.fromkeys(card.by for card in self.counted))

    def in_order(self, people: Iterable[str]) -> list[str]:
        found = set(people)
        return [person for person in self.people if person in found]

    def ratings(self, dimension: str) -> list[RatingEntry]:
        """Every counted card's rating of one dimension, supported or not."""
        return [card.ratings[dimension] for card in self.counted if dimension in card.ratings]

    def supported(self, dimension: str) -> list[RatingEntry]:
        return [each for each in self.ratings(dimension) if each["supported"]]

    def dimension_of(self, signal: str) -> str:
        known = self.rubric.signals.get(signal)
        return known.dimension if known else ""

    def focus(self, round: str) -> tuple[str, ...]:
        kit = self.rubric.rounds.get(round)
        return kit.focus if kit else ()

    @cached_property
    def to_test(self) -> set[str]:
        """Dimensions that the plan or the rounds held were for."""
        rounds = (*self.source.opening.rounds, *self.held)
        return {id for round in rounds for id in self.focus(round)}

    @cached_property
    def held(self) -> tuple[str, ...]:
        """Rounds that took place or are to, whether their card is in or not, by time."""
        seats = sorted((*(c.seat for c in self.counted), *self.missing), key=lambda s: s.order)
        return tuple(dict.fromkeys(seat.round for seat in seats))


def read_panel(source: PacketInput) -> Panel:
    """Sort a loop's seats into what counts and what does not, and judge every rating."""
    rubric = source.rubric
    seats = sorted(source.seats, key=lambda seat: seat.order)
    handed_in = [seat for seat in seats if seat.versions]
    others = [seat for seat in handed_in if seat.role != "shadow"]
    counted = [seat for seat in others if seat.round in rubric.rounds]
    put_in = {s.interview for s in counted if constraint_put(s.versions[-1].card, rubric)}

    def cards(seats: Iterable[SeatInput], prefix: str = "") -> Iterator[Card]:
        for number, seat in enumerate(seats, start=1):
            yield _card(seat, f"{prefix}{number}", rubric, seat.interview in put_in)

    return Panel(
        source=source,
        counted=tuple(cards(counted)),
        shadows=tuple(cards((seat for seat in handed_in if seat.role == "shadow"), "s")),
        apart=tuple(cards((seat for seat in others if seat.round not in rubric.rounds), "x")),
        missing=tuple(seat for seat in seats if is_missing(seat, rubric)),
    )


def is_missing(seat: SeatInput, rubric: Rubric) -> bool:
    """Does the packet wait for this seat's card?"""
    wanted = seat.role != "shadow" and not seat.cancelled and seat.round in rubric.rounds
    return wanted and not seat.versions


def _card(seat: SeatInput, ref: str, rubric: Rubric, constraint_in_room: bool) -> Card:
    """`constraint_in_room`: a counted card of the interview says that a constraint was put."""
    content = seat.versions[-1].card
    notes = {
        note.id: _note(note, f"{ref}.{rank}", seat)
        for rank, note in enumerate(sorted(content.notes, key=_note_order), start=1)
    }
    rank = {id: place for place, id in enumerate(rubric.dimensions)}
    ratings = {
        each.dimension: _rating(
            each,
            seat,
            _why_not(each, content, rubric, constraint_in_room),
            _cited(each.notes, notes),
        )
        for each in sorted(
            content.ratings, key=lambda each: (rank.get(each.dimension, len(rank)), each.dimension)
        )
    }
    flags = [
        FlagOnCard(each.signal, each.severity, each.explanation, _cited(each.notes, notes))
        for each in sorted(content.flags, key=lambda f: (f.signal, f.severity, f.explanation))
    ]
    return Card(ref, seat, content, list(notes.values()), ratings, flags)


def _note(note: NoteContent, ref: str, seat: SeatInput) -> NoteEntry:
    return {
        "ref": ref,
        "by": seat.person,
        "round": seat.round,
        "interview": seat.interview,
        "at_seconds": note.at_seconds,
        "kind": note.kind,
        "quote": note.kind == "quote",
        "text": note.text,
        "stage": note.stage,
        "probe": note.probe,
        "dimension": note.dimension,
        "signal": note.signal,
        "polarity": note.polarity,
    }


def _rating(
    rating: RatingContent, seat: SeatInput, reason: str, notes: list[NoteEntry]
) -> RatingEntry:
    """`reason` says why it supports nothing; it is empty where it is supported."""
    return {
        "interviewer": seat.person,
        "round": seat.round,
        "interview": seat.interview,
        "rating": rating.value,
        "supported": not reason,
        "reason": reason,
        "rationale": rating.rationale or rating.not_observed_reason,
        "notes": notes,
    }


def _note_order(note: NoteContent) -> tuple[int, str, str]:
    """By time; at one second by what the note says, so that no order of input matters."""
    return (note.at_seconds, canonical(vars(replace(note, id=""))), note.id)


def _cited(ids: tuple[str, ...], notes: dict[str, NoteEntry]) -> list[NoteEntry]:
    return [note for id, note in notes.items() if id in ids]


def _why_not(
    rating: RatingContent, card: CardContent, rubric: Rubric, constraint_in_room: bool
) -> str:
    """Why a rating supports nothing; empty where it is supported.

    A constraint put by whoever sat in the same interview, and counts, serves everybody in it.
    """
    if rating.value is None:
        return NOT_OBSERVED
    reason = unsupported_reason(rating, card, rubric)
    if reason == "no-constraint" and constraint_in_room:
        return ""
    return UNSUPPORTED.get(reason, reason)
