"""One JSON object of a file while it is read: each value is taken by name, type and limit.

A wrong value is logged at its place and replaced by an empty one, so that reading goes on and
names every fault of a file; whoever reads throws the result away when the log has faults.
"""

import re
import unicodedata
from collections.abc import Callable, Collection, Iterator
from contextlib import suppress
from datetime import UTC, date, datetime
from typing import Any, TypeVar

from accounts.emails import is_email, normalise_email
from ats.formats.documents import PersonDocument
from ats.formats.faults import Log, Place, printable
from ats.formats.vocabulary import Vocabulary

SHORT_TEXT = 200
YEARS = range(1970, 2200)
INSTANT = re.compile(
    r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d{1,9})?)?(?P<zone>Z|[+-]\d\d:?\d\d)?", re.IGNORECASE
)
KINDS = {
    bool: "true or false",
    str: "text",
    int: "a number",
    float: "a number",
    list: "a list",
    type(None): "null",
}


D = TypeVar("D", bound=date)


def kind_of(value: Any) -> str:
    return "an object" if isinstance(value, dict) else KINDS.get(type(value), "something else")


def _instant(text: str) -> datetime:
    return datetime.fromisoformat(text.upper()).astimezone(UTC)


class Node:
    def __init__(self, value: Any, place: Place, log: Log, words: Vocabulary) -> None:
        self.place, self.log, self.words = place, log, words
        self.is_object = isinstance(value, dict)
        self.value: dict[str, Any] = value if isinstance(value, dict) else {}
        self._read: set[str] = set()
        if not self.is_object:
            log.fault(place, f"must be an object, not {kind_of(value)}")

    def fault(self, name: str, what: str) -> None:
        if self.is_object:  # what is missing in a thing that is no object is not worth a line
            self.log.fault(self.place / name, what)

    def take(self, name: str) -> Any:
        """The raw value, null where it is absent."""
        self._read.add(name)
        return self.value.get(name)

    def has(self, name: str) -> bool:
        return self.value.get(name) is not None

    def unread(self) -> set[str]:
        return self.value.keys() - self._read

    def finish(self, also_known: Collection[str] = ()) -> None:
        """Name the keys that nobody asked for."""
        for name in self.unread() - set(also_known):
            where = re.sub(r"/\d+(?=/|$)", "/*", (self.place / name).pointer)
            self.log.leave_out(f"unknown key {where}")

    # --- texts -------------------------------------------------------
    def text(self, name: str, *, longest: int = 0, required: bool = False) -> str:
        """A text as it is written; empty where it is absent or null and not required."""
        value = self.take(name)
        if value is None:
            if required:
                self.fault(name, "is missing")
            return ""
        if not isinstance(value, str):
            self.fault(name, f"must be text, not {kind_of(value)}")
            return ""
        longest = longest or self.words.longest_text
        if len(value) > longest:
            self.fault(name, f"is too long: {len(value)} characters, at most {longest}")
            return ""
        if required and not value.strip():
            self.fault(name, "is empty")
        return value

    def name(self, name: str, *, required: bool = True) -> str:
        """A short text on one line, trimmed, in composed Unicode."""
        text = unicodedata.normalize("NFC", self.text(name, longest=SHORT_TEXT, required=required))
        return self.one_line(name, text)

    def one_line(self, name: str, text: str) -> str:
        if any(unicodedata.category(c) == "Cc" for c in text):
            self.fault(name, "holds a control character, such as a line break")
        return text.strip()

    def email(self, name: str, *, required: bool = True) -> str:
        text = self.name(name, required=required)
        if text and not is_email(text):
            self.fault(name, f"is not an e-mail address: {printable(text)}")
            return ""
        return normalise_email(text)

    def as_person(self) -> PersonDocument:
        """This object as a person, name and e-mail both required."""
        person = PersonDocument(self.name("name"), self.email("email"), self.place / "email")
        self.finish()
        return person

    # --- words of the rubric and of fixed lists ----------------------
    def known(self, name: str, kind: str, *, required: bool = False) -> str:
        """An id of the rubric; empty, with the nearest known ones named, where it is none."""
        word = self.text(name, longest=SHORT_TEXT, required=required)
        if word and not self.words.knows(kind, word):
            self.fault(name, f"{printable(word)} {self.words.unknown(kind, word)}")
            return ""
        return word

    def choice(
        self, name: str, allowed: Collection[str], *, required: bool = False, absent: str = ""
    ) -> str:
        word = self.text(name, longest=SHORT_TEXT, required=required)
        if word and word not in allowed:
            self.fault(name, f"{printable(word)} is not one of {', '.join(allowed)}")
            return absent
        return word or absent

    # --- numbers -----------------------------------------------------
    def whole(self, name: str, low: int, high: int, *, optional: bool = False) -> int | None:
        """A whole number between two bounds; null only where it is optional and given as null."""
        value = self.take(name)
        if name not in self.value:
            self.fault(name, "is missing")
        elif value is None:
            if not optional:
                self.fault(name, "must be a whole number, not null")
        elif type(value) is not int:  # true and false are numbers to isinstance
            shown = f" ({value})" if isinstance(value, int | float) else ""
            self.fault(name, f"must be a whole number, not {kind_of(value)}{shown}")
        elif not low <= value <= high:
            limit = f"from {low} to {high}" if value > high or low else "0 or more"
            self.fault(name, f"is {value}, but must be {limit}")
        else:
            return value
        return None

    def positions(self, name: str, of: int | None) -> tuple[int, ...]:
        """Positions in a list of `of` notes, each once; None where there is no list to look at."""
        found = []
        for index, value in enumerate(self.items(name)):
            place = self.place / name / index
            if type(value) is not int:
                self.log.fault(place, f"must be a whole number, not {kind_of(value)}")
            elif of is not None and not 0 <= value < of:
                there = f"there are {of} notes, counted from 0" if of else "there are no notes"
                self.log.fault(place, f"is {value}, but {there}")
            else:
                found.append(value)
        return tuple(dict.fromkeys(found))

    # --- times -------------------------------------------------------
    def time(self, name: str, *, required: bool = False) -> datetime | None:
        """An instant, in UTC."""
        text = self.text(name, longest=SHORT_TEXT, required=required)
        if not text.strip():
            return None
        match = INSTANT.fullmatch(text)
        if not match:
            self.fault(name, f"is not a time like 2026-05-12T13:00:00Z: {printable(text)}")
        elif not match["zone"]:
            self.fault(name, f"has no time zone (end it with Z or an offset): {printable(text)}")
        else:
            wrong = "is no time of this calendar"
            return self._in_calendar(name, text, wrong, _instant)
        return None

    def time_after(self, name: str, starts_at: datetime | None, shown: Any) -> datetime | None:
        """When something ends that starts at `starts_at`, `shown` as the file writes it."""
        ends_at = self.time(name, required=True)
        if starts_at and ends_at and ends_at <= starts_at:
            what = "ends before it starts" if ends_at < starts_at else "ends as it starts"
            self.fault(name, f"{what} ({shown})")
        return ends_at

    def day(self, name: str) -> date | None:
        text = self.text(name, longest=SHORT_TEXT)
        wrong = "is not a day like 2026-05-12"
        return self._in_calendar(name, text, wrong, date.fromisoformat) if text else None

    def _in_calendar(self, name: str, text: str, wrong: str, parse: Callable[[str], D]) -> D | None:
        with suppress(ValueError, OverflowError):
            found = parse(text)
            if found.year in YEARS:
                return found
        self.fault(name, f"{wrong}: {printable(text)}")
        return None

    # --- what is inside ----------------------------------------------
    def node(self, name: str) -> "Node":
        """The object under a name; logged where it is missing or no object."""
        value = self.take(name)
        if value is None:
            self.fault(name, "is missing")
            return self.hollow(name)
        return Node(value, self.place / name, self.log, self.words)

    def hollow(self, name: str) -> "Node":
        """In place of a missing object: gives empty values and logs nothing more."""
        return Node({}, self.place / name, Log(), self.words)

    def items(self, name: str, *, required: bool = False) -> list[Any]:
        value = self.take(name)
        if isinstance(value, list):
            return value
        if value is not None:
            self.fault(name, f"must be a list, not {kind_of(value)}")
        elif required:
            self.fault(name, "is missing")
        return []

    def nodes(self, name: str, *, required: bool = False) -> Iterator["Node"]:
        for index, value in enumerate(self.items(name, required=required)):
            yield Node(value, self.place / name / index, self.log, self.words)

    def entries(self, name: str) -> "Iterator[tuple[str, Node]]":
        """The objects of an object of objects, with their keys."""
        value = self.take(name)
        if value is None:
            return
        inside = Node(value, self.place / name, self.log, self.words)
        for key, each in inside.value.items():
            yield key, Node(each, inside.place / key, self.log, self.words)
