"""Saving what the live page sends: idempotent, without silent overwrites, all in one transaction.

Each operation carries an id made by the browser. One that was carried out before is answered from
its record; one whose `base_revision` is behind gets the server's copy and changes nothing, so that
the writer's page can keep both texts; a faulty one is refused with its reason. None of these
holds up the rest of the batch.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from scorecard.models import Flag, Note, Rating, Scorecard, SyncOperation
from scorecard.sync.operations import BadBatch, Faulty, Operation, Refused, read_batch
from scorecard.sync.reading import Known, read
from scorecard.sync.state import card_entry, flag_state, note_state, rating_state
from scorecard.sync.working_copy import FLAG_FIELDS, NOTE_FIELDS, RATING_FIELDS, WorkingCopy

__all__ = ["BadBatch", "Outcome", "sync"]

LOCKED = "This scorecard was submitted. Amend it to change it."


class Stale(Exception):
    """The writer had not seen the newest state, which this carries."""

    def __init__(self, server: dict[str, Any]) -> None:
        super().__init__("stale")
        self.server = server


@dataclass
class Outcome:
    """One answer for each operation, in their order, and the notes that were written."""

    results: list[dict[str, Any]]
    locked: bool = False
    notes: list[Note] = field(default_factory=list)


@transaction.atomic
def sync(card_id: UUID, user: User, body: Any) -> Outcome:
    """Carry out a batch on the person's own card. The answer holds once this has returned.

    Raises Scorecard.DoesNotExist where the card is not theirs, and BadBatch.
    """
    known = read(card_id, user, body)
    card = known.card
    batch = read_batch(body, card.rubric)
    done = _answered_before(known)
    fresh = [each for each in batch if isinstance(each, Operation) and each.id not in done]
    if card.is_locked:
        copy, refusal = None, Refused("scorecard", LOCKED)
        results = [_answer(each, done, copy, refusal) for each in batch]
        return Outcome(results, locked=True)
    copy = WorkingCopy(card, known.notes, fresh)
    results = [_answer(each, done, copy) for each in batch]
    copy.write(_records(card, fresh, results))
    written = {each.key for each in fresh if each.kind == "note.put"}
    return Outcome(results, notes=[copy.notes[key] for key in written if key in copy.notes])


def _answered_before(known: Known) -> dict[UUID, dict[str, Any]]:
    """Answers by operation. An id that another card used is refused, without a word about it."""
    taken = Refused("id", "was used before").as_dict()
    return {
        row.pk: row.result | {"status": "duplicate"}
        if row.scorecard_id == known.card.pk
        else {"status": "refused", "error": taken}
        for row in known.answered
    }


def _answer(
    operation: Operation | Faulty,
    done: dict[UUID, dict[str, Any]],
    copy: WorkingCopy | None,
    refusal: Refused | None = None,
) -> dict[str, Any]:
    base = {"id": str(operation.id), "entity": operation.entity}
    if isinstance(operation, Faulty):
        return base | {"status": "refused", "error": operation.error.as_dict()}
    if operation.id in done:
        return base | done[operation.id]
    try:
        if copy is None:
            raise refusal or Refused("scorecard", LOCKED)
        revision = APPLY[operation.kind](copy, operation)
    except Refused as error:
        return base | {"status": "refused", "error": error.as_dict()}
    except Stale as stale:
        return base | {"status": "stale", "server": stale.server}
    result = {"status": "applied", "revision": revision}
    done[operation.id] = result | {"status": "duplicate"}  # the same id twice in one batch
    return base | result


def _records(
    card: Scorecard, fresh: list[Operation], results: list[dict[str, Any]]
) -> list[SyncOperation]:
    """What was carried out now, to be known if it is sent again."""
    applied = {each["id"]: each["revision"] for each in results if each["status"] == "applied"}
    now = timezone.now()
    rows = {
        each.id: SyncOperation(
            id=each.id,
            scorecard=card,
            kind=each.kind,
            entity=each.entity,
            at=now,
            result={"status": "applied", "revision": applied[str(each.id)]},
        )
        for each in fresh
        if str(each.id) in applied
    }
    return list(rows.values())


# --- One function a kind: changes the copy, gives back the new revision ---
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
        return copy.card.field_revisions.get(name, 0)
    revision = _next_field_revision(copy.card, operation)
    setattr(copy.card, name, value)
    copy.change_card(name, "field_revisions")
    return revision


def _put_kit(copy: WorkingCopy, operation: Operation) -> int:
    name, value = operation.entity, operation.value["value"]
    if copy.card.kit.get(name) == value:
        return copy.card.field_revisions.get(name, 0)
    revision = _next_field_revision(copy.card, operation)
    if value is None:
        del copy.card.kit[name]
    else:
        copy.card.kit[name] = value
    copy.change_card("kit", "field_revisions")
    return revision


def _next_field_revision(card: Scorecard, operation: Operation) -> int:
    name = operation.entity
    if operation.base_revision != card.field_revisions.get(name, 0):
        raise Stale(card_entry(card, name))
    card.field_revisions[name] = operation.base_revision + 1
    return card.field_revisions[name]


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


APPLY = {
    "note.put": _put_note,
    "note.delete": _delete_note,
    "rating.put": _put_rating,
    "flag.put": _put_flag,
    "flag.delete": _delete_flag,
    "card.put": _put_card_field,
    "kit.put": _put_kit,
}
