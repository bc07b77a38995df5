"""Celery tasks about people."""

from celery import shared_task
from django.core.management import call_command


@shared_task(name="accounts.tasks.clear_sessions")
def clear_sessions() -> None:
    """Of the beat: those that ran out, which nothing else deletes."""
    call_command("clearsessions")
