"""Reading one mapping of a rubric's content field by field, with the place of every fault."""

import re
from typing import Any

ID = re.compile(r"[a-z0-9]+([-_][a-z0-9]+)*")
_REQUIRED = object()


class RubricError(ValueError):
    """A fault in a rubric's content; `place` is a path such as `signals/data-first/cues`."""

    def __init__(self, place: str, problem: str):
        super().__init__(f"{place}: {problem}")
        self.place = place
        self.problem = problem


class Entry:
    """One mapping, read once: each method takes a field out, and `finish` refuses what is left."""

    def __init__(self, raw: Any, place: str) -> None:
        if not isinstance(raw, dict):
            raise RubricError(place, "must be a mapping")
        self._left = dict(raw)
        self.place = place

    def names(self) -> list[str]:
        """The fields not yet read."""
        return list(self._left)

    def finish(self) -> None:
        """Raise RubricError where a field was not read, so that a misspelt one is not ignored."""
        if self._left:
            raise RubricError(self.place, f"unknown: {', '.join(map(str, self._left))}")

    def value(self, name: str, default: Any = _REQUIRED) -> Any:
        """The field as it is, whatever its type."""
        value = self._left.pop(name, default)
        if value is _REQUIRED:
            raise RubricError(f"{self.place}/{name}", "is missing")
        return value

    def id(self) -> str:
        """The field `id`, in words of lower-case letters and digits joined by - or _."""
        value = self.text("id")
        if not ID.fullmatch(value):
            raise RubricError(f"{self.place}/id", "must be lower-case words joined by - or _")
        return value

    def text(self, name: str) -> str:
        """A text that is not empty, without the line end that YAML's folding leaves."""
        return _text(self.value(name), f"{self.place}/{name}")

    def one_of(self, name: str, allowed: tuple[str, ...], default: Any = _REQUIRED) -> Any:
        """One of the allowed words, or the default where the field is absent."""
        value = self.value(name, default)
        if value is not default and value not in allowed:
            raise RubricError(f"{self.place}/{name}", f"must be one of {', '.join(allowed)}")
        return value

    def whole(self, name: str, least: int, most: int) -> int:
        """A whole number from least to most; true and false are no numbers."""
        value = self.value(name)
        if type(value) is not int or not least <= value <= most:
            raise RubricError(
                f"{self.place}/{name}", f"must be a whole number from {least} to {most}"
            )
        return value

    def flag(self, name: str) -> bool:
        """True or false; false where absent."""
        value = self.value(name, False)
        if type(value) is not bool:
            raise RubricError(f"{self.place}/{name}", "must be true or false")
        return value

    def texts(self, name: str, required: bool = True) -> tuple[str, ...]:
        """A list of texts, with one at least where it is required."""
        place = f"{self.place}/{name}"
        items = _items(self.value(name, _REQUIRED if required else []), place, required)
        return tuple(_text(item, f"{place}/{at}") for at, item in enumerate(items))

    def ids(self, name: str, required: bool = True) -> tuple[str, ...]:
        """A list of ids, none of them twice."""
        found = self.texts(name, required)
        if len(set(found)) != len(found):
            raise RubricError(f"{self.place}/{name}", "names one twice")
        return found

    def children(self, name: str) -> "list[Entry]":
        """A list of mappings, each to be read in turn."""
        return entries(self.value(name), f"{self.place}/{name}")


def entries(raw: Any, place: str) -> list[Entry]:
    """A list of mappings as entries, each placed by its id, else by its position."""
    found = []
    for at, item in enumerate(_items(raw, place, required=True)):
        name = item.get("id", at) if isinstance(item, dict) else at
        found.append(Entry(item, f"{place}/{name}"))
    return found


def _items(raw: Any, place: str, required: bool) -> list[Any]:
    if not isinstance(raw, list):
        raise RubricError(place, "must be a list")
    if required and not raw:
        raise RubricError(place, "must not be empty")
    return raw


def _text(raw: Any, place: str) -> str:
    if not isinstance(raw, str) or not raw.strip():
        raise RubricError(place, "must be a text that is not empty")
    return raw.strip()
