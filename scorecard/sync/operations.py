"""What a batch of the live page says, checked against the rubric. Pure: no database, no Django.

An operation is {id, kind, entity, base_revision, value}. One that is faulty is refused by itself,
with the field and the fault; it never holds up its neighbours.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

from rubric.content import Rubric
from scorecard.content import NOTE_KINDS, SEVERITIES

MAX_OPERATIONS = 200
MAX_TEXT = 200_000  # characters, as in models.evidence
MAX_SECONDS = 24 * 3600
KINDS = (
    "note.put",
    "note.delete",
    "rating.put",
    "flag.put",
    "flag.delete",
    "card.put",
    "kit.put",
)
POLARITIES = ("strength", "risk", "noise")
CARD_TEXTS = ("summary", "follow_up")


class Refused(Exception):
    """This operation cannot be carried out: the field at fault, why, and known ids like it."""

    def __init__(self, field: str, message: str, nearest: Iterable[str] = ()) -> None:
        super().__init__(f"{field}: {message}")
        self.field, self.message, self.nearest = field, message, list(nearest)

    def as_dict(self) -> dict[str, Any]:
        error: dict[str, Any] = {"field": self.field, "message": self.message}
        return error | ({"nearest": self.nearest} if self.nearest else {})


class BadBatch(Exception):
    """The request is not a batch at all: why, and the HTTP status to say it with."""

    def __init__(self, message: str, status: int = 400) -> None:
        super().__init__(message)
        self.status = status


@dataclass(frozen=True)
class Operation:
    """One change of one thing. `entity` is a UUID for notes and flags, else a name."""

    id: UUID
    kind: str
    entity: str
    base_revision: int = 0  # the revision that the writer saw; 0 where there was none
    value: dict[str, Any] = field(default_factory=dict)

    @property
    def key(self) -> UUID:
        return UUID(self.entity)

    @property
    def mentioned_notes(self) -> Iterator[UUID]:
        """Notes that it changes, cites or points at."""
        if self.kind.startswith("note."):
            yield self.key
        yield from self.value.get("notes", ())
        if pointed_at := self.value.get("conflict_of"):
            yield pointed_at


@dataclass(frozen=True)
class Faulty:
    """An operation that could be told apart but not read: its id as sent, and why."""

    id: str
    entity: str
    error: Refused


def read_batch(body: Any, rubric: Rubric) -> list[Operation | Faulty]:
    """The operations of a parsed body, in their order. Raises BadBatch."""
    operations = body.get("operations") if isinstance(body, dict) else None
    if not isinstance(operations, list):
        raise BadBatch("Send an object with a list of operations.")
    if len(operations) > MAX_OPERATIONS:
        raise BadBatch(f"Send at most {MAX_OPERATIONS} operations at once.")
    return [_read(each, rubric) for each in operations]


def _read(raw: Any, rubric: Rubric) -> Operation | Faulty:
    if not isinstance(raw, dict):
        return Faulty("", "", Refused("operation", "is not an object"))
    try:
        return _operation(raw, rubric)
    except Refused as error:
        return Faulty(_shown(raw.get("id")), _shown(raw.get("entity")), error)


def _shown(raw: Any) -> str:
    return raw[:60].encode("utf-8", "replace").decode() if isinstance(raw, str) else ""


def _operation(raw: dict[str, Any], rubric: Rubric) -> Operation:
    kind = raw.get("kind")
    if kind not in KINDS:
        raise Refused("kind", f"is one of {', '.join(KINDS)}")
    base = raw.get("base_revision")
    operation = Operation(
        id=uuid_of("id", raw.get("id")),
        kind=kind,
        entity=ENTITIES[kind](raw.get("entity"), rubric),
        base_revision=0 if base is None else integer("base_revision", base, 0, 2**31 - 1),
    )
    if kind.endswith(".delete"):
        return operation
    cleaned = VALUES[kind](raw.get("value"), rubric, operation.entity)
    return replace(operation, value=cleaned)


# --- Fields: each takes its name and what was sent, and gives back a value of the right type ---
def uuid_of(name: str, raw: Any) -> UUID:
    try:
        return UUID(raw) if isinstance(raw, str) and len(raw) == 36 else _not_a_uuid(name)
    except ValueError:
        return _not_a_uuid(name)


def _not_a_uuid(name: str) -> UUID:
    raise Refused(name, "is not a UUID")


def integer(name: str, raw: Any, least: int, most: int) -> int:
    if not isinstance(raw, int) or isinstance(raw, bool) or not least <= raw <= most:
        raise Refused(name, f"is a whole number from {least} to {most}")
    return raw


def text(name: str, raw: Any) -> str:
    if not isinstance(raw, str):
        raise Refused(name, "is not text")
    if len(raw) > MAX_TEXT:
        raise Refused(name, f"has {len(raw)} characters; at most {MAX_TEXT} are kept")
    if "\0" in raw:
        raise Refused(name, "contains a NUL character, which cannot be stored")
    try:
        raw.encode()
    except UnicodeEncodeError:
        raise Refused(name, "contains half of a character (a lone surrogate)") from None
    return raw


def written(name: str, raw: Any) -> str:
    words = text(name, raw)
    if not words.strip():
        raise Refused(name, "is empty")
    return words


def choice(name: str, raw: Any, known: Iterable[str]) -> str:
    if isinstance(raw, str) and raw in ("", *known):
        return raw
    raise Refused(name, f"is one of {', '.join(known)}, or empty")


def known_id(name: str, raw: Any, rubric: Rubric, kind: str = "") -> str:
    """An id of the rubric, or nothing. Names the nearest known ones otherwise."""
    kind = kind or name
    if isinstance(raw, str) and (raw == "" or raw in _ids(rubric, kind)):
        return raw
    shown = _shown(raw)
    raise Refused(name, f"“{shown}” is not in the rubric", rubric.nearest(kind, shown))


def _ids(rubric: Rubric, kind: str) -> dict[str, Any]:
    by_kind: dict[str, dict[str, Any]] = {
        "dimension": rubric.dimensions,
        "signal": rubric.signals,
        "stage": rubric.stages,
        "probe": rubric.probes,
        "recommendation": rubric.recommendations,
        "correctness": rubric.correctness,
    }
    return by_kind[kind]


def notes_list(name: str, raw: Any) -> tuple[UUID, ...]:
    if not isinstance(raw, list) or len(raw) > 1000:
        raise Refused(name, "is not a list of at most 1000 notes")
    return tuple(dict.fromkeys(uuid_of(name, each) for each in raw))


def flag_of(name: str, raw: Any) -> bool:
    if not isinstance(raw, bool):
        raise Refused(name, "is true or false")
    return raw


# --- Values: what was sent and nothing more; a field that is missing stays as it is ---
Reader = Callable[[str, Any], Any]


def _fields(value: Any, readers: dict[str, Reader]) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise Refused("value", "is not an object")
    for name in value:
        if name not in readers:
            raise Refused(_shown(name), "is not a field of this", [])
    return {name: readers[name](name, raw) for name, raw in value.items()}


def note_value(value: Any, rubric: Rubric, entity: str) -> dict[str, Any]:
    """A note's fields. A signal brings its dimension and polarity, and allows no others."""

    def in_rubric(name: str, raw: Any) -> str:
        return known_id(name, raw, rubric)

    cleaned = _fields(
        value,
        {
            "text": written,
            "kind": lambda name, raw: choice(name, raw, NOTE_KINDS),
            "at_seconds": lambda name, raw: integer(name, raw, 0, MAX_SECONDS),
            "stage": in_rubric,
            "probe": in_rubric,
            "dimension": in_rubric,
            "signal": in_rubric,
            "polarity": lambda name, raw: choice(name, raw, POLARITIES),
            "conflict_of": lambda name, raw: None if raw is None else uuid_of(name, raw),
            "job_related": text,
        },
    )
    if cleaned.get("kind") == "":
        raise Refused("kind", f"is one of {', '.join(NOTE_KINDS)}")
    signal = rubric.signals.get(cleaned.get("signal", ""))
    if signal:
        for name in ("dimension", "polarity"):
            if cleaned.get(name) not in (None, "", getattr(signal, name)):
                raise Refused(name, f"of “{signal.title}” is {getattr(signal, name)}")
            cleaned[name] = getattr(signal, name)
    return cleaned


