"""What the worker and the beat have to know of this room."""

from django.utils import timezone

from config.jobs.chores import every, nightly
from mail import local_mailbox, outbox


@every(30)
def send_mails() -> None:
    outbox.sweep()


@nightly(3, 10)
def forget_local_mails() -> None:
    local_mailbox.forget(timezone.now())
