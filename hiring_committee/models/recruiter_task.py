"""What a committee asks of the recruiter."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q

from accounts.models import User
from hiring_committee.models.resolutions import FlagResolution
from interviews.models import Interview, Loop
from scorecard.access import OfLoopQuerySet


class RecruiterTaskQuerySet(OfLoopQuerySet):
    def visible_to(self, user: User) -> Self:
        """Of readers of the packet, those who may read the resolution that asks for it."""
        readable = FlagResolution.objects.visible_to(user).filter(pk=OuterRef("resolution"))
        return super().visible_to(user).filter(Exists(readable))

    def open(self) -> Self:
        return self.filter(done_at=None)


class RecruiterTask(models.Model):
    """An interview to be scheduled, since a flag cannot be settled without it.

    It names the dimension to test and nothing of what was found. It is visible to readers of its
    resolution only: that somebody asks for another interview tells of the evaluation as well.
    Done once: by the interview that was scheduled, or by hand with a reason.
    """

    class Kind(models.TextChoices):
        INTERVIEW = "interview", "Another interview"

    loop = models.ForeignKey(Loop, on_delete=models.PROTECT, related_name="recruiter_tasks")
    resolution = models.ForeignKey(FlagResolution, on_delete=models.PROTECT, related_name="tasks")
    kind = models.CharField(max_length=20, choices=Kind.choices, default=Kind.INTERVIEW)
    about = models.SlugField(max_length=60, db_index=False)  # the dimension to test
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField(auto_now_add=True)
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    interview = models.ForeignKey(
        Interview, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    done_reason = models.TextField(blank=True)

    objects = RecruiterTaskQuerySet.as_manager()

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["resolution"], condition=Q(done_at=None), name="one_open_task"
            ),
            models.CheckConstraint(condition=Q(kind="interview"), name="task_kind_known"),
            models.CheckConstraint(
                condition=Q(done_at=None, done_by=None, interview=None, done_reason="")
                | Q(done_at__isnull=False)
                & (Q(interview__isnull=False) | Q(done_reason__regex=r"\S")),
                name="task_is_done_by_an_interview_or_for_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} of {self.loop}: {self.about}"
