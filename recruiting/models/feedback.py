"""Feedback to candidates: each text of it, who checked it, and what was released.

Rows are only ever added. Whatever is wrong with a text is put right by the next one.
"""

import uuid
from typing import Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Now

from accounts.models import User
from hiring_committee.models.ballots import Decision
from interviews.models import Loop
from mail.models import Mail
from packets.models import Packet
from scorecard.access import OfLoopQuerySet

MAX_LETTER = 20_000  # characters; the draft has two thousand


class FeedbackQuerySet(OfLoopQuerySet):
    def visible_to(self, user: User) -> Self:
        """Recruiters who may read the packet, and whoever of its readers is asked to check."""
        readers = super().visible_to(user)
        if user.is_recruiter:
            return readers
        asked = FeedbackCheck.objects.filter(asked_of=user, text__feedback=OuterRef("pk"))
        return readers.filter(Exists(asked))


class Feedback(models.Model):
    """What one candidate is told after one decision, out of the packet that it was made on."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    loop = models.ForeignKey(Loop, on_delete=models.PROTECT, related_name="feedback")
    decision = models.OneToOneField(Decision, on_delete=models.PROTECT, related_name="feedback")
    packet = models.ForeignKey(Packet, on_delete=models.PROTECT, related_name="+")
    drafted_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    drafted_at = models.DateTimeField(db_default=Now())

    objects = FeedbackQuerySet.as_manager()

    class Meta:
        ordering = ["-drafted_at", "id"]

    def __str__(self) -> str:
        return f"Feedback for {self.loop}"

    @property
    def is_released(self) -> bool:
        return hasattr(self, "release")


class FeedbackText(models.Model):
    """One text of the letter; number 1 is the draft."""

    feedback = models.ForeignKey(Feedback, on_delete=models.PROTECT, related_name="texts")
    number = models.PositiveIntegerField()
    text = models.TextField(max_length=MAX_LETTER)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ["feedback", "number"]
        constraints = [
            models.UniqueConstraint(fields=["feedback", "number"], name="feedback_text_once"),
            models.CheckConstraint(condition=~Q(text=""), name="feedback_text_says_something"),
        ]

    def __str__(self) -> str:
        return f"Text {self.number} of {self.feedback_id}"


class FeedbackCheck(models.Model):
    """A second person asked to look at one text; the answer is added once."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    text = models.ForeignKey(FeedbackText, on_delete=models.PROTECT, related_name="checks")
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    asked_of = models.ForeignKey(User, on_delete=models.PROTECT, related_name="feedback_checks")
    asked_at = models.DateTimeField(db_default=Now())
    answered_at = models.DateTimeField(null=True, blank=True)
    approves = models.BooleanField(null=True, blank=True)
    remark = models.TextField(blank=True, max_length=2000)

    class Meta:
        ordering = ["-asked_at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["text", "asked_of"], name="asked_once_about_a_text"),
            models.CheckConstraint(
                condition=~Q(asked_of=F("asked_by")), name="check_by_a_second_person"
            ),
            models.CheckConstraint(
                condition=Q(answered_at=None, approves=None)
                | Q(answered_at__isnull=False, approves__isnull=False),
                name="check_answered_at_a_time",
            ),
            models.CheckConstraint(
                condition=~Q(approves=False) | ~Q(remark=""), name="check_refused_says_why"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.asked_of} on {self.text}"


class FeedbackRelease(models.Model):
    """The record of what was sent: which text, to which address, by whom, when.

    The trigger `feedback_allowed` refuses it for a decision that does not stand or
    wants more evidence, for another feedback's text, while a check of the text is open or refused
    it, and where fewer than two scorecards count.
    """

    feedback = models.OneToOneField(Feedback, on_delete=models.PROTECT, related_name="release")
    text = models.OneToOneField(FeedbackText, on_delete=models.PROTECT, related_name="release")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(db_default=Now())
    mail = models.OneToOneField(Mail, on_delete=models.PROTECT, related_name="release")

    def __str__(self) -> str:
        return f"{self.feedback}, sent to {self.mail.to}"
