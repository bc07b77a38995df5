"""The rows that one batch touches: read at once, changed in memory, written at once.

However many operations a batch has, the number of queries depends only on which kinds it holds.
"""

from typing import Any, TypeVar
from uuid import UUID

from django.db.backends.utils import CursorWrapper
from django.db.models import Max, Q
from django.utils import timezone

from scorecard import prepared
from scorecard.models import Flag, Note, Rating, Scorecard
from scorecard.sync.advice import is_citable
from scorecard.sync.operations import Operation, Refused

NOTE_FIELDS = (
    "at_seconds",
    "kind",
    "text",
    "stage",
    "probe",
    "dimension",
    "signal",
    "polarity",
    "conflict_of",
    "job_related",
)
RATING_FIELDS = ("value", "not_observed", "not_observed_reason", "rationale")
FLAG_FIELDS = ("signal", "severity", "explanation")

CHANGING = (*NOTE_FIELDS, "revision", "updated_at", "id")
CHANGE_NOTE = (
    f"UPDATE scorecard_note SET {', '.join(f'{name} = %s' for name in CHANGING[:-1])}"  # noqa: S608
    " WHERE id = %s"
)

Row = Note | Rating | Flag
Citing = TypeVar("Citing", Rating, Flag)


class WorkingCopy:
    """What a batch may see of one card. The card's row is locked while this lives."""

    def __init__(self, cursor: CursorWrapper, card: Scorecard, operations: list[Operation]) -> None:
        self.card = card
        self.notes: dict[UUID, Note] = {}
        self.ratings: dict[str, Rating] = {}
        self.flags: dict[UUID, Flag] = {}
        self.foreign: set[UUID] = set()  # ids that belong to another card
        self.cited: dict[str | UUID, tuple[UUID, ...]] = {}  # by dimension, by flag's id
        self._new: list[Row] = []
        self._changed: dict[Any, Row] = {}  # by primary key
        self._deleted: list[Note | Flag] = []
        self._recited: dict[str | UUID, Rating | Flag] = {}
        self._card_fields: set[str] = set()
        self._read_notes(cursor, {note for each in operations for note in each.mentioned_notes})
        self._read_others(operations)

    def _read_notes(self, cursor: CursorWrapper, mentioned: set[UUID]) -> None:
        """Those that the operations mention, of whichever card."""
        if mentioned:
            for note in prepared.notes(cursor, "id = ANY(%s)", [[*mentioned]]):
                self._sort_in(note, self.notes)

    def _read_others(self, operations: list[Operation]) -> None:
        kinds = {each.kind.partition(".")[0] for each in operations}
        if "rating" in kinds:
            for rating in self.card.ratings.prefetch_related("notes"):
                self.ratings[rating.dimension] = rating
                self.cited[rating.dimension] = tuple(note.id for note in rating.notes.all())
        if "flag" in kinds:
            ids = [each.key for each in operations if each.kind.startswith("flag.")]
            rows = Flag.objects.filter(Q(scorecard=self.card) | Q(pk__in=ids))
            for flag in rows.prefetch_related("notes"):
                self._sort_in(flag, self.flags)
                self.cited[flag.pk] = tuple(note.id for note in flag.notes.all())

    def _sort_in(self, row: Any, mine: dict[UUID, Any]) -> None:
        if row.scorecard_id == self.card.pk:
            mine[row.pk] = row
        else:
            self.foreign.add(row.pk)

    # --- Changes, in memory --------------------------------------------------------------------
    def add(self, row: Row, rows: dict[Any, Any], key: Any) -> None:
        rows[key] = row
        self._new.append(row)
        _touch(row)

    def change(self, row: Row) -> None:
        row.revision += 1
        _touch(row)
        if row not in self._new:
            self._changed[row.pk] = row

    def cite(self, key: str | UUID, row: Rating | Flag, notes: tuple[UUID, ...]) -> None:
        self.cited[key] = notes
        self._recited[key] = row

    def delete(self, row: Note | Flag, rows: dict[UUID, Any]) -> None:
        del rows[row.pk]
        self._recited.pop(row.pk, None)
        self._changed.pop(row.pk, None)
        if row in self._new:
            self._new.remove(row)
        else:
            self._deleted.append(row)

    def change_card(self, *fields: str) -> None:
        self._card_fields.update(fields)

    def require_citable(self, notes: tuple[UUID, ...]) -> None:
        """Raises Refused for the first note that is not of this card, or is still challenged."""
        for key in notes:
            if key not in self.notes:
                raise Refused("notes", f"{key} is not a note of this scorecard")
            if not is_citable(self.notes[key]):
                raise Refused("notes", f"{key} holds a remark that has to be answered first")

    # --- Writing -------------------------------------------------------------------------------
    def write(self, cursor: CursorWrapper) -> None:
        """Everything that changed."""
        if self._card_fields:
            self.card.save(update_fields=sorted(self._card_fields))
        self._delete()
        self._write_new_notes([row for row in self._new if isinstance(row, Note)])
        changed = [row for row in self._changed.values() if isinstance(row, Note)]
        prepared.each(
            cursor, CHANGE_NOTE, [[getattr(note, name) for name in CHANGING] for note in changed]
        )
        self._write_rows(Rating, RATING_FIELDS)
        self._write_rows(Flag, FLAG_FIELDS)
        self._write_citations(Rating, "rating_id")
        self._write_citations(Flag, "flag_id")

    def _write_new_notes(self, notes: list[Note]) -> None:
        """In their order, after those that the card has."""
        if notes:
            last = self.card.notes.aggregate(last=Max("position"))["last"]
            for position, note in enumerate(notes, start=0 if last is None else last + 1):
                note.position = position
            Note.objects.bulk_create(notes)

    def _delete(self) -> None:
        for model in (Note, Flag):
            ids = [row.pk for row in self._deleted if isinstance(row, model)]
            if ids:
                model.objects.filter(pk__in=ids).delete()

    def _write_rows(self, model: type[Citing], fields: tuple[str, ...]) -> None:
        new = [row for row in self._new if isinstance(row, model)]
        if new:
            model.objects.bulk_create(new)
        changed = [row for row in self._changed.values() if isinstance(row, model)]
        if changed:
            model.objects.bulk_update(changed, [*fields, "revision"])

    def _write_citations(self, model: type[Citing], key: str) -> None:
        rows = {name: row for name, row in self._recited.items() if isinstance(row, model)}
        if not rows:
            return
        through = model.notes.through
        through.objects.filter(**{f"{key}__in": [row.pk for row in rows.values()]}).delete()
        through.objects.bulk_create(
            through(**{key: row.pk, "note_id": note})
            for name, row in rows.items()
            for note in self.cited[name]
            if note in self.notes  # not one that a later operation of the batch deleted
        )


def _touch(row: Row) -> None:
    if isinstance(row, Note):
        row.updated_at = timezone.now()
