"""What an import did, file by file: the same for the command and for the page."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from ats.formats.faults import Fault, Log
from config.text import counted

# In the order in which they are told.
THINGS = ("opening", "candidate", "loop", "person", "interview", "seat", "scorecard", "version")
SHOWN_FAULTS = 200  # of one file, on the page
MOST_LINES = 500  # of one upload, in the record
Named = tuple[str, str]  # one of THINGS, and its id in the file


def numbered(things: Iterable[Named]) -> str:
    """How many of each kind: 1 opening, 5 people."""
    numbers = Counter(thing for thing, _ in things)
    return ", ".join(counted(thing, numbers[thing]) for thing in THINGS if numbers[thing])


def ids(things: Iterable[Named]) -> str:
    return ", ".join(id for _, id in things)


@dataclass
class FileReport:
    """One file, or the five that belong together. With faults nothing of it was imported."""

    name: str
    format: str
    log: Log = field(default_factory=Log)
    created: set[Named] = field(default_factory=set)
    updated: dict[Named, str] = field(default_factory=dict)  # what of it
    unchanged: set[Named] = field(default_factory=set)
    kept: dict[str, list[Named]] = field(default_factory=dict)  # not as in the file, by reason
    loops: list[UUID] = field(default_factory=list)

    def keep(self, thing: str, id: str, why: str) -> None:
        self.kept.setdefault(why, []).append((thing, id))

    @property
    def faults(self) -> list[Fault]:
        return self.log.faults

    @property
    def changed(self) -> bool:
        return bool(self.created or self.updated)

    def add(self, other: "FileReport") -> None:
        """Take over what became of a further loop of the same file."""
        self.created |= other.created
        self.updated |= other.updated
        self.unchanged |= other.unchanged - self.created - self.updated.keys()
        for why, things in other.kept.items():
            self.kept.setdefault(why, []).extend(things)

    @property
    def summary(self) -> str:
        """One line: what happened to this file."""
        if self.faults:
            return f"refused, {counted('fault', len(self.faults))}, nothing of it was imported"
        kinds = {"created": self.created, "updated": self.updated, "unchanged": self.unchanged}
        parts = [f"{kind} {numbered(things)}" for kind, things in kinds.items() if things]
        return "; ".join(parts) or "nothing to import"

    @property
    def what_changed(self) -> list[str]:
        return [f"{thing} {id}: {what}" for (thing, id), what in self.updated.items()]

    @property
    def left_as_is(self) -> list[str]:
        """What is here otherwise than in the file and stays, by reason."""
        return [f"{numbered(things)}: {why} ({ids(things)})" for why, things in self.kept.items()]

    @property
    def left_out(self) -> list[str]:
        """What was not imported, with the reason, and how often."""
        return [
            f"{what} ({times} times)" if times > 1 else what
            for what, times in sorted(self.log.left_out.items())
        ]

    @property
    def outcome(self) -> dict[str, Any]:
        """All of it as JSON, for the page; of very many faults the first ones and their number."""
        faults = [[each.place.file, each.place.pointer, each.what] for each in self.faults]
        return {
            "name": self.name,
            "format": self.format,
            "summary": self.summary,
            "changes": self.changed and not self.faults,
            "faults": faults[:SHOWN_FAULTS],
            "faults_in_all": len(faults),
            "updated": self.what_changed,
            "left_as_is": self.left_as_is,
            "left_out": self.left_out,
            "checks": self.log.checks,
            "loops": [str(pk) for pk in self.loops],
            "lines": self.lines[:MOST_LINES],
        }

    @property
    def lines(self) -> list[str]:
        if self.faults:
            return [f"{self.name}: {self.summary}", *map(str, self.faults)]
        return [
            f"{self.name} ({self.format}): {self.summary}",
            *(f"  updated: {what}" for what in self.what_changed),
            *(f"  left as it is: {what}" for what in self.left_as_is),
            *(f"  not imported: {what}" for what in self.left_out),
            *(f"  check: {what}" for what in self.log.checks),
        ]


@dataclass
class Report:
    files: list[FileReport] = field(default_factory=list)
    search: Log = field(default_factory=Log)  # paths that lead nowhere, files nobody reads

    @property
    def ok(self) -> bool:
        return not self.search.faults and all(not each.faults for each in self.files)

    @property
    def faults(self) -> list[Fault]:
        return self.search.faults + [fault for each in self.files for fault in each.faults]

    @property
    def lines(self) -> list[str]:
        return [
            *map(str, self.search.faults),
            *(f"not imported: {what}" for what in sorted(self.search.left_out)),
            *(line for each in self.files for line in each.lines),
        ]
