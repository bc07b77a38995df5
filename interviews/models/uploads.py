"""A table that a recruiter uploaded: read and planned, then shown, then carried out."""

from datetime import timedelta
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.models import User
from config.jobs.rows import Job, open_index, state_constraints
from interviews.models.loops import Opening

KEPT = timedelta(hours=24)


class InterviewUploadQuerySet(models.QuerySet["InterviewUpload"]):
    def visible_to(self, user: User) -> Self:
        """One's own, for a day; openings come and go with the recruiter's role."""
        if not user.is_recruiter:
            return self.none()
        return self.filter(requested_by=user, uploaded_at__gt=timezone.now() - KEPT)

    def unfinished(self) -> Self:
        """Still in work, or waiting for somebody's word or for another try."""
        return self.exclude(step=InterviewUpload.Step.CARRY_OUT, state=InterviewUpload.State.DONE)

    def expired(self) -> Self:
        """What nobody wanted within a day and no worker has in hand."""
        return self.filter(uploaded_at__lte=timezone.now() - KEPT).exclude(state="running")


class InterviewUpload(Job):
    """The file until it is read, then its rows as text and what each would do.

    What was carried out keeps its figures and not its rows: they are in the loops by then.
    """

    class Step(models.TextChoices):
        PLAN = "plan", "Reading the file"
        CARRY_OUT = "carry_out", "Adding candidates and interviews"

    step = models.CharField(max_length=10, choices=Step.choices, default=Step.PLAN)
    opening = models.ForeignKey(Opening, on_delete=models.CASCADE, related_name="+")
    uploaded_at = models.DateTimeField(auto_now_add=True)
    file_name = models.CharField(max_length=200)
    file = models.BinaryField(null=True)
    time_zone = models.CharField(max_length=64)  # of times in rows that name none
    refusal = models.TextField(blank=True)  # why the file as a whole cannot be used
    table = models.JSONField(default=dict)  # header, rows, notes: as interviews.bulk.table reads it
    plan = models.JSONField(default=dict)  # as interviews.bulk.kept packs it
    is_refused = models.BooleanField(default=False)  # a row of the plan is, so none can be done
    news = models.TextField(blank=True)  # why the plan is another than the one that was confirmed
    made = models.JSONField(default=dict)  # how many of each were added or changed

    objects = InterviewUploadQuerySet.as_manager()

    class Meta(Job.Meta):
        indexes = [open_index("bulk_uploads_open")]
        constraints = [
            models.CheckConstraint(
                condition=Q(requested_by__isnull=False), name="bulk_upload_has_an_owner"
            ),
            models.CheckConstraint(
                condition=~Q(step="carry_out", state="done") | Q(file=None, table={}, plan={}),
                name="carried_out_upload_keeps_no_rows",
            ),
            *state_constraints("bulk_upload"),
        ]

    def __str__(self) -> str:
        return f"{self.file_name} for {self.opening}"
