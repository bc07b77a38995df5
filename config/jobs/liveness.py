"""Signs of life of work that is one transaction: on a connection of its own."""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event, Thread

from django.db import DEFAULT_DB_ALIAS, DatabaseError, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils import timezone

from config.jobs.rows import Job

log = logging.getLogger(__name__)

BEAT = 15  # seconds between two signs of life of work that gives none itself


@contextmanager
def from_outside(job: Job) -> Iterator[Callable[[int], None]]:
    """What says how far the work is, in percent, while its own transaction is open.

    Every BEAT seconds it says by itself that the worker lives: one step may take longer than the
    lease, or wait for another's lock. Whether another worker took the job over is found out at the
    end, by `Job.finish`; within, the transaction must not write the row itself.
    """
    own = connections.create_connection(DEFAULT_DB_ALIAS)
    is_over = Event()
    beating = Thread(target=_beat, args=[job, is_over], daemon=True)
    beating.start()
    try:
        yield lambda percent: _tell(own, job, percent)
    finally:
        is_over.set()
        beating.join()
        own.close()


def _beat(job: Job, is_over: Event) -> None:
    own = connections.create_connection(DEFAULT_DB_ALIAS)
    try:
        while not is_over.wait(BEAT):
            _tell(own, job)
    except DatabaseError:  # the lease runs out then, unless the work itself says how far it is
        log.exception("%s %s could not say that its worker lives", type(job).__name__, job.pk)
    finally:
        own.close()


def _tell(own: BaseDatabaseWrapper, job: Job, percent: int | None = None) -> None:
    sql = f"""UPDATE "{job._meta.db_table}" SET leased_at = %s, progress = coalesce(%s, progress)
        WHERE id = %s AND attempts = %s AND state = 'running'"""  # noqa: S608  a table of ours
    with own.cursor() as cursor:
        cursor.execute(sql, [timezone.now(), percent, job.pk, job.attempts])
