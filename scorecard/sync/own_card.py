"""One's own card, read by the rule of `editable_by` without working out its SQL every time.

The rule is the queryset's. Its SQL is the same for everybody but for three values, so Django makes
it once a process: that took longer than all the rest of a save, or of opening the page.
"""

from collections.abc import Callable
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db.backends.utils import CursorWrapper
from django.db.models import QuerySet

from accounts.models import User
from scorecard.models import Scorecard
from scorecard.models.card import ScorecardQuerySet

# Stand in for the values until they are known.
CARD = UUID(int=1)
PERSON = UUID(int=2)
EMAIL = "nobody@scorecard.invalid"
NOTE = UUID(int=3)  # for a shape that asks for one of the card's notes

Shape = Callable[[ScorecardQuerySet], QuerySet]


def execute(
    cursor: CursorWrapper, shape: Shape, card: UUID, user: User, note: UUID | None = None
) -> None:
    """Asks for the card as `shape` wants it. Raises Scorecard.DoesNotExist for who has left."""
    if not user.is_active:
        raise Scorecard.DoesNotExist
    statement, params = _statement(shape)
    values: dict[Any, Any] = {CARD: card, PERSON: user.pk, EMAIL: user.email, NOTE: note}
    cursor.execute(statement, [values[each] for each in params])


@lru_cache(maxsize=4)
def _statement(shape: Shape) -> tuple[str, tuple]:
    anybody = User(pk=PERSON, email=EMAIL, is_active=True)
    cards = shape(Scorecard.objects.editable_by(anybody))
    return cards.filter(pk=CARD).order_by().query.sql_with_params()
