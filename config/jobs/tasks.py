"""The two Celery tasks of every job: look at one row, and sweep up what waits."""

from typing import Any

from celery.signals import worker_ready

from config.celery import app
from config.jobs.chores import every
from config.jobs.kinds import TASK, kinds


@app.task(name=TASK)
def run(kind: str, id: str) -> None:
    kinds[kind].run(id)


@every(15)
def sweep() -> None:
    """Whatever waits, of every kind: what the broker's hint lost, or its worker left."""
    for kind in kinds.values():
        kind.sweep()


@worker_ready.connect(dispatch_uid="sweep_when_ready")
def sweep_when_ready(sender: Any, **_: Any) -> None:
    """What was requested while no worker ran is begun now, not at the next beat."""
    sender.app.send_task("config.jobs.tasks.sweep")
