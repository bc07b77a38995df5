"""What a save has to know: the card, locked until the commit; then answers given before, and notes.

The two come after the lock in statements of their own, and so see what whoever held it before has
committed.

The rule of who writes which card is the queryset's, `editable_by`. Its SQL is the same for
everybody but for three values, so Django works it out once a process and not for every save:
that took longer than all the rest of a save together.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, TypeVar
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, models

from accounts.models import User
from scorecard.models import Note, Scorecard, SyncOperation
from scorecard.sync import prepared
from scorecard.sync.operations import named_ids

# Stand in for the values until they are known.
CARD = UUID(int=1)
PERSON = UUID(int=2)
EMAIL = "nobody@scorecard.invalid"

Row = TypeVar("Row", bound=models.Model)


@dataclass(frozen=True)
class Known:
    """The person's own card, locked; operations of the batch's ids; notes that it may touch."""

    card: Scorecard
    answered: list[SyncOperation]
    notes: list[Note]


def read(card: UUID, user: User, body: Any) -> Known:
    """Three queries, however large the batch. Raises Scorecard.DoesNotExist if it is not theirs."""
    if not user.is_active:
        raise Scorecard.DoesNotExist
    lock, params = _lock()
    values = {CARD: card, PERSON: user.pk, EMAIL: user.email}
    operations, notes = named_ids(body)
    with prepared.cursor() as cards, prepared.cursor() as answered, prepared.cursor() as known:
        with prepared.together():
            cards.execute(lock, [values[each] for each in params])
            answered.execute(ANSWERED, [operations])
            known.execute(NOTES, [notes])
        own = next(_rows(Scorecard, cards), None)
        if own is None:
            raise Scorecard.DoesNotExist
        return Known(own, list(_rows(SyncOperation, answered)), list(_rows(Note, known)))


@lru_cache(maxsize=1)
def _lock() -> tuple[str, tuple]:
    anybody = User(pk=PERSON, email=EMAIL, is_active=True)
    cards = Scorecard.objects.editable_by(anybody).select_for_update(of=("self",))
    return cards.filter(pk=CARD).order_by().query.sql_with_params()


def _by_id(model: type[models.Model]) -> str:
    columns = ", ".join(f'"{field.column}"' for field in model._meta.concrete_fields)
    return f'SELECT {columns} FROM "{model._meta.db_table}" WHERE id = ANY(%s)'  # noqa: S608


ANSWERED = _by_id(SyncOperation)
NOTES = _by_id(Note)


def _rows(model: type[Row], cursor: Any) -> Iterator[Row]:
    """The rows of a statement that names every column in the model's order."""
    fields = model._meta.concrete_fields
    names = [field.attname for field in fields]
    of_json = [at for at, field in enumerate(fields) if isinstance(field, models.JSONField)]
    for row in cursor.fetchall():
        values = list(row)
        for at in of_json:
            values[at] = json.loads(values[at])
        yield model.from_db(DEFAULT_DB_ALIAS, names, values)
