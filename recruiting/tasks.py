"""What the beat has to know of this room."""

from django.utils import timezone

from config.jobs.chores import every
from recruiting.reminders import late_scorecards


@every(300)
def remind() -> None:
    late_scorecards.remind(timezone.now())
