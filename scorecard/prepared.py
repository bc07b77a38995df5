"""The statements of the two busiest requests, saving a note and opening its page.

A queryset works its SQL out anew each time and puts the values into its text, so that PostgreSQL
plans it anew as well. Here the text stays the same, values travel beside it, and psycopg has what
it sees often prepared (`prepare_threshold` in the settings). What that buys, in processor time of
Python and PostgreSQL together, where the bench's bare view takes 3.3 ms and a save 5.7:

- `own_card` 0.40 ms, by the queryset 1.85 (of which 0.40 is the plan of its five tables);
- `notes` 0.35 ms, 0.95; the answers given before 0.25 ms, 0.60, in sync/__init__.py;
- `each` 0.50 ms for a changed note and its operation, 1.25 by two `bulk_create`.

Without `each` a save was measured at 0.52 of the bare view's rate, beside 0.60 to 0.65 with it on
the same busy machine; it is to keep 0.60. New notes, ratings and flags are written by the models.
"""

import json
from collections.abc import Callable, Sequence
from functools import cache
from typing import Any
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, connection
from django.db.backends.postgresql.base import ServerBindingCursor
from django.db.backends.utils import CursorWrapper
from django.db.models import JSONField, QuerySet

from accounts.models import User
from scorecard.models import Note, Scorecard
from scorecard.models.card import ScorecardQuerySet

# Stand in for the values until they are known.
CARD, PERSON, EMAIL = UUID(int=1), UUID(int=2), "nobody@scorecard.invalid"

CARD_FIELDS = Scorecard._meta.concrete_fields
NOTE_COLUMNS = [field.attname for field in Note._meta.concrete_fields]
NOTES = f"SELECT {', '.join(NOTE_COLUMNS)} FROM scorecard_note WHERE"  # noqa: S608  columns

Shape = Callable[[ScorecardQuerySet], QuerySet[Any]]


def cursor() -> CursorWrapper:
    """A cursor on Django's own connection, and so in its transaction; to be closed."""
    connection.ensure_connection()
    made: Any = ServerBindingCursor(connection.connection)  # type: ignore[call-arg]
    wrap = connection.make_debug_cursor if connection.queries_logged else connection.make_cursor
    return wrap(made)


def own_card(cursor: CursorWrapper, pk: UUID, user: User, shape: Shape) -> Any:
    """The card as `shape` wants it, by the rule of `editable_by`.

    Annotations become attributes. Raises Scorecard.DoesNotExist.
    """
    if not user.is_active:
        raise Scorecard.DoesNotExist
    statement, params, annotations = _own_card(shape)
    values: dict[Any, Any] = {CARD: pk, PERSON: user.pk, EMAIL: user.email}
    cursor.execute(statement, [values[each] for each in params])
    row = cursor.fetchone()
    if row is None:
        raise Scorecard.DoesNotExist
    columns = zip(CARD_FIELDS, row, strict=False)  # annotations come after them
    own = [json.loads(value) if isinstance(f, JSONField) else value for f, value in columns]
    card = Scorecard.from_db(DEFAULT_DB_ALIAS, [f.attname for f in CARD_FIELDS], own)
    vars(card).update(zip(annotations, row[len(own) :], strict=True))
    return card


@cache
def _own_card(shape: Shape) -> tuple[str, tuple[Any, ...], list[str]]:
    """The queryset's own SQL: the same for everybody but for three values."""
    anybody = User(pk=PERSON, email=EMAIL, is_active=True)
    query = shape(Scorecard.objects.editable_by(anybody)).filter(pk=CARD).order_by().query
    return *query.sql_with_params(), list(query.annotations)


def notes(cursor: CursorWrapper, where: str, params: Sequence[Any]) -> list[Note]:
    cursor.execute(f"{NOTES} {where}", params)
    return [Note.from_db(DEFAULT_DB_ALIAS, NOTE_COLUMNS, row) for row in cursor.fetchall()]


def each(cursor: CursorWrapper, statement: str, rows: Sequence[Sequence[Any]]) -> None:
    """Carries a statement out for every row, in one exchange; nothing for none."""
    if len(rows) == 1:
        cursor.execute(statement, rows[0])
    elif rows:
        cursor.executemany(statement, rows)
