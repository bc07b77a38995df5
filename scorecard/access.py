"""Who may read what a committee reads: one rule for packets and all that follows from them."""

from typing import Any, Self

from django.db import models

from accounts.models import User
from interviews.models import Loop, about, reachable_as_reader
from scorecard.models.card import owes_for


def loops_read_by(user: User) -> models.QuerySet[Loop]:
    """Loops whose packet this person may read, built or not yet.

    The committee of the loop and recruiters, none of them recused. Whoever still owes a scorecard
    for the candidate waits until it is handed in, and a candidate never reads about themselves.
    Having interviewed opens no packet.
    """
    if not user.is_active:
        return Loop.objects.none()
    loops = Loop.objects.filter(reachable_as_reader(user, "pk"))
    return loops.exclude(about(user, "candidate")).exclude(owes_for(user, "candidate"))


class OfLoopQuerySet(models.QuerySet[Any]):
    """Rows of a loop; `to_loop` is the path to it."""

    to_loop = "loop"

    def visible_to(self, user: User) -> Self:
        """Those of the loops whose packet this person may read."""
        return self.filter(**{f"{self.to_loop}__in": loops_read_by(user)})