def rating_value(value: Any, rubric: Rubric, entity: str) -> dict[str, Any]:
    cleaned = _fields(
        value,
        {
            "value": lambda name, raw: None if raw is None else integer(name, raw, 1, 4),
            "not_observed": flag_of,
            "not_observed_reason": text,
            "rationale": text,
            "notes": notes_list,
        },
    )
    if cleaned.get("value") and cleaned.get("not_observed"):
        raise Refused("value", "is given, so the dimension was observed")
    return cleaned


def flag_value(value: Any, rubric: Rubric, entity: str) -> dict[str, Any]:
    cleaned = _fields(
        value,
        {
            "signal": lambda name, raw: known_id(name, raw, rubric),
            "severity": lambda name, raw: choice(name, raw, SEVERITIES),
            "explanation": text,
            "notes": notes_list,
        },
    )
    if "severity" in cleaned and not cleaned["severity"]:
        raise Refused("severity", f"is one of {', '.join(SEVERITIES)}")
    if "signal" in cleaned:
        signal = rubric.signals.get(cleaned["signal"])
        if not signal or signal.polarity != "risk":
            raise Refused("signal", "is not a risk, and only a risk is flagged")
    return cleaned


def card_value(value: Any, rubric: Rubric, entity: str) -> dict[str, Any]:
    """The recommendation and its like: one field, so the value stands by itself."""
    if entity in CARD_TEXTS:
        return {"value": text(entity, value)}
    return {"value": known_id(entity, value, rubric)}


