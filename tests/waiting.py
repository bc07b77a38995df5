"""To wait for what must happen, and never for a while."""

from collections.abc import Callable
from time import monotonic, sleep

from django.db import connection


def until(condition: Callable[[], object], seconds: float = 60) -> None:
    """Wait until `condition` holds; the test fails where it does not within `seconds`."""
    deadline = monotonic() + seconds
    while not condition():
        assert monotonic() < deadline, "it did not happen in time"
        sleep(0.02)


def until_blocked() -> None:
    """Wait until another connection waits for a lock that this transaction holds.

    PostgreSQL knows: whichever lock it is, and whoever else waits for other tests' locks.
    """

    def somebody_waits() -> bool:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted"
                " AND pg_backend_pid() = ANY(pg_blocking_pids(pid)))"
            )
            return cursor.fetchone()[0]

    until(somebody_waits, 10)
