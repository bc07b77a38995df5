"""The audit trail: one row a line, oldest first."""

from collections.abc import Iterator
from contextlib import suppress
from uuid import UUID

from django.db.models import QuerySet

from accounts.audit.detail import shown
from accounts.models import AuditEvent
from reports.exports.sheet import BATCH, Row, Sheet, batched, moment

COLUMNS = ["line", "at", "person", "email", "action", "subject", "stream", "detail", "hash"]


def audit_lines(lines: QuerySet[AuditEvent]) -> Sheet:
    return Sheet(COLUMNS, lines.count(), batched(_rows(lines.order_by("seq"))))


def _rows(lines: QuerySet[AuditEvent]) -> Iterator[Row]:
    for line in lines.iterator(chunk_size=BATCH):
        who = [line.actor.name, line.actor.email] if line.actor else [None, None]
        detail = [f"{name} {value}" for name, value in shown(line)]
        seal = bytes(line.hash).hex() if line.hash else None
        about = [line.action, line.subject, line.stream, detail, seal]
        yield Row(_loop(line.stream), [line.seq, moment(line.at), *who, *about])


def _loop(stream: str) -> UUID | None:
    kind, _, id = stream.partition(":")
    with suppress(ValueError):
        return UUID(id) if kind == "loop" else None
    return None
