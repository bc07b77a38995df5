"""Saving what the live page sends: idempotent, without silent overwrites, all in one transaction.

Each operation carries an id made by the browser. One that was carried out before is answered from
its record; one whose `base_revision` is behind gets the server's copy and changes nothing, so that
the writer's page can keep both texts; a faulty one is refused with its reason. None of these
holds up the rest of the batch.
"""

import json
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.backends.utils import CursorWrapper
from django.utils import timezone

from accounts.models import User
from scorecard import prepared
from scorecard.models import Note, Scorecard
from scorecard.models.card import ScorecardQuerySet
from scorecard.sync.applying import Stale, apply
from scorecard.sync.operations import BadBatch, Faulty, Operation, Refused, read_batch
from scorecard.sync.working_copy import WorkingCopy

__all__ = ["BadBatch", "Outcome", "sync"]

LOCKED = "This scorecard was submitted. Amend it to change it."
ANSWERED = "SELECT id, scorecard_id, result FROM scorecard_syncoperation WHERE id = ANY(%s)"
RECORD = """
    INSERT INTO scorecard_syncoperation (id, scorecard_id, kind, entity, at, result)
    VALUES (%s, %s, %s, %s, %s, %s)
"""


@dataclass
class Outcome:
    """One answer for each operation, in their order, and the notes that were written."""

    results: list[dict[str, Any]]
    locked: bool = False
    notes: list[Note] = field(default_factory=list)


@transaction.atomic
def sync(card_id: UUID, user: User, body: Any) -> Outcome:
    """Carry out a batch on the person's own card. The answer holds once this has returned.

    The card's lock comes first: what is read after it is what its last holder has committed.
    Raises Scorecard.DoesNotExist where the card is not theirs, and BadBatch.
    """
    with prepared.cursor() as cursor:
        card = prepared.own_card(cursor, card_id, user, _locked)
        batch = read_batch(body, card.rubric)
        operations = [each for each in batch if isinstance(each, Operation)]
        done = _answered_before(cursor, card, operations)
        fresh = [each for each in operations if each.id not in done]
        copy = None if card.is_locked else WorkingCopy(cursor, card, fresh)
        results = [_answer(each, done, copy) for each in batch]
        if copy is None:
            return Outcome(results, locked=True)
        copy.write(cursor)
        prepared.each(cursor, RECORD, _records(card, fresh, results))
    written = {each.key for each in fresh if each.kind == "note.put"}
    return Outcome(results, notes=[copy.notes[key] for key in written if key in copy.notes])


def _locked(cards: ScorecardQuerySet) -> ScorecardQuerySet:
    return cards.select_for_update(of=("self",))


def _answered_before(
    cursor: CursorWrapper, card: Scorecard, operations: list[Operation]
) -> dict[UUID, dict[str, Any]]:
    """Answers by operation. An id that another card used is refused, without a word about it."""
    taken = Refused("id", "was used before").as_dict()
    cursor.execute(ANSWERED, [[each.id for each in operations]])
    return {
        id: json.loads(result) | {"status": "duplicate"}
        if card_id == card.pk
        else {"status": "refused", "error": taken}
        for id, card_id, result in cursor.fetchall()
    }


def _answer(
    operation: Operation | Faulty, done: dict[UUID, dict[str, Any]], copy: WorkingCopy | None
) -> dict[str, Any]:
    """`copy` is None where the card is locked: then only what was answered before is."""
    base = _named(operation)
    if isinstance(operation, Faulty):
        return base | {"status": "refused", "error": operation.error.as_dict()}
    if operation.id in done:
        return base | done[operation.id]
    try:
        if copy is None:
            raise Refused("scorecard", LOCKED)
        revision = apply(copy, operation)
    except Refused as error:
        return base | {"status": "refused", "error": error.as_dict()}
    except Stale as stale:
        return base | {"status": "stale", "server": stale.server}
    # The same id twice in one batch.
    done[operation.id] = {"status": "duplicate", "revision": revision}
    return base | {"status": "applied", "revision": revision}


def _named(operation: Operation | Faulty) -> dict[str, Any]:
    return {"id": str(operation.id), "entity": operation.entity}


def _records(
    card: Scorecard, fresh: list[Operation], results: list[dict[str, Any]]
) -> list[tuple[Any, ...]]:
    """Rows of what was carried out now, to be known if it is sent again."""
    applied = {each["id"]: each["revision"] for each in results if each["status"] == "applied"}
    now = timezone.now()
    return [
        (id, card.pk, each.kind, each.entity, now, _as_json(applied[str(id)]))
        for id, each in {each.id: each for each in fresh}.items()
        if str(id) in applied
    ]


def _as_json(revision: int) -> str:
    return json.dumps({"status": "applied", "revision": revision})
