"""Who may read what a committee reads: one rule for packets and all that follows from them."""

from typing import Self

from django.db import models

from accounts.models import User
from interviews.models import Loop, about, reachable_as_reader
from scorecard.models.card import owes_for


class OfLoopQuerySet(models.QuerySet):
    """Rows of a loop; `to_loop` is the path to it."""

    to_loop = "loop"

    def visible_to(self, user: User) -> Self:
        """What the committee of the loop and recruiters may read, none of them recused.

        Whoever still owes a scorecard for the candidate waits until it is handed in, and a
        candidate never reads about themselves. Having interviewed opens no packet.
        """
        if not user.is_active:
            return self.none()
        readers = self.filter(reachable_as_reader(user, self.to_loop))
        readers = readers.exclude(about(user, f"{self.to_loop}__candidate"))
        return readers.exclude(owes_for(user, f"{self.to_loop}__candidate"))


def loops_read_by(user: User) -> models.QuerySet[Loop]:
    """Loops whose packet this person may read, built or not yet: the rule of the rows above."""
    loops = Loop.objects.visible_to(user).filter(reachable_as_reader(user, "pk"))
    return loops.exclude(owes_for(user, "candidate"))
