"""Work that takes longer than a click, as a row: what every kind of it has in common."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q


class Job(models.Model):
    """Work to be done. The row is the work; the message broker only says where to look.

    `attempts` grows with every claim, so that a worker which lost its lease cannot write over
    the one that took its place. What carries the row through its states is `jobs.py`.
    """

    class State(models.TextChoices):
        REQUESTED = "requested", "Requested"
        RUNNING = "running", "Being built"
        DONE = "done", "Built"
        FAILED = "failed", "Failed"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    state = models.CharField(max_length=10, choices=State.choices, default=State.REQUESTED)
    progress = models.PositiveSmallIntegerField(default=0)  # percent
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    requested_at = models.DateTimeField(auto_now_add=True)
    started_at = models.DateTimeField(null=True, blank=True)
    leased_at = models.DateTimeField(null=True, blank=True)  # last sign of life of its worker
    finished_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    error = models.TextField(blank=True)  # a sentence for the reader of the page

    class Meta:
        abstract = True
        ordering = ["-requested_at", "id"]

    @property
    def is_open(self) -> bool:
        return self.state in (self.State.REQUESTED, self.State.RUNNING)


def open_index(name: str) -> models.Index:
    """What the sweep looks for, and nothing else."""
    return models.Index(
        fields=["requested_at"], condition=Q(state__in=["requested", "running"]), name=name
    )


def state_constraints(prefix: str) -> list[models.BaseConstraint]:
    """What holds for the row of a job whatever it does; names begin with `prefix`."""
    return [
        models.CheckConstraint(
            condition=Q(state="requested", started_at=None, finished_at=None)
            | Q(state="running", started_at__isnull=False, finished_at=None)
            | Q(state__in=["done", "failed"], finished_at__isnull=False),
            name=f"{prefix}_state_has_its_times",
        ),
        models.CheckConstraint(
            condition=~Q(state="failed") | ~Q(error=""), name=f"{prefix}_failed_says_why"
        ),
        models.CheckConstraint(condition=Q(progress__lte=100), name=f"{prefix}_progress_percent"),
        models.CheckConstraint(
            condition=Q(finished_at=None)
            | Q(started_at=None)
            | Q(finished_at__gte=F("started_at")),
            name=f"{prefix}_ends_after_it_starts",
        ),
    ]
