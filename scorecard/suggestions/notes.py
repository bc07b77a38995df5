"""One line of what `manage.py suggest_signals` reads: parsed, or refused with a reason."""

import json
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class NoteLine:
    """A note to suggest signals for. `id` comes back as it was given, `round` may be unknown."""

    id: str | int
    text: str
    round: str = ""


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
        raise ValueError(f"a JSON object is expected, this is {_kind(entry)}")
    return NoteLine(_id(entry), _text(entry), _round(entry))


def _id(entry: dict[str, Any]) -> str | int:
    if "id" not in entry:
        raise ValueError("id is missing")
    value = entry["id"]
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise ValueError(f"id must be text or a whole number, this is {_kind(value)}")
    return value


def _text(entry: dict[str, Any]) -> str:
    if "text" not in entry:
        raise ValueError("text is missing")
    if not isinstance(entry["text"], str):
        raise ValueError(f"text must be text, this is {_kind(entry['text'])}")
    return entry["text"]


def _round(entry: dict[str, Any]) -> str:
    value = entry.get("round")
    if value is None:
        return ""
    if not isinstance(value, str):
        raise ValueError(f"round must be text, this is {_kind(value)}")
    return value


def _kind(value: object) -> str:
    """What JSON calls a value."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true or false"
    names: tuple[tuple[type, str], ...] = (
        (dict, "an object"),
        (list, "a list"),
        (str, "text"),
        (float, "a fraction"),
        (int, "a number"),
    )
    return next(name for type_, name in names if isinstance(value, type_))
