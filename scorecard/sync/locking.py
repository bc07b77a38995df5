"""The one row that every save begins with: the writer's own card, locked until the commit.

The rule of who writes which card is the queryset's, `editable_by`. Its SQL is the same for
everybody but for three values, so Django works it out once a process and not for every save:
that took longer than all the rest of a save together.
"""

from functools import lru_cache
from uuid import UUID

from accounts.models import User
from scorecard.models import Scorecard

# Stand in for the values until they are known.
CARD = UUID(int=1)
PERSON = UUID(int=2)
EMAIL = "nobody@scorecard.invalid"


def locked_card(pk: UUID, user: User) -> Scorecard:
    """The person's own card, FOR UPDATE. Raises Scorecard.DoesNotExist. One query."""
    if not user.is_active:
        raise Scorecard.DoesNotExist
    sql, params = _statement()
    values = {CARD: pk, PERSON: user.pk, EMAIL: user.email}
    for card in Scorecard.objects.raw(sql, [values[each] for each in params]):
        return card
    raise Scorecard.DoesNotExist


@lru_cache(maxsize=1)
def _statement() -> tuple[str, tuple]:
    anybody = User(pk=PERSON, email=EMAIL, is_active=True)
    cards = Scorecard.objects.editable_by(anybody).select_for_update(of=("self",))
    return cards.filter(pk=CARD).order_by().query.sql_with_params()
