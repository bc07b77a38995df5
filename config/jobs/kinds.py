"""The registry of job kinds: from it follow the task, the hint, the sweep, the operator's view."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar
from uuid import UUID

from django.db import transaction
from django.db.models import Count, F, Min, Q
from django.utils import timezone

from config.celery import app
from config.jobs.rows import MAX_ATTEMPTS, Job, Overtaken, claimable, left

log = logging.getLogger(__name__)

TASK = "jobs.run"
J = TypeVar("J", bound=Job)
kinds: dict[str, "JobKind[Any]"] = {}


@dataclass(frozen=True)
class JobKind(Generic[J]):
    """One kind of work. `work` carries a claimed row out; `sentence` puts an error for its reader.

    `related` is loaded with the row. Making one registers it under its name.
    """

    name: str
    model: type[J]
    work: Callable[[J], None]
    sentence: Callable[[Exception], str]
    related: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        kinds[self.name] = self

    def hint(self, id: UUID) -> None:
        """Tell a worker to look. A broker that is down is logged and waited for by the sweep."""
        try:
            app.send_task(TASK, args=[self.name, str(id)], retry=False)
        except Exception as error:  # whatever the broker's client raises, the row stays
            log.warning("The broker took no hint for %s %s: %s", self.name, id, error)

    def claim(self, id: UUID | str) -> J | None:
        """Take a job that waits, or that its worker left; None where another worker has it.

        One conditional UPDATE: of two workers at once, one finds no row.
        """
        rows, now = self.model._default_manager, timezone.now()
        with transaction.atomic():
            taken = rows.filter(claimable(), pk=id).update(
                state=Job.State.RUNNING,
                attempts=F("attempts") + 1,
                started_at=now,
                leased_at=now,
                progress=0,
            )
            wanted = rows.select_related(*self.related) if self.related else rows.all()
            return wanted.get(pk=id) if taken else None

    def run(self, id: UUID | str) -> J | None:
        """Carry out what was asked for; None where another worker has it or it is finished."""
        job = self.claim(id)
        return job and self.carry_out(job)

    def carry_out(self, job: J) -> J:
        """Do the work of a claimed job; an error is stored as a sentence, for another attempt.

        Work that was overtaken is put back at no cost of an attempt, and hinted at; not so where
        another worker has it.
        """
        try:
            self.work(job)
        except Overtaken as reason:
            log.info("%s %s: %s", self.name, job.pk, reason)
            if job.put_back():
                self.hint(job.pk)
        except Exception as error:
            log.exception("%s %s failed, attempt %s", self.name, job.pk, job.attempts)
            job.give_up(self.sentence(error))
        job.refresh_from_db()
        return job

    def waiting(self) -> list[UUID]:
        """What was requested and not started, and what its worker left; oldest first.

        What was begun MAX_ATTEMPTS times and never finished is failed, with a sentence.
        """
        rows = self.model._default_manager
        rows.filter(left(), state=Job.State.RUNNING, attempts__gte=MAX_ATTEMPTS).update(
            state=Job.State.FAILED,
            finished_at=timezone.now(),
            error=f"It was begun {MAX_ATTEMPTS} times and never finished. Ask for it again.",
        )
        found = rows.filter(claimable()).order_by("requested_at")
        return list(found.values_list("pk", flat=True))

    def counts(self) -> dict[str, Any]:
        """How many rows are in each state, and since when the `oldest` waits."""
        return self.model._default_manager.aggregate(
            requested=Count("pk", filter=Q(state=Job.State.REQUESTED)),
            running=Count("pk", filter=Q(state=Job.State.RUNNING)),
            failed=Count("pk", filter=Q(state=Job.State.FAILED)),
            oldest=Min("requested_at", filter=Q(state=Job.State.REQUESTED)),
        )

    def sweep(self) -> list[UUID]:
        """Carry out what waits; the ids taken up."""
        return [id for id in self.waiting() if self.run(id)]
