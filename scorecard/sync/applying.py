"""What each kind of operation does to the working copy of a card. No rows are read or written.

Each function changes the copy and gives back the new revision. It raises Refused where the
operation cannot be carried out, and Stale where its writer had not seen the newest state.
"""

from collections.abc import Callable, Iterable
from typing import Any
from uuid import UUID

from scorecard.models import Flag, Note, Rating, Scorecard
from scorecard.sync.operations import Operation, Refused
from scorecard.sync.state import card_entry, flag_state, note_state, rating_state
from scorecard.sync.working_copy import FLAG_FIELDS, NOTE_FIELDS, RATING_FIELDS, WorkingCopy


class Stale(Exception):
    """The writer had not seen the newest state, which this carries."""

    def __init__(self, server: dict[str, Any]) -> None:
        super().__init__("stale")
        self.server = server


def _put_note(copy: WorkingCopy, operation: Operation) -> int:
    key, value = operation.key, operation.value
    _refuse_foreign(copy, key, "note")
    if value.get("conflict_of") in copy.foreign:
        raise Refused("conflict_of", "is not a note of this scorecard")
    note = copy.notes.get(key)
    if note is None:
        if operation.base_revision:
            raise Stale({"deleted": True})
        if "text" not in value:
            raise Refused("text", "is missing")
        note = Note(id=key, scorecard=copy.card, **({"at_seconds": 0} | value))
        copy.add(note, copy.notes, key)
        return note.revision
    changed = _differences(note, value, NOTE_FIELDS)
    # Who sends the very words that are here has seen them. A tag alone says nothing of that: its
    # writer would take the new revision for one that they had read.
    if not changed and "text" in value:
        return note.revision
    _refuse_stale(note, operation, note_state)
    if not changed:
        return note.revision
    if "text" in changed:
        changed = {"job_related": ""} | changed  # the reason was given for the other words
    _require_fitting_signal(copy, note, changed)
    _assign(note, changed)
    copy.change(note)
    return note.revision


def _require_fitting_signal(copy: WorkingCopy, note: Note, changed: dict[str, Any]) -> None:
    signal = copy.card.rubric.signals.get(changed.get("signal", note.signal))
    for name in ("dimension", "polarity"):
        if signal and changed.get(name, getattr(note, name)) != getattr(signal, name):
            raise Refused(name, f"of “{signal.title}” is {getattr(signal, name)}")


def _delete_note(copy: WorkingCopy, operation: Operation) -> int:
    _refuse_foreign(copy, operation.key, "note")
    note = copy.notes.get(operation.key)
    if note:
        _refuse_stale(note, operation, note_state)
        copy.delete(note, copy.notes)
    return 0


def _put_rating(copy: WorkingCopy, operation: Operation) -> int:
    dimension, value = operation.entity, dict(operation.value)
    rating = copy.ratings.get(dimension)
    notes = value.pop("notes", copy.cited.get(dimension, ()))
    copy.require_citable(notes)
    if rating is None:
        rating = Rating(scorecard=copy.card, dimension=dimension, **value)
        copy.add(rating, copy.ratings, dimension)
        copy.cite(dimension, rating, notes)
        return rating.revision
    changed = _differences(rating, value, RATING_FIELDS)
    if not changed and set(notes) == set(copy.cited[dimension]):
        return rating.revision
    _refuse_stale(rating, operation, lambda row: rating_state(row, copy.cited[dimension]))
    if changed.get("value", rating.value) and changed.get("not_observed", rating.not_observed):
        raise Refused("value", "is given, so the dimension was observed")
    _assign(rating, changed)
    copy.change(rating)
    copy.cite(dimension, rating, notes)
    return rating.revision


def _put_flag(copy: WorkingCopy, operation: Operation) -> int:
    key, value = operation.key, dict(operation.value)
    _refuse_foreign(copy, key, "flag")
    flag = copy.flags.get(key)
    notes = value.pop("notes", copy.cited.get(key, ()))
    copy.require_citable(notes)
    _refuse_second_flag(copy, key, value.get("signal"))
    if flag is None:
        if operation.base_revision:
            raise Stale({"deleted": True})
        for name in ("signal", "severity"):
            if name not in value:
                raise Refused(name, "is missing")
        flag = Flag(id=key, scorecard=copy.card, **value)
        copy.add(flag, copy.flags, key)
        copy.cite(key, flag, notes)
        return flag.revision
    changed = _differences(flag, value, FLAG_FIELDS)
    if not changed and set(notes) == set(copy.cited[key]):
        return flag.revision
    _refuse_stale(flag, operation, lambda row: flag_state(row, copy.cited[key]))
    _assign(flag, changed)
    copy.change(flag)
    copy.cite(key, flag, notes)
    return flag.revision


def _refuse_second_flag(copy: WorkingCopy, key: UUID, signal: str | None) -> None:
    if any(flag.signal == signal and flag.pk != key for flag in copy.flags.values()):
        raise Refused("signal", "is flagged already on this scorecard")


def _delete_flag(copy: WorkingCopy, operation: Operation) -> int:
    _refuse_foreign(copy, operation.key, "flag")
    flag = copy.flags.get(operation.key)
    if flag:
        cited = copy.cited[operation.key]
        _refuse_stale(flag, operation, lambda row: flag_state(row, cited))
        copy.delete(flag, copy.flags)
    return 0


def _put_card_field(copy: WorkingCopy, operation: Operation) -> int:
    name, value = operation.entity, operation.value["value"]
    if getattr(copy.card, name) == value:
        return _field_revision(copy.card, name)
    revision = _next_field_revision(copy.card, operation)
    setattr(copy.card, name, value)
    copy.change_card(name, "field_revisions")
    return revision


def _put_kit(copy: WorkingCopy, operation: Operation) -> int:
    name, value = operation.entity, operation.value["value"]
    if copy.card.kit.get(name) == value:
        return _field_revision(copy.card, name)
    revision = _next_field_revision(copy.card, operation)
    if value is None:
        del copy.card.kit[name]
    else:
        copy.card.kit[name] = value
    copy.change_card("kit", "field_revisions")
    return revision


def _next_field_revision(card: Scorecard, operation: Operation) -> int:
    name = operation.entity
    if operation.base_revision != _field_revision(card, name):
        raise Stale(card_entry(card, name))
    card.field_revisions[name] = operation.base_revision + 1
    return operation.base_revision + 1


def _field_revision(card: Scorecard, name: str) -> int:
    return int(card.field_revisions.get(name, 0))


def _refuse_foreign(copy: WorkingCopy, key: UUID, what: str) -> None:
    if key in copy.foreign:
        raise Refused("entity", f"is not a {what} of this scorecard")


def _refuse_stale(row: Any, operation: Operation, state: Callable[[Any], dict[str, Any]]) -> None:
    if operation.base_revision != row.revision:
        raise Stale(state(row))


def _differences(row: Any, value: dict[str, Any], fields: Iterable[str]) -> dict[str, Any]:
    return {f: value[f] for f in fields if f in value and getattr(row, f) != value[f]}


def _assign(row: Any, changed: dict[str, Any]) -> None:
    for name, value in changed.items():
        setattr(row, name, value)


def apply(copy: WorkingCopy, operation: Operation) -> int:
    """Carry one operation out on the copy; the new revision of what it changed."""
    return _APPLY[operation.kind](copy, operation)


_APPLY = {
    "note.put": _put_note,
    "note.delete": _delete_note,
    "rating.put": _put_rating,
    "flag.put": _put_flag,
    "flag.delete": _delete_flag,
    "card.put": _put_card_field,
    "kit.put": _put_kit,
}
