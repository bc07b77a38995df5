"""When the late scorecards of an opening are asked for, and every reminder there was."""

from django.db import models
from django.db.models import Q

from accounts.models import User
from interviews.models import Interview, Opening, Seat
from mail.models import Mail
from scorecard.access import OfLoopQuerySet


class ReminderSchedule(models.Model):
    """An opening's own schedule; without one, the usual one holds."""

    opening = models.OneToOneField(
        Opening, on_delete=models.CASCADE, related_name="reminder_schedule"
    )
    is_on = models.BooleanField(default=True)
    first_after_hours = models.PositiveSmallIntegerField(default=1)
    hour = models.PositiveSmallIntegerField(default=9)  # of the interviewer's day
    days = models.PositiveSmallIntegerField(default=3)  # working days

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(first_after_hours__range=(0, 72)), name="first_reminder_within_72_hours"
            ),
            models.CheckConstraint(
                condition=Q(hour__range=(6, 20)), name="reminder_hour_is_by_day"
            ),
            models.CheckConstraint(condition=Q(days__range=(0, 20)), name="reminder_days_up_to_20"),
        ]

    def __str__(self) -> str:
        return f"Reminders for {self.opening}"


class ReminderQuerySet(OfLoopQuerySet):
    to_loop = "interview__loop"


class Reminder(models.Model):
    """One mail to one person for one moment, made together with that mail."""

    # Whose scorecard of which interview; the seat may be somebody else's since.
    seat = models.ForeignKey(Seat, null=True, on_delete=models.SET_NULL, related_name="reminders")
    interview = models.ForeignKey(Interview, on_delete=models.PROTECT, related_name="+")
    whose = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10)  # a Kind of reminders/schedule.py
    moment = models.DateTimeField()  # the planned one, not that of sending
    mail = models.OneToOneField(Mail, on_delete=models.PROTECT, related_name="reminder")
    created_at = models.DateTimeField(auto_now_add=True)

    objects = ReminderQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["seat", "person", "moment"], name="one_reminder_a_moment"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} reminder to {self.person}"
