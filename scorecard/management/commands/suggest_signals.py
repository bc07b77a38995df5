"""`manage.py suggest_signals < notes.jsonl`: signals for each note, one JSON object a line."""

import json
import sys
from dataclasses import asdict, dataclass
from types import NoneType
from typing import Any

from django.core.management.base import BaseCommand

from scorecard.suggestions import suggest
from scorecard.wording.remarks import doubts

EXPECTED: dict[str, tuple[tuple[type, ...], str]] = {
    "id": ((str, int), "text or a whole number"),
    "text": ((str,), "text"),
    "round": ((str, NoneType), "text"),
}
NAMES_IN_JSON = {
    dict: "an object",
    list: "a list",
    str: "text",
    float: "a fraction",
    int: "a number",
    bool: "true or false",
    NoneType: "null",
}


@dataclass(frozen=True)
class NoteLine:
    """A note to suggest signals for. `id` comes back as it was given."""

    id: str | int
    text: str


class Command(BaseCommand):
    """Answers each good line at once; bad ones are named on stderr and make it end with 1."""

    help = (
        "Suggest signals for notes. Reads {id, text, round?} a line from standard input and writes "
        "{id, suggestions: [{signal, score}], bias} a line, best first; an empty list says that "
        "there is no signal."
    )
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        """Exit status 1 if any line was bad."""
        faults = 0
        for number, line in enumerate(sys.stdin.buffer, start=1):
            if not line.strip():
                continue
            try:
                note = parse_line(line)
            except ValueError as fault:
                faults += 1
                self.stderr.write(f"line {number}: {fault}")
                continue
            self.stdout.write(json.dumps(answer(note)))
        if faults:
            sys.exit(1)


def answer(note: NoteLine) -> dict[str, Any]:
    """What is printed for one note."""
    return {
        "id": note.id,
        "suggestions": [asdict(each) for each in suggest(note.text)],
        "bias": bool(doubts(note.text)),
    }


def parse_line(line: bytes) -> NoteLine:
    """Read one line of JSON. Raises ValueError with a sentence saying what is wrong with it."""
    try:
        entry = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        wrong = error.object[error.start]
        raise ValueError(f"not UTF-8: byte {error.start + 1} is {wrong:#04x}") from None
    except json.JSONDecodeError as error:
        raise ValueError(f"not JSON: {error.msg} at character {error.pos + 1}") from None
    except (RecursionError, ValueError):
        raise ValueError("not readable JSON: nested too deep or a number too long") from None
    if not isinstance(entry, dict):
        raise ValueError(f"a JSON object is expected, this is {NAMES_IN_JSON[type(entry)]}")
    for name in EXPECTED:
        _check(entry, name)
    return NoteLine(entry["id"], entry["text"])


def _check(entry: dict[str, Any], name: str) -> None:
    if name != "round" and name not in entry:
        raise ValueError(f"{name} is missing")
    types, expected = EXPECTED[name]
    found = type(entry.get(name))  # its very type: true is an int to isinstance
    if found not in types:
        raise ValueError(f"{name} must be {expected}, this is {NAMES_IN_JSON[found]}")
