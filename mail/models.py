"""Mail on its way out, its texts, and what was sent on a machine without a mail server."""

import uuid
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils import timezone

from accounts.models import User
from interviews.models import Loop
from mail.kinds import mail_kinds
from scorecard.access import loops_read_by


class MailText(models.Model):
    """One version of a kind's subject and body; without any the built-in text holds."""

    kind = models.CharField(max_length=20)
    number = models.PositiveIntegerField()
    is_reset = models.BooleanField(default=False)  # back to the built-in text, whatever that is
    subject = models.CharField(max_length=200, blank=True)
    body = models.TextField(max_length=5000, blank=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ["kind", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "number"], name="mail_text_once"),
            models.CheckConstraint(
                condition=Q(is_reset=True, subject="", body="")
                | Q(is_reset=False) & ~Q(subject="") & ~Q(body=""),
                name="mail_text_says_something_or_resets",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind}, text {self.number}"


class MailQuerySet(models.QuerySet["Mail"]):
    def visible_to(self, user: User) -> Self:
        """Recruiters see those of loops that they may read; what tells of no loop, its person."""
        whose = Q(loop=None, person=user)
        if user.is_recruiter:
            whose |= Q(loop__in=loops_read_by(user))
        return self.filter(whose)


class Mail(models.Model):
    """One mail to one address, written in the transaction of its cause and handed over later.

    Whoever hands it over claims the row first: a process that dies in between leaves it `sending`,
    and nobody sends it again. It is `queued` once more only where the server did not take it.
    """

    class State(models.TextChoices):
        QUEUED = "queued", "On its way"
        SENDING = "sending", "Being sent"
        SENT = "sent", "Sent"
        FAILED = "failed", "Failed"
        WITHDRAWN = "withdrawn", "Withdrawn"  # it waited until it was not needed any more

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=20)  # the name of a kind (mail/kinds.py)
    to = models.CharField(max_length=254)
    person = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )  # whose address it is, where they have an account
    loop = models.ForeignKey(
        Loop, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )  # what it tells of
    subject = models.TextField()
    body = models.TextField()
    calendar = models.TextField(blank=True)  # an iCalendar file, and its method
    method = models.CharField(max_length=10, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.QUEUED)
    error = models.TextField(blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    begun_at = models.DateTimeField(null=True, blank=True)  # the last try
    attempts = models.PositiveSmallIntegerField(default=0)  # tries that the server did not take
    next_at = models.DateTimeField(default=timezone.now)  # not tried before

    objects = MailQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "id"]
        indexes = [
            models.Index(fields=["next_at"], condition=Q(state="queued"), name="mails_to_hand_over")
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="failed") | ~Q(error=""), name="mail_failed_says_why"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["sending", "sent"]) | Q(begun_at__isnull=False),
                name="mail_begun_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject} to {self.to}"

    @property
    def title(self) -> str:
        """Of its kind."""
        return mail_kinds()[self.kind].title


class LocalMailQuerySet(models.QuerySet["LocalMail"]):
    def visible_to(self, user: User) -> Self:
        """One's own. In a demo recruiters see those to others too, of loops that they may read.

        What tells of no loop (a ready export, a lost password) is nobody else's even there.
        """
        whose = Q(person=user)
        if settings.DEMO and user.is_recruiter:
            whose |= Q(loop__in=loops_read_by(user).values("pk"))
        return self.filter(whose)


class LocalMail(models.Model):
    """One mail to one address, on a machine without a mail server (mail/local_mailbox.py)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    sent_at = models.DateTimeField(auto_now_add=True)
    to = models.CharField(max_length=320)
    # Whose address it was on that day: whoever has it later does not inherit the mail.
    person = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    loop = models.UUIDField(null=True)  # what it tells of
    subject = models.TextField()
    text = models.TextField(blank=True)
    attachments = models.JSONField(default=list)  # of {name, text}
    is_secret = models.BooleanField()  # it gives a way in: its text is not kept

    objects = LocalMailQuerySet.as_manager()

    class Meta:
        ordering = ["-sent_at", "id"]
        indexes = [models.Index(fields=["person", "-sent_at"], name="local_mail_of_a_person")]
        constraints = [
            models.CheckConstraint(
                condition=Q(is_secret=False) | Q(text="", attachments=[]),
                name="secret_mail_is_not_kept",
            )
        ]

    def __str__(self) -> str:
        return f"{self.subject} to {self.to}"
