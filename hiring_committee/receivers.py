"""What happens to a debrief when the loop or its committee changes."""

from typing import Any

from django.dispatch import receiver

from accounts.models import User
from hiring_committee import recruiter_tasks, voting
from interviews.models import Loop
from interviews.signals import committee_changed, loop_changed


@receiver([committee_changed, loop_changed], dispatch_uid="votes_of_the_changed_committee")
def open_votes(loop: Loop, **_: Any) -> None:
    """Whoever is recused is not waited for: theirs may have been the last vote missing."""
    voting.open_if_all_in(loop)


@receiver(loop_changed, dispatch_uid="recruiters_tasks_of_the_changed_loop")
def match_tasks(loop: Loop, by: User | None, **_: Any) -> None:
    """An interview that a committee asked for may have been scheduled, or cancelled."""
    recruiter_tasks.match(loop, by)
