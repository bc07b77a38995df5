"""Handing mail over, at most once: a row first, then whoever claims it sends it."""

import logging
from contextlib import suppress
from datetime import timedelta
from uuid import UUID

from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.utils import timezone

from config.celery import app
from mail.local_mailbox import OpenMail
from mail.models import Mail

log = logging.getLogger(__name__)

TASK = "mail.tasks.send_mails"
PATIENCE = timedelta(days=1)  # after a day without a mail server, people send it by hand
State = Mail.State


def put(mails: list[Mail]) -> None:
    """Add mails to the outbox in the caller's transaction; a worker is told after the commit."""
    if mails:
        Mail.objects.bulk_create(mails)
        transaction.on_commit(_hint)


def _hint() -> None:
    """Tell a worker to look. Where the broker is down, the sweep finds the rows."""
    try:
        app.send_task(TASK, retry=False)
    except Exception as error:  # whatever the broker's client raises, the rows stay
        log.warning("The broker took no hint about mails: %s", error)


def sweep() -> int:
    """Send what waits, oldest first, over one connection; returns how many were sent.

    Nothing is claimed while no mail server answers, so that it is tried again.
    """
    waiting = Mail.objects.filter(state=State.QUEUED).order_by("created_at", "pk")
    ids = list(waiting.values_list("pk", flat=True))
    connection, sent = get_connection(), 0
    for id in ids:
        try:
            connection.open()  # does nothing while it is open
        except Exception as error:  # whatever the mail server's client raises
            _no_server(error)
            break
        sent += _hand_over(id, connection)
    _close(connection)
    return sent


def _hand_over(id: UUID, connection: BaseEmailBackend) -> bool:
    """Send one mail; False where another worker has it, or the server did not take it."""
    row = Mail.objects.filter(pk=id, state=State.QUEUED)
    if not row.update(state=State.SENDING, begun_at=timezone.now(), error=""):
        return False
    mail = Mail.objects.get(pk=id)
    try:
        _message(mail, connection).send()
    except Exception as error:  # whatever the mail server's client raises
        log.warning("Mail %s was not sent: %s", mail.pk, error)
        why = f"The mail server did not take it ({type(error).__name__})."
        Mail.objects.filter(pk=id).update(state=State.FAILED, error=why)
        _close(connection)  # it may be broken for the next one
        return False
    Mail.objects.filter(pk=id).update(state=State.SENT)
    return True


def _close(connection: BaseEmailBackend) -> None:
    with suppress(Exception):  # a server that hangs up first has what it took
        connection.close()


def _message(mail: Mail, connection: BaseEmailBackend) -> OpenMail:
    message = OpenMail(
        mail.subject, mail.body, to=[mail.to], loop=mail.loop_id, connection=connection
    )
    if mail.calendar:
        message.attach("interview.ics", mail.calendar, f"text/calendar; method={mail.method}")
    return message


def _no_server(error: Exception) -> None:
    """Note it in every mail that waits, and give up on those that waited too long."""
    log.warning("No mail server answers: %s", error)
    why = f"The mail server does not answer ({type(error).__name__})."
    waiting = Mail.objects.filter(state=State.QUEUED)
    old = waiting.filter(created_at__lt=timezone.now() - PATIENCE)
    old.update(state=State.FAILED, error=f"{why} It was tried for a day.")
    waiting.update(error=f"{why} It is tried again.")
