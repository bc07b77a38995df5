"""Mail on its way out, and the words that recruiters gave to its kinds."""

import uuid
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from accounts.models import User
from interviews.models import Loop
from scorecard.access import loops_read_by


class MailKind(models.TextChoices):
    REMINDER = "reminder", "Reminder to an interviewer"
    ESCALATION = "escalation", "Late scorecard, to the recruiter"
    INVITATION = "invitation", "Invitation to an interview"
    CANCELLATION = "cancellation", "Interview cancelled"
    FEEDBACK = "feedback", "Feedback to the candidate"
    EXPORT = "export", "Export ready"


class MailText(models.Model):
    """One version of a kind's subject and body; without any the built-in text holds."""

    kind = models.CharField(max_length=12, choices=MailKind.choices)
    number = models.PositiveIntegerField()
    is_reset = models.BooleanField(default=False)  # back to the built-in text, whatever that is
    subject = models.CharField(max_length=200, blank=True)
    body = models.TextField(max_length=5000, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ["kind", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "number"], name="mail_text_once"),
            models.CheckConstraint(
                condition=Q(kind__in=MailKind.values), name="mail_text_kind_known"
            ),
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
        """Those of loops that this recruiter may read."""
        if not user.is_recruiter:
            return self.none()
        return self.filter(loop__in=loops_read_by(user))


class Mail(models.Model):
    """One mail to one address, written in the transaction of its cause and handed over later.

    Whoever hands it over claims the row first: a process that dies in between leaves it `sending`,
    and nobody sends it again. While no mail server answers it stays `queued`.
    """

    class State(models.TextChoices):
        QUEUED = "queued", "On its way"
        SENDING = "sending", "Being sent"
        SENT = "sent", "Sent"
        FAILED = "failed", "Failed"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=12, choices=MailKind.choices)
    to = models.CharField(max_length=254)
    loop = models.ForeignKey(Loop, on_delete=models.PROTECT, related_name="+")
    subject = models.TextField()
    body = models.TextField()
    calendar = models.TextField(blank=True)  # an iCalendar file, and its method
    method = models.CharField(max_length=10, blank=True)
    state = models.CharField(max_length=8, choices=State.choices, default=State.QUEUED)
    error = models.TextField(blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    begun_at = models.DateTimeField(null=True, blank=True)

    objects = MailQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "id"]
        indexes = [
            models.Index(
                fields=["created_at"], condition=Q(state="queued"), name="mails_to_hand_over"
            )
        ]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=MailKind.values), name="mail_kind_known"),
            models.CheckConstraint(
                condition=~Q(state="failed") | ~Q(error=""), name="mail_failed_says_why"
            ),
            models.CheckConstraint(
                condition=Q(state="queued") | Q(state="failed") | Q(begun_at__isnull=False),
                name="mail_begun_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject} to {self.to}"


class LocalMail(models.Model):
    """One mail to one address, on a machine without a mail server (mail/local_mailbox.py)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    sent_at = models.DateTimeField(auto_now_add=True)
    to = models.CharField(max_length=320)
    # Whose address it was on that day: whoever has it later does not inherit the mail.
    person = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    # What it tells of. An id, since loops live in an app above this one.
    loop = models.UUIDField(null=True)
    subject = models.TextField()
    text = models.TextField(blank=True)
    attachments = models.JSONField(default=list)  # of {name, text}
    is_secret = models.BooleanField()  # it gives a way in: its text is not kept

    class Meta:
        ordering = ["-sent_at", "id"]
        indexes = [models.Index(fields=["person", "-sent_at"], name="local_mail_of_a_person")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(is_secret=False) | models.Q(text="", attachments=[]),
                name="secret_mail_is_not_kept",
            )
        ]

    def __str__(self) -> str:
        return f"{self.subject} to {self.to}"
