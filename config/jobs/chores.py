"""What the beat starts by the clock. Each chore is registered where it stands, by a decorator."""

from collections.abc import Callable

from celery.schedules import crontab

from config.celery import app

Chore = Callable[[], object]


def every(seconds: float) -> Callable[[Chore], Chore]:
    """Done again and again; one that no worker took before the next is due is dropped."""
    return lambda chore: _register(chore, seconds, expires=seconds)


def nightly(hour: int, minute: int) -> Callable[[Chore], Chore]:
    """Done once a night, at this time in UTC."""
    return lambda chore: _register(chore, crontab(hour=hour, minute=minute))


def _register(chore: Chore, schedule: float | crontab, **options: float) -> Chore:
    name = f"{chore.__module__}.{chore.__qualname__}"
    app.add_periodic_task(schedule, app.task(chore, name=name).s(), name=name, **options)
    return chore