def kit_value(value: Any, rubric: Rubric, entity: str) -> dict[str, Any]:
    """The prompt that was put, a stage's seconds, or the clock's start in ms since 1970."""
    if value is None:
        return {"value": None}
    if entity == "started":
        return {"value": integer(entity, value, 0, 2**53)}
    if entity == "prompt":
        if value not in list(rubric.prompts):
            raise Refused(entity, f"“{_shown(value)}” is not a prompt of the rubric")
        return {"value": value}
    return {"value": integer(entity, value, 0, MAX_SECONDS)}


VALUES = {
    "note.put": note_value,
    "rating.put": rating_value,
    "flag.put": flag_value,
    "card.put": card_value,
    "kit.put": kit_value,
}


# --- Entities ---
def _uuid_entity(raw: Any, rubric: Rubric) -> str:
    return str(uuid_of("entity", raw))


def _dimension_entity(raw: Any, rubric: Rubric) -> str:
    if raw == "":
        raise Refused("entity", "names no dimension")
    return known_id("entity", raw, rubric, "dimension")


def _card_entity(raw: Any, rubric: Rubric) -> str:
    names = ("recommendation", "correctness", *CARD_TEXTS)
    if isinstance(raw, str) and raw in names:
        return raw
    raise Refused("entity", f"is one of {', '.join(names)}")


def _kit_entity(raw: Any, rubric: Rubric) -> str:
    if isinstance(raw, str) and raw in ("started", "prompt"):
        return raw
    if isinstance(raw, str) and raw.startswith("stage."):
        known_id("entity", raw.removeprefix("stage.") or "?", rubric, "stage")
        return raw
    raise Refused("entity", "is started, prompt, or stage. and a stage of the rubric")


ENTITIES = {
    "note.put": _uuid_entity,
    "note.delete": _uuid_entity,
    "rating.put": _dimension_entity,
    "flag.put": _uuid_entity,
    "flag.delete": _uuid_entity,
    "card.put": _card_entity,
    "kit.put": _kit_entity,
}
