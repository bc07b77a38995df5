"""The statements that write what a batch changed, each sent once however many rows there are."""

import json
from collections.abc import Iterable

from django.db import models

from scorecard.models import Note, SyncOperation
from scorecard.sync import prepared

NOTE_COLUMNS = [field.attname for field in Note._meta.concrete_fields]
CHANGING = [name for name in NOTE_COLUMNS if name not in ("id", "scorecard_id", "position")]


def _insert(model: type[models.Model], columns: list[str], **instead: str) -> str:
    """INSERT of these columns; `instead` gives an expression for a column's value."""
    values = [instead.get(name, "%s") for name in columns]
    into = f"INSERT INTO {model._meta.db_table} ({', '.join(columns)})"  # noqa: S608
    return f"{into} VALUES ({', '.join(values)})"


LAST = "SELECT max(position) FROM scorecard_note WHERE scorecard_id = %s"
INSERT_NOTE = _insert(Note, NOTE_COLUMNS, position=f"coalesce(({LAST}) + 1, 0)")
UPDATE_NOTE = (
    f"UPDATE scorecard_note SET {', '.join(f'{name} = %s' for name in CHANGING)}"  # noqa: S608
    " WHERE id = %s"
)
RECORD = _insert(SyncOperation, ["id", "scorecard_id", "kind", "entity", "at", "result"])


def insert_notes(rows: Iterable[Note]) -> None:
    """New notes of a locked card, in their order, after those that it has."""

    def value(note: Note, column: str) -> object:
        return note.scorecard_id if column == "position" else getattr(note, column)

    prepared.each(INSERT_NOTE, [[value(note, name) for name in NOTE_COLUMNS] for note in rows])


def update_notes(rows: Iterable[Note]) -> None:
    prepared.each(UPDATE_NOTE, [[getattr(n, name) for name in (*CHANGING, "id")] for n in rows])


def record(rows: Iterable[SyncOperation]) -> None:
    """What was carried out, to be known if it is sent again."""
    prepared.each(
        RECORD,
        [
            [row.id, row.scorecard_id, row.kind, row.entity, row.at, json.dumps(row.result)]
            for row in rows
        ],
    )
