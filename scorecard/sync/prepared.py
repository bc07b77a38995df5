"""Statements that PostgreSQL plans once a connection, and not anew for every save.

Django puts values into the text of a statement, so that each one is new to the database; planning
the lock of a card by its rule then took eight times as long as taking it. Here values travel beside
the text, and psycopg has what it sees often prepared (`prepare_threshold` in the settings).
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.db import connection
from django.db.backends.postgresql.base import ServerBindingCursor
from django.db.backends.utils import CursorWrapper


def cursor() -> CursorWrapper:
    """A cursor on Django's own connection, and so in its transaction; to be closed."""
    connection.ensure_connection()
    made = ServerBindingCursor(connection.connection)
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
