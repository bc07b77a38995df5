"""Celery tasks of the packet: a name, a policy and one call each."""

from typing import Any

from celery import shared_task
from celery.signals import worker_ready

from hiring_committee import requests


@shared_task(name="hiring_committee.tasks.build_packet")
def build_packet(request_id: str) -> None:
    requests.run(request_id)


@shared_task(name="hiring_committee.tasks.sweep")
def sweep() -> None:
    requests.sweep()


@worker_ready.connect(dispatch_uid="sweep_when_ready")
def sweep_when_ready(sender: Any, **_: Any) -> None:
    """What was requested while no worker ran is built now, not at the next beat."""
    sender.app.send_task("hiring_committee.tasks.sweep")
