"""Where something is wrong in a file, and the log that a reader of files fills."""

from collections import Counter
from dataclasses import dataclass, field

LONGEST_SHOWN = 60


def printable(text: str, longest: int = LONGEST_SHOWN) -> str:
    """Text out of a file, safe to print on one line: shortened, control characters escaped."""
    cut = text if len(text) <= longest else text[: longest - 1] + "…"
    return "".join(c if c.isprintable() else c.encode("unicode-escape").decode() for c in cut)


def escape_key(key: str | int) -> str:
    """One step of a JSON pointer (RFC 6901), on one printable line."""
    return printable(str(key), 200).replace("~", "~0").replace("/", "~1")


@dataclass(frozen=True)
class Place:
    """A value in a file, by its JSON pointer; the empty pointer is the whole file."""

    file: str
    pointer: str = ""

    def __truediv__(self, key: str | int) -> "Place":
        return Place(self.file, f"{self.pointer}/{escape_key(key)}")

    def __str__(self) -> str:
        return f"{self.file}: {self.pointer or '/'}"


@dataclass(frozen=True)
class Fault:
    """One reason why a file is refused, at its place."""

    place: Place
    what: str

    def __str__(self) -> str:
        return f"{self.place}: {self.what}"


@dataclass
class Log:
    """What a reader has to say about a file besides its content.

    A file with faults is refused whole. `left_out` counts what is not imported by its reason, as
    one sentence each; `checks` are things that a person should look at.
    """

    faults: list[Fault] = field(default_factory=list)
    left_out: Counter[str] = field(default_factory=Counter)
    checks: list[str] = field(default_factory=list)

    def fault(self, place: Place, what: str) -> None:
        self.faults.append(Fault(place, what))

    def leave_out(self, what: str) -> None:
        self.left_out[what] += 1

    def check(self, place: Place, what: str) -> None:
        self.checks.append(f"{place}: {what}")
