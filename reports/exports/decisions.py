"""Decisions: one row for each that was recorded, those that were superseded among them."""

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet

from hiring_committee.models import Decision
from reports.exports.sheet import (
    BATCH,
    LOOP_COLUMNS,
    Row,
    Sheet,
    Value,
    annotations,
    batched,
    loop_fields,
    loop_values,
    moment,
    named,
)

FIELDS = {
    **loop_fields("loop__"),
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
    in_order = rows.order_by("decided_at", "pk")
    own = ("kind", "level", "reason", "answer", "decided_at", "superseded_at")
    wanted = in_order.values(*own, **annotations(FIELDS))
    return Sheet(COLUMNS, rows.count(), batched(_rows(wanted)))


def _rows(rows: Any) -> Iterator[Row]:
    for row in rows.iterator(chunk_size=BATCH):
        decided_level = row.pop("level")  # the loop's own level bears this name
        yield Row(row["x_loop"], _values(named(row), decided_level))


def _values(row: dict[str, Any], decided_level: str) -> list[Value]:
    return [
        *loop_values(row),
        row["kind"],
        decided_level or None,
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
