"""A packet's ids in words: people by name and initials, titles out of the packet itself."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from scorecard.readable import GLYPHS, ReadableNote, clock

Document = dict[str, Any]
NOT_ENOUGH = "Not enough to say"


@dataclass(frozen=True)
class Person:
    email: str
    name: str
    initials: str  # told apart within one packet


@dataclass(frozen=True)
class Where:
    """Whose card, and how the page names it: `ref` is the number of the card in the packet."""

    person: Person
    round: str  # its title
    ref: str


class Words:
    """Looks up what a packet's document calls its people, dimensions, signals and rounds."""

    def __init__(self, document: Document):
        self.titles = document["titles"]
        self._people = _people(document["people"])
        shelves = (document["cards"], document["shadows"], document["apart"])
        self._refs = {
            (card["interview"], card["interviewer"]): card["ref"]
            for cards in shelves
            for card in cards
        }

    def person(self, email: str) -> Person:
        return self._people.get(email) or Person(email, email, _initials(email))

    def people(self, emails: Iterable[str]) -> list[Person]:
        return [self.person(email) for email in emails]

    def title(self, kind: str, id: str | None) -> str:
        """The title of an id of that kind, or the id itself where the rubric has none."""
        return self.titles.get(kind, {}).get(id, id or "")

    def titled(self, kind: str, ids: Iterable[str]) -> list[str]:
        return [self.title(kind, id) for id in ids]

    def ref(self, row: dict[str, Any]) -> str:
        return self._refs.get((row["interview"], author_of(row)), "")

    def where(self, row: dict[str, Any]) -> Where:
        """Of any row that names its interview and its author."""
        person = self.person(author_of(row))
        return Where(person, self.title("rounds", row["round"]), self.ref(row))

    def note(self, note: dict[str, Any]) -> ReadableNote:
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

    def notes(self, notes: Iterable[dict[str, Any]]) -> list[ReadableNote]:
        return [self.note(note) for note in notes]


def author_of(row: dict[str, Any]) -> str:
    return row["interviewer"] if "interviewer" in row else row["by"]


def by_time(*shelves: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Notes of one card, each once, in the order in which they were taken."""
    notes = {note["ref"]: note for shelf in shelves for note in shelf}
    return sorted(notes.values(), key=lambda note: (note["at_seconds"], _rank(note["ref"])))


def notes_by_card(
    notes: Iterable[dict[str, Any]], words: Words
) -> list[tuple[Where, list[ReadableNote]]]:
    """Notes of several cards, in the order in which the cards occur."""
    cards: dict[Where, list[ReadableNote]] = {}
    for note in notes:
        cards.setdefault(words.where(note), []).append(words.note(note))
    return list(cards.items())


def _rank(ref: str) -> int:
    return int(ref.rpartition(".")[2])


def count(n: int, one: str, many: str = "") -> str:
    """
    >>> count(1, "note"), count(2, "person", "people")
    ('1 note', '2 people')
    """
    return f"{n} {one if n == 1 else many or one + 's'}"


def joined(words: Iterable[str]) -> str:
    """
    >>> joined(["a", "b", "c"])
    'a, b and c'
    """
    *first, last = list(words) or [""]
    return f"{', '.join(first)} and {last}" if first else last


def moment(stamp: str | None) -> datetime | None:
    return datetime.fromisoformat(stamp) if stamp else None


def day(stamp: str | None) -> date | None:
    return date.fromisoformat(stamp) if stamp else None


def hours(value: float | None) -> str:
    """A wait in the words of a calendar: `35 min`, `17 h 40`, `3 days`; empty where unknown."""
    if value is None:
        return ""
    minutes = round(abs(value) * 60)
    if minutes < 60:
        said = f"{minutes} min"
    elif minutes < 48 * 60:
        said = f"{minutes // 60} h" + (f" {minutes % 60:02}" if minutes % 60 else "")
    else:
        said = f"{minutes // 1440} days"
    return f"{said} before the end" if value < 0 else said


def _people(names: dict[str, str]) -> dict[str, Person]:
    seen: dict[str, int] = {}
    people = {}
    for email, name in names.items():
        short = _initials(name or email)
        seen[short] = seen.get(short, 0) + 1
        mark = short if seen[short] == 1 else f"{short}{seen[short]}"
        people[email] = Person(email, name or email, mark)
    return people


def _initials(name: str) -> str:
    """First letters of the first and the last word, each with the marks that sit on it."""
    words = name.split() or ["?"]
    ends = words[:1] if len(words) == 1 else [words[0], words[-1]]
    return "".join(_letter(word) for word in ends).upper()


def _letter(word: str) -> str:
    letter = word[0]
    for mark in word[1:]:
        if not unicodedata.combining(mark):
            break
        letter += mark
    return letter
