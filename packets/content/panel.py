"""The terms of a packet: which cards count, which ratings are supported, who is who.

docs/packet.md has the definitions in words; every other module reads a loop through a `Panel`.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from packets.content.card_sections import InterviewerSeat, NoteEntry, SeatEntry
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


@dataclass(frozen=True)
class Note:
    """A note in its place: `ref` names the card and the note's rank in it by time."""

    ref: str
    by: str
    round: str
    interview: str
    content: NoteContent


def entries(notes: Iterable[Note]) -> list[NoteEntry]:
    """Notes as every part of the packet shows them."""
    return [
        {
            "ref": each.ref,
            "by": each.by,
            "round": each.round,
            "interview": each.interview,
            "at_seconds": each.content.at_seconds,
            "kind": each.content.kind,
            "quote": each.content.kind == "quote",
            "text": each.content.text,
            "stage": each.content.stage,
            "probe": each.content.probe,
            "dimension": each.content.dimension,
            "signal": each.content.signal,
            "polarity": each.content.polarity,
        }
        for each in notes
    ]


@dataclass(frozen=True)
class Reading:
    """One rating. `reason` says why it supports nothing; it is empty where it is supported."""

    by: str
    round: str
    interview: str
    dimension: str
    value: int | None
    reason: str
    rationale: str
    notes: tuple[Note, ...]

    @property
    def is_supported(self) -> bool:
        return not self.reason


def sources(readings: Iterable[Reading]) -> Sources:
    """How many ratings, by how many people, in how many rounds."""
    readings = list(readings)
    return {
        "n": len(readings),
        "people": len({each.by for each in readings}),
        "rounds": len({each.interview for each in readings}),
    }


@dataclass(frozen=True)
class Raised:
    """One flag on one card."""

    signal: str
    severity: str
    explanation: str
    notes: tuple[Note, ...]


@dataclass(frozen=True)
class Card:
    """The newest version of one handed-in card, its notes by time, its ratings judged."""

    ref: str
    seat: SeatInput
    content: CardContent
    notes: tuple[Note, ...]
    ratings: tuple[Reading, ...]
    flags: tuple[Raised, ...]

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

    def rating(self, dimension: str) -> Reading | None:
        """The supported rating of the dimension, if the card has one."""
        found = (each for each in self.ratings if each.dimension == dimension)
        return next((each for each in found if each.is_supported), None)

    def tagged(self, signals: Iterable[str]) -> tuple[Note, ...]:
        """The card's notes that carry one of these signals."""
        wanted = set(signals)
        return tuple(note for note in self.notes if note.content.signal in wanted)


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

    def readings(self, dimension: str) -> tuple[Reading, ...]:
        """Every counted card's rating of one dimension, supported or not."""
        return tuple(
            each for card in self.counted for each in card.ratings if each.dimension == dimension
        )

    def supported(self, dimension: str) -> tuple[Reading, ...]:
        return tuple(each for each in self.readings(dimension) if each.is_supported)

    def dimension_of(self, signal: str) -> str:
        known = self.rubric.signals.get(signal)
        return known.dimension if known else ""

    def focus(self, round: str) -> tuple[str, ...]:
        kit = self.rubric.rounds.get(round)
        return kit.focus if kit else ()

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
    by_time = sorted(content.notes, key=_note_order)
    notes = tuple(
        Note(f"{ref}.{rank}", seat.person, seat.round, seat.interview, note)
        for rank, note in enumerate(by_time, start=1)
    )
    ratings = [
        Reading(
            by=seat.person,
            round=seat.round,
            interview=seat.interview,
            dimension=rating.dimension,
            value=rating.value,
            reason=_why_not(rating, content, rubric, constraint_in_room),
            rationale=rating.rationale or rating.not_observed_reason,
            notes=_cited(rating.notes, notes),
        )
        for rating in content.ratings
    ]
    rank = {id: place for place, id in enumerate(rubric.dimensions)}
    ratings.sort(key=lambda each: (rank.get(each.dimension, len(rank)), each.dimension))
    flags = [
        Raised(flag.signal, flag.severity, flag.explanation, _cited(flag.notes, notes))
        for flag in content.flags
    ]
    flags.sort(key=lambda flag: (flag.signal, flag.severity, flag.explanation))
    return Card(ref, seat, content, notes, tuple(ratings), tuple(flags))


def _note_order(note: NoteContent) -> tuple[int, str, str]:
    """By time; at one second by what the note says, so that no order of input matters."""
    return (note.at_seconds, canonical(vars(replace(note, id=""))), note.id)


def _cited(ids: tuple[str, ...], notes: tuple[Note, ...]) -> tuple[Note, ...]:
    return tuple(note for note in notes if note.content.id in ids)


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
