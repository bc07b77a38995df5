"""The outbox: each mail is a row first, sent by whoever claims it, and handed over at most once.

While the server cannot be reached, or asks to wait, a mail is tried again for a day.
"""

import logging
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import timedelta
from smtplib import SMTPRecipientsRefused, SMTPResponseException, SMTPServerDisconnected
from typing import Any
from uuid import UUID

from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.db.models import Case, F, QuerySet, Value, When
from django.utils import timezone

from config.celery import app
from mail.kinds import Words, mail_kinds
from mail.local_mailbox import OpenMail
from mail.models import Mail

log = logging.getLogger(__name__)

TASK = "mail.tasks.send_mails"
PAUSES = [timedelta(minutes=minutes) for minutes in (1, 5, 15, 60)]  # the last one from then on
PATIENCE = timedelta(days=1)  # then people send it by hand
State = Mail.State


def write(kind: str, words: Words, values: Mapping[str, str], **fields: Any) -> Mail:
    """A mail of this kind, with its placeholders filled in; not yet in the outbox."""
    filled = mail_kinds()[kind].fill(words, values)
    return Mail(kind=kind, subject=filled.subject, body=filled.body, **fields)


def put(mails: Sequence[Mail]) -> None:
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
    """Send what is due, oldest first, over one connection; returns how many were sent.

    Nothing is claimed while no mail server answers.
    """
    connection, sent = get_connection(), 0
    for id in list(_due().order_by("created_at", "pk").values_list("pk", flat=True)):
        try:
            connection.open()  # does nothing while it is open
        except Exception as error:  # whatever the mail server's client raises
            log.warning("No mail server answers: %s", error)
            _try_later(_due(), f"The mail server does not answer ({type(error).__name__}).")
            break
        sent += _hand_over(id, connection)
    _close(connection)
    return sent


def _due() -> QuerySet[Mail]:
    return Mail.objects.filter(state=State.QUEUED, next_at__lte=timezone.now())


def _hand_over(id: UUID, connection: BaseEmailBackend) -> bool:
    """Send one mail; False where another worker has it, or the server did not take it."""
    claim = _due().filter(pk=id)
    if not claim.update(state=State.SENDING, begun_at=timezone.now(), error=""):
        return False
    mine = Mail.objects.filter(pk=id, state=State.SENDING)
    try:
        _message(mine.get(), connection).send()
    except Exception as error:  # whatever the mail server's client raises
        log.warning("Mail %s was not sent: %s", id, error)
        _close(connection)  # it may be broken for the next one
        _not_taken(mine, error)
        return False
    mine.update(state=State.SENT)
    return True


def _message(mail: Mail, connection: BaseEmailBackend) -> OpenMail:
    message = OpenMail(
        mail.subject, mail.body, to=[mail.to], loop=mail.loop_id, connection=connection
    )
    if mail.calendar:
        message.attach("interview.ics", mail.calendar, f"text/calendar; method={mail.method}")
    return message


def _close(connection: BaseEmailBackend) -> None:
    with suppress(Exception):  # a server that hangs up first has what it took
        connection.close()


def _not_taken(mine: QuerySet[Mail], error: Exception) -> None:
    """Try again what the server refused for now (SMTP 4xx); anything else fails at once.

    A server that hung up in the middle may have taken the mail, which is not sent a second time.
    """
    answer = _answer(error)
    if answer.startswith("4"):
        _try_later(mine, f"The mail server asks to wait ({answer}).")
    elif isinstance(error, SMTPServerDisconnected):
        why = "The mail server hung up in the middle, so whether it took it is not known."
        mine.update(state=State.FAILED, error=why)
    else:
        mine.update(state=State.FAILED, error=f"The mail server did not take it ({answer}).")


def _answer(error: Exception) -> str:
    """The server's number; the name of an error in which it gave none."""
    if isinstance(error, SMTPResponseException):
        return str(error.smtp_code)
    if isinstance(error, SMTPRecipientsRefused):
        return str(next(iter(error.recipients.values()))[0])  # a mail has one address
    return type(error).__name__


def _try_later(mails: QuerySet[Mail], why: str) -> None:
    """Each after its next pause; those that have waited for a day fail."""
    now = timezone.now()
    old = mails.filter(created_at__lte=now - PATIENCE)
    old.update(state=State.FAILED, error=f"{why} It was tried for a day.")
    tries = [When(attempts=n, then=Value(now + pause)) for n, pause in enumerate(PAUSES)]
    mails.update(
        state=State.QUEUED,
        error=f"{why} It is tried again.",
        attempts=F("attempts") + 1,
        next_at=Case(*tries, default=Value(now + PAUSES[-1])),
    )
