"""The save that a page sends most, a note's new words: two statements, each its own transaction.

No lock is held between them. The second writes only where nothing has come between: it takes the
card's lock, and PostgreSQL then looks again whether the card is open and the note's revision is the
one that was read. All else (a new note, a faulty, stale or repeated operation) changes nothing here
and is left to the way that holds the lock from the start.
"""

import json
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import User
from scorecard.models import Note, Scorecard
from scorecard.models.card import ScorecardQuerySet
from scorecard.sync import own_card, prepared
from scorecard.sync.applying import Stale, apply
from scorecard.sync.operations import Operation, Refused, named_ids, read_batch
from scorecard.sync.working_copy import WorkingCopy
from scorecard.sync.writing import CHANGING, UPDATE_NOTE

CARD_FIELDS = Scorecard._meta.concrete_fields
NOTE_FIELDS = Note._meta.concrete_fields


def rewrite(card: UUID, user: User, body: Any) -> tuple[Operation, Note] | None:
    """The operation that was carried out and the note as it is stored; None if nothing was.

    Raises BadBatch, and Scorecard.DoesNotExist for who has left.
    """
    note = _only_note(body)
    row = note and _read(card, user, note)
    if not row:
        return None
    known = prepared.instance(CARD_FIELDS, row)
    stored = prepared.instance(NOTE_FIELDS, row[len(CARD_FIELDS) :])
    [operation] = read_batch(body, known.rubric)
    seen = stored.revision
    if known.is_locked or not isinstance(operation, Operation):
        return None
    if not _applies(known, stored, operation) or stored.revision == seen:
        return None
    return (operation, stored) if _write(operation, stored, seen) else None


def _only_note(body: Any) -> UUID | None:
    """The note that a batch of one operation changes, where it points at no other."""
    operations, notes = named_ids(body)
    if not 1 == len(operations) == len(notes) == len(body["operations"]):
        return None
    [only] = body["operations"]
    is_rewriting = only.get("kind") == "note.put" and only.get("base_revision")
    return notes[0] if is_rewriting else None


def _read(card: UUID, user: User, note: UUID) -> tuple | None:
    with prepared.cursor() as cursor:
        own_card.execute(cursor, _with_note, card, user, note)
        return cursor.fetchone()


def _with_note(cards: ScorecardQuerySet) -> QuerySet:
    names = [field.attname for field in CARD_FIELDS]
    names += [f"notes__{field.attname}" for field in NOTE_FIELDS]
    return cards.filter(notes__pk=own_card.NOTE).values_list(*names)


def _applies(card: Scorecard, note: Note, operation: Operation) -> bool:
    try:
        apply(WorkingCopy(card, [note], [operation]), operation)
    except (Refused, Stale):
        return False
    return True


WRITE = f"""
WITH card AS (
    SELECT id FROM scorecard_scorecard WHERE id = %s AND state <> %s FOR NO KEY UPDATE
), note AS (
    {UPDATE_NOTE} AND revision = %s AND scorecard_id = (SELECT id FROM card)
    AND NOT EXISTS (SELECT FROM scorecard_syncoperation WHERE id = %s)
    RETURNING scorecard_id
)
INSERT INTO scorecard_syncoperation (scorecard_id, id, kind, entity, at, result)
SELECT scorecard_id, %s, %s, %s, %s, %s::jsonb FROM note
"""  # noqa: S608


def _write(operation: Operation, note: Note, seen: int) -> bool:
    result = json.dumps({"status": "applied", "revision": note.revision})
    with prepared.cursor() as cursor:
        cursor.execute(
            WRITE,
            [
                *(note.scorecard_id, Scorecard.State.SUBMITTED),
                *(getattr(note, name) for name in (*CHANGING, "id")),
                *(seen, operation.id),
                *(operation.id, operation.kind, operation.entity, timezone.now(), result),
            ],
        )
        return cursor.rowcount == 1
