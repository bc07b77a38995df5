"""The states of a job: claimed by one worker at a time, leased, tried again, failed with a reason.

The row is the truth. A message to the worker is only a hint to look at it at once; when the
broker loses it, the sweep finds the row.
"""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from threading import Event, Thread
from typing import Any, TypeVar
from uuid import UUID

from celery import Celery
from django.db import DEFAULT_DB_ALIAS, DatabaseError, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from config.job_rows import Job

log = logging.getLogger(__name__)

LEASE = timedelta(seconds=60)  # without a sign of life for so long, its worker is gone
BEAT = 15  # seconds between two signs of life of work that gives none itself
MAX_ATTEMPTS = 3
State = Job.State
J = TypeVar("J", bound=Job)


class Overtaken(Exception):
    """Another worker took this job over, or what it was to do changed meanwhile."""


def hint(broker: Celery, task: str, id: UUID) -> None:
    """Tell a worker to look. A broker that is down is logged and waited for by the sweep."""
    try:
        broker.send_task(task, args=[str(id)], retry=False)
    except Exception as error:  # whatever the broker's client raises, the row stays
        log.warning("The broker took no hint for %s %s: %s", task, id, error)


def ask_again(rows: QuerySet, **fields: Any) -> bool:
    """Work that is over, once more or with another aim; False where there is no such row."""
    return bool(
        rows.filter(state__in=[State.DONE, State.FAILED]).update(
            state=State.REQUESTED,
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


def _left() -> Q:
    return Q(leased_at=None) | Q(leased_at__lt=timezone.now() - LEASE)


def _claimable() -> Q:
    started = Q(state=State.RUNNING) & _left()
    return Q(attempts__lt=MAX_ATTEMPTS) & (Q(state=State.REQUESTED) | started)


def claim(rows: QuerySet, id: UUID | str) -> int | None:
    """Take a job that waits, or that its worker left; the number of the attempt, or None.

    One conditional UPDATE: of two workers at once, one finds no row.
    """
    now = timezone.now()
    with transaction.atomic():
        taken = rows.filter(_claimable(), pk=id).update(
            state=State.RUNNING,
            attempts=F("attempts") + 1,
            started_at=now,
            leased_at=now,
            progress=0,
        )
        return rows.values_list("attempts", flat=True).get(pk=id) if taken else None


def carry_out(
    job: J,
    attempt: int,
    work: Callable[[J, int], None],
    *,
    sentence: Callable[[Exception], str],
    again: Callable[[UUID], None],
) -> J:
    """Do the work of a claimed job; an error is stored as `sentence` puts it, for another attempt.

    Work that was overtaken is put back at no cost of an attempt, and `again` told its id; not so
    where another worker has it.
    """
    try:
        work(job, attempt)
    except Overtaken as reason:
        log.info("%s %s: %s", type(job).__name__, job.pk, reason)
        if _put_back(job, attempt):
            again(job.pk)
    except Exception as error:
        log.exception("%s %s failed, attempt %s", type(job).__name__, job.pk, attempt)
        _give_up(job, attempt, sentence(error))
    job.refresh_from_db()
    return job


def _mine(job: Job, attempt: int) -> QuerySet:
    """The row, only while this attempt holds it: a worker that lost its lease finds none."""
    rows = type(job)._default_manager
    return rows.filter(pk=job.pk, state=State.RUNNING, attempts=attempt)


def advance(job: Job, attempt: int, percent: int, **fields: Any) -> None:
    """Say how far it is, and that its worker lives; Overtaken where another has it by now."""
    _mine_or_overtaken(job, attempt, progress=percent, leased_at=timezone.now(), **fields)


@contextmanager
def from_outside(job: Job, attempt: int) -> Iterator[Callable[[int], None]]:
    """What says how far work is that is one transaction: on a connection of its own.

    Every BEAT seconds it says by itself that the worker lives: one step may take longer than the
    lease, or wait for another's lock. Whether another worker took the job over is found out at the
    end, by `finish`; within, the transaction must not write the row itself.
    """
    own = connections.create_connection(DEFAULT_DB_ALIAS)
    is_over = Event()
    beating = Thread(target=_beat, args=[job, attempt, is_over], daemon=True)
    beating.start()
    try:
        yield lambda percent: _tell(own, job, attempt, progress=percent)
    finally:
        is_over.set()
        beating.join()
        own.close()


def _beat(job: Job, attempt: int, is_over: Event) -> None:
    own = connections.create_connection(DEFAULT_DB_ALIAS)
    try:
        while not is_over.wait(BEAT):
            _tell(own, job, attempt)
    except DatabaseError:  # the lease runs out then, unless the work itself says how far it is
        log.exception("%s %s could not say that its worker lives", type(job).__name__, job.pk)
    finally:
        own.close()


def _tell(own: BaseDatabaseWrapper, job: Job, attempt: int, **fields: Any) -> None:
    said = {"leased_at": timezone.now(), **fields}
    sql = f"""UPDATE "{job._meta.db_table}" SET {", ".join(f"{name} = %s" for name in said)}
        WHERE id = %s AND attempts = %s AND state = 'running'"""
    with own.cursor() as cursor:
        cursor.execute(sql, [*said.values(), job.pk, attempt])


def finish(job: Job, attempt: int, **outcome: Any) -> None:
    """Done, with the fields that say what came of it; Overtaken where another has it by now."""
    now = timezone.now()
    _mine_or_overtaken(
        job, attempt, state=State.DONE, progress=100, finished_at=now, error="", **outcome
    )


def _mine_or_overtaken(job: Job, attempt: int, **fields: Any) -> None:
    if not _mine(job, attempt).update(**fields):
        raise Overtaken("Its lease ran out and another worker took it.")


def _put_back(job: Job, attempt: int) -> int:
    """To be claimed at once, at no cost of an attempt: nothing went wrong."""
    return _mine(job, attempt).update(leased_at=None, attempts=F("attempts") - 1, progress=0)


def _give_up(job: Job, attempt: int, sentence: str) -> None:
    """Keep the error; the last attempt fails the job, an earlier one leaves it to the sweep."""
    row = _mine(job, attempt)
    if attempt >= MAX_ATTEMPTS:
        row.update(state=State.FAILED, error=sentence, finished_at=timezone.now())
    else:
        row.update(leased_at=None, error=sentence, progress=0)


def waiting(rows: QuerySet) -> list[UUID]:
    """What was requested and not started, and what its worker left; oldest first.

    What was begun MAX_ATTEMPTS times and never finished is failed, with a sentence.
    """
    rows.filter(_left(), state=State.RUNNING, attempts__gte=MAX_ATTEMPTS).update(
        state=State.FAILED,
        finished_at=timezone.now(),
        error=f"It was begun {MAX_ATTEMPTS} times and never finished. Ask for it again.",
    )
    found = rows.filter(_claimable()).order_by("requested_at")
    return list(found.values_list("pk", flat=True))
