"""The local mailbox: where mail stays on a machine without a mail server, for people to see it."""

import sys
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.backends.console import EmailBackend as Console

from accounts.emails import normalise_email
from accounts.models import User
from mail.models import LocalMail

KEPT = timedelta(days=30)


class OpenMail(EmailMessage):
    """A mail that lets nobody sign in, so that its text may be kept in the local mailbox.

    `loop` is the id of the loop that it is about, or None.
    """

    def __init__(self, *args: Any, loop: UUID | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.loop = loop


class LocalMailbox(BaseEmailBackend):
    """Stores each mail as a row, but the text of an OpenMail only.

    Every other text goes to stderr: whoever finds a page open must not find there a link that
    sets a password.
    """

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        for message in email_messages:
            addresses = [normalise_email(address) for address in message.recipients()]
            people = {user.email: user for user in User.objects.filter(email__in=addresses)}
            LocalMail.objects.bulk_create(
                _row(message, address, people.get(address)) for address in addresses
            )
        secret = [each for each in email_messages if not isinstance(each, OpenMail)]
        if secret:
            Console(stream=sys.stderr).send_messages(secret)
        return len(email_messages)


def _row(message: EmailMessage, address: str, person: User | None) -> LocalMail:
    row = LocalMail(to=address, person=person, subject=str(message.subject), is_secret=True)
    if isinstance(message, OpenMail):
        row.is_secret, row.loop, row.text = False, message.loop, str(message.body)
        row.attachments = [
            {"name": name, "text": content}
            for name, content, _ in message.attachments
            if isinstance(content, str)
        ]
    return row


def forget(now: datetime) -> int:
    """Delete what is older than `KEPT`; how many there were."""
    return LocalMail.objects.filter(sent_at__lt=now - KEPT).delete()[0]
