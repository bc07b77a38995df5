"""Saving what the live page sends: idempotent, without silent overwrites, all in one transaction.

Each operation carries an id made by the browser. One that was carried out before is answered from
its record; one whose `base_revision` is behind gets the server's copy and changes nothing, so that
the writer's page can keep both texts; a faulty one is refused with its reason. None of these
holds up the rest of the batch.
"""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from scorecard.models import Note, Scorecard, SyncOperation
from scorecard.sync.applying import Stale, apply
from scorecard.sync.operations import BadBatch, Faulty, Operation, Refused, read_batch
from scorecard.sync.reading import Known, read
from scorecard.sync.rewriting import rewrite
from scorecard.sync.working_copy import WorkingCopy

__all__ = ["BadBatch", "Outcome", "sync"]

LOCKED = "This scorecard was submitted. Amend it to change it."


@dataclass
class Outcome:
    """One answer for each operation, in their order, and the notes that were written."""

    results: list[dict[str, Any]]
    locked: bool = False
    notes: list[Note] = field(default_factory=list)


def sync(card_id: UUID, user: User, body: Any) -> Outcome:
    """Carry out a batch on the person's own card. The answer holds once this has returned.

    Raises Scorecard.DoesNotExist where the card is not theirs, and BadBatch.
    """
    if written := rewrite(card_id, user, body):
        operation, note = written
        return Outcome([_applied(operation, note.revision)], notes=[note])
    return _carry_out(card_id, user, body)


@transaction.atomic
def _carry_out(card_id: UUID, user: User, body: Any) -> Outcome:
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
    base = _named(operation)
    if isinstance(operation, Faulty):
        return base | {"status": "refused", "error": operation.error.as_dict()}
    if operation.id in done:
        return base | done[operation.id]
    try:
        if copy is None:
            raise refusal or Refused("scorecard", LOCKED)
        revision = apply(copy, operation)
    except Refused as error:
        return base | {"status": "refused", "error": error.as_dict()}
    except Stale as stale:
        return base | {"status": "stale", "server": stale.server}
    # The same id twice in one batch.
    done[operation.id] = {"status": "duplicate", "revision": revision}
    return _applied(operation, revision)


def _applied(operation: Operation, revision: int) -> dict[str, Any]:
    return _named(operation) | {"status": "applied", "revision": revision}


def _named(operation: Operation | Faulty) -> dict[str, Any]:
    return {"id": str(operation.id), "entity": operation.entity}


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
