"""Celery tasks about people."""

from celery import shared_task
from django.core.management import call_command


@shared_task(name="accounts.tasks.clear_sessions")
def clear_sessions() -> None:
    """Every night: delete sessions that have expired, since nothing else does."""
    call_command("clearsessions")
