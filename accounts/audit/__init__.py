"""The audit trail: one line for each thing that somebody read or changed."""

import json
from collections.abc import Collection, Iterable
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, models

from accounts.models import User

INSERT = """
    INSERT INTO accounts_auditevent (stream, actor_id, action, subject, detail)
    VALUES (%s, %s, %s, %s, %s)"""
Line = tuple[str, models.Model, str, dict[str, Any]]  # action, subject, stream, detail


def record(
    actor: User | None, action: str, subject: models.Model, *, stream: str = "", **detail: Any
) -> None:
    """Append one line in the caller's transaction, so that neither exists without the other.

    `stream` names the chain the line joins (a loop's id where there is one), `detail` is JSON-able.
    """
    with connection.cursor() as cursor:
        cursor.execute(INSERT, _row(actor, action, subject, stream or _label(subject), detail))


def record_many(actor: User | None, lines: Iterable[Line]) -> None:
    """Append many lines at the price of one query; each stream keeps their order."""
    with connection.cursor() as cursor:
        cursor.executemany(INSERT, [_row(actor, *line) for line in lines])


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
            [actor.pk if actor else None, action, _json(detail), sorted(streams)],
        )


def hold(stream: str) -> None:
    """Lock the stream until the transaction ends; writing a line takes the same lock.

    Whatever must not happen twice at once to one loop holds its stream first. A second kind of
    lock, taken in another order, would lead to deadlocks.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 4711))", [stream])


def _row(
    actor: User | None, action: str, subject: models.Model, stream: str, detail: dict[str, Any]
) -> list[Any]:
    return [stream, actor.pk if actor else None, action, _label(subject), _json(detail)]


def _label(subject: models.Model) -> str:
    return f"{subject._meta.model_name}:{subject.pk}"


def _json(detail: dict[str, Any]) -> str:
    return json.dumps(detail, cls=DjangoJSONEncoder)
