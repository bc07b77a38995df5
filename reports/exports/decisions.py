"""Decisions: one row for each that was recorded, those that were superseded among them."""

from typing import Any

from django.db.models import QuerySet

from hiring_committee.models import Decision
from reports.exports.sheet import (
    LOOP_COLUMNS,
    Row,
    Sheet,
    Value,
    batched,
    loop_fields,
    loop_values,
    moment,
    read,
)

FIELDS = {
    **loop_fields("loop__"),
    "decided_level": "level",
    "by": "decided_by__name",
    "by_email": "decided_by__email",
    "packet_version": "packet__version",
    "packet_digest": "packet__digest",
}
SAID = ["decision", "decided_level", "reason", "decided_by", "decided_by_email", "decided_at"]
THEN = ["stands", "superseded_at", "packet_version", "packet_digest", "answer"]
COLUMNS = [*LOOP_COLUMNS, *SAID, *THEN]


def decisions(rows: QuerySet[Decision]) -> Sheet:
    """`rows` are those that the asker may read, of loops that they may read whole."""
    own = ("kind", "reason", "answer", "decided_at", "superseded_at")
    found = read(rows.order_by("decided_at", "pk"), FIELDS, *own)
    return Sheet(COLUMNS, rows.count(), batched(Row(row["loop"], _values(row)) for row in found))


def _values(row: dict[str, Any]) -> list[Value]:
    return [
        *loop_values(row),
        row["kind"],
        row["decided_level"] or None,
        row["reason"],
        row["by"],
        row["by_email"],
        moment(row["decided_at"]),
        row["superseded_at"] is None,
        moment(row["superseded_at"]),
        row["packet_version"],
        row["packet_digest"],
        row["answer"] or None,
    ]
