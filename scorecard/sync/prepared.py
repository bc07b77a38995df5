"""Statements that PostgreSQL plans once a connection, and not anew for every save.

Django puts values into the text of a statement, so that each one is new to the database; planning
the lock of a card by its rule then took eight times as long as taking it. Here values travel beside
the text, and psycopg has what it sees often prepared (`prepare_threshold` in the settings).
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, TypeVar

from django.db import DEFAULT_DB_ALIAS, connection, models
from django.db.backends.postgresql.base import ServerBindingCursor
from django.db.backends.utils import CursorWrapper

Row = TypeVar("Row", bound=models.Model)


def cursor() -> CursorWrapper:
    """A cursor on Django's own connection, and so in its transaction; to be closed."""
    connection.ensure_connection()
    made: Any = ServerBindingCursor(connection.connection)  # type: ignore[call-arg]
    wrap = connection.make_debug_cursor if connection.queries_logged else connection.make_cursor
    return wrap(made)


@contextmanager
def together() -> Iterator[None]:
    """What is executed within goes out at once and is answered at the end: one exchange."""
    connection.ensure_connection()
    with connection.wrap_database_errors, connection.connection.pipeline():
        yield


def each(statement: str, rows: Iterable[Sequence[Any]]) -> None:
    """Carries a statement out for every row, in one exchange; nothing for none."""
    given = list(rows)
    if not given:
        return
    with cursor() as made:
        if len(given) == 1:
            made.execute(statement, given[0])
        else:
            made.executemany(statement, given)


def select(fields: Sequence[models.Field]) -> str:
    """SELECT of these fields of one model, to which `rows` gives the same."""
    columns = ", ".join(f'"{field.column}"' for field in fields)
    return f'SELECT {columns} FROM "{fields[0].model._meta.db_table}"'  # noqa: S608


def rows(
    model: type[Row],
    cursor: Any,
    fields: Sequence[models.Field] | None = None,
    more: Sequence[str] = (),
) -> Iterator[Row]:
    """The rows of a statement that names these fields (all of them, else) in their order.

    `more` are the annotations that it names after them; each becomes an attribute.
    """
    fields = fields or model._meta.concrete_fields
    for row in cursor.fetchall():
        made = instance(fields, row)
        for name, value in zip(more, row[len(fields) :], strict=True):
            setattr(made, name, value)
        yield made


def instance(fields: Sequence[models.Field], row: Sequence[Any]) -> Any:
    """The row of one model, from the values that stand first in what the database answered."""
    values = list(row[: len(fields)])
    for at, each in enumerate(fields):
        if isinstance(each, models.JSONField):
            values[at] = json.loads(values[at])
    return fields[0].model.from_db(DEFAULT_DB_ALIAS, [each.attname for each in fields], values)
