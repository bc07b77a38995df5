"""A packet's ids in words: people by name and initials, titles out of the packet itself."""

import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import takewhile
from typing import cast

from packets.content import card_sections as stored
from packets.content.document import PacketContent
from scorecard.readable import GLYPHS, ReadableNote, clock

Authored = stored.SeatEntry | stored.InterviewerSeat  # whoever's card a row comes from
Notes = Iterable[stored.NoteEntry]
NOT_ENOUGH = "Not enough to say"


@dataclass(frozen=True)
class Person:
    email: str
    name: str
    initials: str  # told apart within one packet


@dataclass(frozen=True)
class CardLabel:
    """Whose card, and how the page names it: `ref` is the number of the card in the packet."""

    person: Person
    round: str  # its title
    ref: str


@dataclass(frozen=True)
class ShownRating:
    """One card's of one dimension; `reason`: why it counts for nothing, or why there is none."""

    anchor: str
    where: CardLabel
    dimension: str
    value: int | None
    reason: str
    rationale: str
    notes: list[ReadableNote]


class Labels:
    """Looks up what a packet calls its people, dimensions, signals, rounds and cards."""

    def __init__(self, content: PacketContent):
        self.titles = content["titles"]
        self._people = _people(content["people"])
        self._refs = {
            (card["interview"], card["interviewer"]): card["ref"]
            for card in (*content["cards"], *content["shadows"], *content["apart"])
        }

    def person(self, email: str) -> Person:
        return self._people.get(email) or Person(email, email, _initials(email))

    def people(self, emails: Iterable[str]) -> list[Person]:
        return [self.person(email) for email in emails]

    def title(self, kind: str, id: str | None) -> str:
        """The title of an id of that kind, or the id itself where the rubric has none."""
        return self.titles.get(kind, {}).get(id or "", id or "")

    def titled(self, kind: str, ids: Iterable[str]) -> list[str]:
        return [self.title(kind, id) for id in ids]

    def ref(self, row: Authored) -> str:
        return self._refs.get((row["interview"], author_of(row)), "")

    def where(self, row: Authored) -> CardLabel:
        """The card of any row that names its interview and its author."""
        person = self.person(author_of(row))
        return CardLabel(person, self.title("rounds", row["round"]), self.ref(row))

    def note(self, note: stored.NoteEntry | stored.CitedNote) -> ReadableNote:
        """`id` is the note's ref: `n-<ref>` is where it stands in its scorecard."""
        tone, glyph = GLYPHS.get(note["polarity"], GLYPHS[""])
        return ReadableNote(
            id=note["ref"] or "",  # a note that the packet has no more stands nowhere in it
            clock=clock(note["at_seconds"]),
            kind=note["kind"],
            text=note["text"],
            polarity=note["polarity"],
            tone=tone,
            glyph=glyph,
            signal=self.title("signals", note["signal"]),
            dimension=self.title("dimensions", note["dimension"]),
            probe=self.title("probes", note["probe"]),
            stage=self.title("stages", note["stage"]),
        )

    def notes(self, notes: Iterable[stored.NoteEntry | stored.CitedNote]) -> list[ReadableNote]:
        return [self.note(note) for note in notes]

    def evidence_anchor(self, dimension: str, row: Authored) -> str:
        """Where the evidence has what that card holds on the dimension."""
        return f"ev-{dimension}-{self.ref(row)}"

    def rating(
        self, dimension: str, rating: stored.RatingEntry, notes: Notes | None = None
    ) -> ShownRating:
        """With the notes that it cites, or with these."""
        return ShownRating(
            anchor=self.evidence_anchor(dimension, rating),
            where=self.where(rating),
            dimension=self.title("dimensions", dimension),
            value=rating["rating"],
            reason=rating["reason"],
            rationale=rating["rationale"],
            notes=self.notes(rating["notes"] if notes is None else notes),
        )

    def by_card(self, notes: Notes) -> list[tuple[CardLabel, list[ReadableNote]]]:
        """Notes of several cards, in the order in which the cards occur."""
        cards: dict[CardLabel, list[ReadableNote]] = {}
        for note in notes:
            cards.setdefault(self.where(note), []).append(self.note(note))
        return list(cards.items())


def author_of(row: Authored) -> str:
    """Notes and flags name their author `by`, all other parts `interviewer`."""
    named = cast("dict[str, str]", row)
    return named["interviewer"] if "interviewer" in named else named["by"]


def by_time(*shelves: Notes) -> list[stored.NoteEntry]:
    """Notes of one card, each once, in the order in which they were taken."""
    notes = {note["ref"]: note for shelf in shelves for note in shelf}
    return sorted(notes.values(), key=lambda note: (note["at_seconds"], _rank(note["ref"])))


def _rank(ref: str) -> int:
    return int(ref.rpartition(".")[2])


def moment(stamp: str | None) -> datetime | None:
    return datetime.fromisoformat(stamp) if stamp else None


def _people(names: dict[str, str]) -> dict[str, Person]:
    seen: Counter[str] = Counter()
    people = {}
    for email, name in names.items():
        short = _initials(name or email)
        seen[short] += 1
        mark = short if seen[short] == 1 else f"{short}{seen[short]}"
        people[email] = Person(email, name or email, mark)
    return people


def _initials(name: str) -> str:
    """First letters of the first and the last word, each with the marks that sit on it."""
    words = name.split() or ["?"]
    ends = words[:1] if len(words) == 1 else [words[0], words[-1]]
    marked = (word[0] + "".join(takewhile(unicodedata.combining, word[1:])) for word in ends)
    return "".join(marked).upper()
