"""What the page is told about notes just saved, besides that they are.

It is worked out after the commit: a suggestion may be late, a save may not wait for one.
"""

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from scorecard.models import Note
from scorecard.suggestions import suggest
from scorecard.wording.remarks import doubts, remarks

LONGEST = 700  # characters; a longer note says several things, and is tagged by hand
MOST = 20  # the newest notes; nobody goes through more offers than that


def advice_on(notes: Iterable[Note]) -> dict[str, dict[str, Any]]:
    """By note id: challenged remarks, and up to three signals for a note that has none yet.

    A note without either is named with an empty list, so that what was said before is withdrawn.
    """
    newest = sorted(notes, key=lambda note: note.updated_at, reverse=True)[:MOST]
    return {
        "challenges": {str(note.pk): challenges(note) for note in newest},
        "suggestions": {str(note.pk): suggestions(note) for note in newest},
    }


def challenges(note: Note) -> list[dict[str, Any]]:
    """Remarks that may not belong in evidence; none once the writer gave the reason."""
    return [] if note.job_related.strip() else [asdict(each) for each in doubts(note.text)]


def is_citable(note: Note) -> bool:
    """No remark in it still waits for its writer's reason. A mere doubt stands in nobody's way."""
    return bool(note.job_related.strip()) or not remarks(note.text)


def suggestions(note: Note) -> list[dict[str, Any]]:
    """Up to three signals, best first, for what the writer has not tagged with one."""
    if note.signal or note.kind == Note.Kind.PROBE or len(note.text) > LONGEST:
        return []
    return [asdict(each) for each in suggest(note.text)]
