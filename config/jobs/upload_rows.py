"""The row of what a person uploaded: its file, its step, and for how long it is kept."""

from datetime import timedelta
from typing import ClassVar, Self, TypeVar

from django.db import models
from django.db.models import Q, QuerySet
from django.utils import timezone

from config.jobs.rows import Job, open_index, state_constraints

KEPT = timedelta(hours=24)
U = TypeVar("U", bound="Upload")


class Upload(Job):
    """The row of an upload; `file` holds its bytes for as long as they are needed."""

    class Step(models.TextChoices):
        READ = "read", "Reading"
        CARRY_OUT = "carry_out", "Carrying out"

    step_titles: ClassVar[dict[str, str]]
    step = models.CharField(max_length=10, choices=Step.choices, default=Step.READ)
    uploaded_at = models.DateTimeField(auto_now_add=True)
    file = models.BinaryField(null=True)

    class Meta(Job.Meta):
        abstract = True
        indexes = [open_index("%(class)s_open")]
        constraints = [
            models.CheckConstraint(
                condition=Q(requested_by__isnull=False), name="%(class)s_has_an_owner"
            ),
            models.CheckConstraint(
                condition=~Q(step="carry_out", state="done") | Q(file=None),
                name="%(class)s_carried_out_keeps_no_file",
            ),
            *state_constraints("%(class)s"),
        ]

    @property
    def step_title(self) -> str:
        return self.step_titles[self.step]


CARRIED_OUT = Q(step=Upload.Step.CARRY_OUT, state=Upload.State.DONE)


class UploadQuerySet(QuerySet[U]):
    def kept_for(self, owner: models.Model) -> Self:
        """Their own, for a day."""
        return self.filter(requested_by=owner.pk, uploaded_at__gt=timezone.now() - KEPT)

    def unfinished(self) -> Self:
        """In work, or waiting for the owner's word or for another try."""
        return self.exclude(CARRIED_OUT)

    def expired(self) -> Self:
        """What nobody wanted within a day and no worker has in hand."""
        return self.filter(uploaded_at__lte=timezone.now() - KEPT).exclude(state="running")
