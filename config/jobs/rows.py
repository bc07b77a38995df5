"""The row of a job: its states, its lease, and what its worker writes into it.

The row is the truth. A message to the worker is only a hint to look at it at once; when the
broker loses it, the sweep finds the row.
"""

import uuid
from datetime import timedelta
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q, QuerySet
from django.utils import timezone

LEASE = timedelta(seconds=60)  # without a sign of life for so long, its worker is gone
MAX_ATTEMPTS = 3


class Overtaken(Exception):
    """Another worker took this job over, or what it was to do changed meanwhile."""


class Job(models.Model):
    """Work to be done. `attempts` grows with every claim, so that a worker which lost its lease
    cannot write over the one that took its place: it finds no row of its own attempt.
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

    def advance(self, percent: int, **fields: Any) -> None:
        """Say how far it is, and that its worker lives. Raises Overtaken."""
        self._mine_or_overtaken(progress=percent, leased_at=timezone.now(), **fields)

    def finish(self, **outcome: Any) -> None:
        """Done, with the fields that say what came of it. Raises Overtaken."""
        now = timezone.now()
        self._mine_or_overtaken(
            state=self.State.DONE, progress=100, finished_at=now, error="", **outcome
        )

    def put_back(self) -> int:
        """To be claimed at once, at no cost of an attempt: nothing went wrong."""
        return self._mine().update(leased_at=None, attempts=F("attempts") - 1, progress=0)

    def give_up(self, sentence: str) -> None:
        """Keep the error; the last attempt fails the job, an earlier one leaves it to the sweep."""
        if self.attempts >= MAX_ATTEMPTS:
            now = timezone.now()
            self._mine().update(state=self.State.FAILED, error=sentence, finished_at=now)
        else:
            self._mine().update(leased_at=None, error=sentence, progress=0)

    def _mine(self) -> QuerySet[Self]:
        rows = type(self)._default_manager
        return rows.filter(pk=self.pk, state=self.State.RUNNING, attempts=self.attempts)

    def _mine_or_overtaken(self, **fields: Any) -> None:
        if not self._mine().update(**fields):
            raise Overtaken("Its lease ran out and another worker took it.")


def ask_again(rows: QuerySet[Any], **fields: Any) -> bool:
    """Work that is over, once more or with another aim; False where there is no such row."""
    return bool(
        rows.filter(state__in=[Job.State.DONE, Job.State.FAILED]).update(
            state=Job.State.REQUESTED,
            requested_at=timezone.now(),
            started_at=None,
            leased_at=None,
            finished_at=None,
            attempts=0,
            progress=0,
            error="",
            **fields,
        )
    )


def left() -> Q:
    """True of rows that no worker holds."""
    return Q(leased_at=None) | Q(leased_at__lt=timezone.now() - LEASE)


def claimable() -> Q:
    started = Q(state=Job.State.RUNNING) & left()
    return Q(attempts__lt=MAX_ATTEMPTS) & (Q(state=Job.State.REQUESTED) | started)


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
