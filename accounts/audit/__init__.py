"""The audit trail: record what was read or changed, and verify that nobody altered the record."""

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, models

from accounts.models import User


def record(
    actor: User | None, action: str, subject: models.Model, *, stream: str = "", **detail: Any
) -> None:
    """Append one line in the caller's transaction, so that neither exists without the other.

    `stream` names the chain the line joins (a loop's id where there is one), `detail` is JSON-able.
    """
    label = f"{subject._meta.model_name}:{subject.pk}"
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO accounts_auditevent (stream, actor_id, action, subject, detail)"
            " VALUES (%s, %s, %s, %s, %s)",
            [
                stream or label,
                actor.pk if actor else None,
                action,
                label,
                json.dumps(detail, cls=DjangoJSONEncoder),
            ],
        )


def record_in_each(
    actor: User | None, action: str, streams: Collection[str], **detail: Any
) -> None:
    """Append one line to each of these streams, named for its subject, in one statement.

    Holds every stream's lock until the transaction ends, taken in one order. Pass a few hundred
    streams at most, so that nobody waits for long.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO accounts_auditevent (stream, actor_id, action, subject, detail)"
            " SELECT stream, %s::uuid, %s, stream, %s::jsonb FROM unnest(%s::text[]) AS stream",
            [
                actor.pk if actor else None,
                action,
                json.dumps(detail, cls=DjangoJSONEncoder),
                sorted(streams),
            ],
        )


Line = tuple[str, models.Model, str, dict[str, Any]]  # action, subject, stream, detail


def record_many(actor: User | None, lines: Iterable[Line]) -> None:
    """Append many lines at the price of one query; each stream keeps their order."""
    rows = [
        [
            stream,
            actor.pk if actor else None,
            action,
            f"{subject._meta.model_name}:{subject.pk}",
            json.dumps(detail, cls=DjangoJSONEncoder),
        ]
        for action, subject, stream, detail in lines
    ]
    if not rows:
        return
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO accounts_auditevent (stream, actor_id, action, subject, detail)"
            " VALUES (%s, %s, %s, %s, %s)",
            rows,
        )


def hold(stream: str) -> None:
    """Lock the stream until the transaction ends; writing a line takes the same lock.

    Whatever must not happen twice at once to one loop holds its stream first. A second kind of
    lock, taken in another order, would lead to deadlocks.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 4711))", [stream])


@dataclass(frozen=True)
class BrokenLink:
    """A line whose hash is not that of its content and predecessor."""

    seq: int
    stream: str


def broken_links() -> list[BrokenLink]:
    """Every altered, reordered or removed line, oldest first; empty when the trail is whole.

    Recomputes each hash in the database with the function that wrote it, and compares each `prev`
    with the hash of the line before. A line cut from the end of a stream is not visible here:
    compare the newest hash with one noted elsewhere.
    """
    with connection.cursor() as cursor:
        cursor.execute("""
            SELECT seq, stream FROM (
              SELECT e.*, lag(e.hash) OVER (PARTITION BY stream ORDER BY seq) AS before
              FROM accounts_auditevent e) line
            WHERE hash IS DISTINCT FROM audit_hash(
                    before, seq, at, stream, actor_id, action, subject, payload_digest)
               OR prev IS DISTINCT FROM before
               OR detail IS NOT NULL
                  AND payload_digest IS DISTINCT FROM audit_payload_digest(salt, detail)
            ORDER BY seq
        """)
        return [BrokenLink(seq, stream) for seq, stream in cursor.fetchall()]
