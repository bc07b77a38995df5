"""The rows that one batch touches: read at once, changed in memory, written at once.

However many operations a batch has, the number of queries depends only on which kinds it holds.
"""

from collections.abc import Iterable
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from scorecard.models import Flag, Note, Rating, Scorecard, SyncOperation
from scorecard.sync import prepared, writing
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

Row = Note | Rating | Flag
Citing = TypeVar("Citing", Rating, Flag)


class WorkingCopy:
    """What a batch may see of one card. The card's row is locked while this lives."""

    def __init__(
        self, card: Scorecard, notes: Iterable[Note], operations: Iterable[Operation]
    ) -> None:
        """`notes` are those that the operations mention, of whichever card."""
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
        for note in notes:
            self._sort_in(note, self.notes)
        self._read([*operations])

    def _read(self, operations: list[Operation]) -> None:
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
    def write(self, records: list[SyncOperation]) -> None:
        """Everything that changed, and the operations that did it."""
        if self._card_fields:
            self.card.save(update_fields=sorted(self._card_fields))
        self._delete()
        with prepared.together():
            writing.insert_notes(row for row in self._new if isinstance(row, Note))
            writing.update_notes(row for row in self._changed.values() if isinstance(row, Note))
            writing.record(records)
        self._write_rows(Rating, RATING_FIELDS)
        self._write_rows(Flag, FLAG_FIELDS)
        self._write_citations(Rating, "rating_id")
        self._write_citations(Flag, "flag_id")

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
