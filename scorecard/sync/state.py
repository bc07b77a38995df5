"""Rows as the live page holds them: {revision, value}. The one spelling for pages and answers."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from scorecard.models import Flag, Note, Rating, Scorecard
from scorecard.sync.working_copy import FLAG_FIELDS, NOTE_FIELDS, RATING_FIELDS


def note_state(note: Note) -> dict[str, Any]:
    value = {name: getattr(note, name) for name in NOTE_FIELDS}
    value["conflict_of"] = str(note.conflict_of) if note.conflict_of else None
    return {"revision": note.revision, "value": value}


def rating_state(rating: Rating, cited: Iterable[UUID]) -> dict[str, Any]:
    return _with_notes(rating, RATING_FIELDS, cited)


def flag_state(flag: Flag, cited: Iterable[UUID]) -> dict[str, Any]:
    return _with_notes(flag, FLAG_FIELDS, cited)


def _with_notes(
    row: Rating | Flag, fields: tuple[str, ...], cited: Iterable[UUID]
) -> dict[str, Any]:
    value = {name: getattr(row, name) for name in fields} | {"notes": [str(n) for n in cited]}
    return {"revision": row.revision, "value": value}


def card_entry(card: Scorecard, name: str) -> dict[str, Any]:
    """One field of the card, or one entry of its kit."""
    in_kit = name in ("started", "prompt") or name.startswith("stage.")
    value = card.kit.get(name) if in_kit else getattr(card, name)
    return {"revision": card.field_revisions.get(name, 0), "value": value}


def page_state(card: Scorecard, notes: Iterable[Note]) -> dict[str, Any]:
    """All that the live page shows and may change of this card, whose notes these are."""
    names = {*card.kit, *(n for n in card.field_revisions if n in ("started", "prompt"))}
    names |= {name for name in card.field_revisions if name.startswith("stage.")}
    return {
        "locked": card.is_locked,
        "notes": [{"id": str(note.pk), **note_state(note)} for note in notes],
        "kit": {name: card_entry(card, name) for name in sorted(names)},
    }
