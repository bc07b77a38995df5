"""From bytes to JSON values, refusing whatever could not be stored or would hurt the reader."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from functools import reduce
from operator import truediv
from typing import Any

from ats.formats.faults import Log, Place, printable

MAX_BYTES = 20 * 1024 * 1024
MAX_DEPTH = 32  # the deepest documented value lies at 8
MAX_DIGITS = 18  # fits a bigint
BOM = b"\xef\xbb\xbf"

STRING_OR_BRACKET = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"?|[\[\]{}]', re.DOTALL)


class JsonObject(dict[str, Any]):
    """A JSON object that remembers which keys its text gave more than once."""

    repeated: tuple[str, ...] = ()


class Unsound:
    """Stands for a number that JSON or the database cannot hold, until its place is known."""

    def __init__(self, text: str) -> None:
        self.text = text


def decode(data: bytes, file: str, log: Log) -> Any:
    """The JSON value of a file's bytes; None, and faults in the log, where it is not whole."""
    place = Place(file)
    text = _text(data, place, log)
    if text is None or _too_deep(text, place, log):
        return None
    try:
        value = json.loads(
            text,
            object_pairs_hook=_object,
            parse_constant=Unsound,
            parse_float=_float,
            parse_int=_integer,
        )
    except json.JSONDecodeError as error:
        log.fault(place, _syntax(error, text))
        return None
    faults = list(unsound(value))
    for path, what in faults:
        log.fault(reduce(truediv, path, place), what)
    return None if faults else value


def _text(data: bytes, place: Place, log: Log) -> str | None:
    if len(data) > MAX_BYTES:
        log.fault(place, f"is larger than {MAX_BYTES // 1024**2} MB: import it in parts")
        return None
    body = data.removeprefix(BOM)
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError as error:
        offset = error.start + len(data) - len(body)
        log.fault(place, f"is not UTF-8: the byte at offset {offset} (0x{data[offset]:02x})")
        return None
    if not text.strip():
        log.fault(place, "is empty")
        return None
    return text


def _too_deep(text: str, place: Place, log: Log) -> bool:
    """Looked at before parsing, which recurses."""
    depth = 0
    for found in STRING_OR_BRACKET.finditer(text):
        if found[0] in "[{":
            depth += 1
        elif found[0] in "]}":
            depth -= 1
        if depth > MAX_DEPTH:
            where = _line_and_column(text, found.start())
            log.fault(place, f"is nested deeper than {MAX_DEPTH} levels ({where})")
            return True
    return False


def _line_and_column(text: str, position: int) -> str:
    line = text.count("\n", 0, position) + 1
    column = position - text.rfind("\n", 0, position)
    return f"line {line}, column {column}"


def _syntax(error: json.JSONDecodeError, text: str) -> str:
    where = f"line {error.lineno}, column {error.colno}"
    ended = error.pos >= len(text.rstrip()) or error.msg.startswith("Unterminated string")
    if ended:
        return f"ends in the middle of a value ({where}): is it cut off?"
    return f"is not JSON: {error.msg[0].lower()}{error.msg[1:]} ({where})"


def _object(pairs: list[tuple[str, Any]]) -> JsonObject:
    made = JsonObject(pairs)
    if len(made) < len(pairs):
        times = Counter(key for key, _ in pairs)
        made.repeated = tuple(key for key in made if times[key] > 1)
    return made


def _integer(text: str) -> int | Unsound:
    return int(text) if len(text.lstrip("-")) <= MAX_DIGITS else Unsound(text)


def _float(text: str) -> float | Unsound:
    number = float(text)
    return Unsound(text) if number in (float("inf"), float("-inf")) else number


Path = tuple[str | int, ...]


def unsound(value: Any, path: Path = ()) -> Iterator[tuple[Path, str]]:
    """Everything in a parsed value that JSON leaves open or that PostgreSQL cannot store.

    Each with the keys that lead to it: a pointer is written only for what is wrong.
    """
    if isinstance(value, JsonObject):
        for key in value.repeated:
            yield (*path, key), "is given more than once in the same object"
        for key, each in value.items():
            if fault := _unstorable(key):
                yield (*path, key), f"the key {fault}"
            yield from unsound(each, (*path, key))
    elif isinstance(value, list):
        for index, each in enumerate(value):
            yield from unsound(each, (*path, index))
    elif isinstance(value, Unsound | str) and (fault := _unstorable(value)):
        yield path, fault


def _unstorable(text: Unsound | str) -> str:
    if isinstance(text, Unsound):
        return f"is a number that cannot be stored: {printable(text.text, 24)}"
    if "\0" in text:
        return f"holds a NUL character (at character {text.index(chr(0))})"
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        return f"holds half of a surrogate pair (at character {error.start})"
    return ""
