"""Feedback on feedback: what a committee writes to an interviewer about a card's evidence."""

import uuid
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from accounts.models import User
from interviews.models import about, reachable_as_reader
from scorecard.models import Scorecard
from scorecard.models.card import owes_for

LOOP = "card__seat__interview__loop"


class EvidenceNoteQuerySet(models.QuerySet["EvidenceNote"]):
    def visible_to(self, user: User) -> Self:
        """What one received, and what one sent while one may read the loop.

        Whoever still owes a scorecard for the candidate waits: a note says what the committee
        thinks. Nobody else reads it, not even the rest of the committee.
        """
        if not user.is_active:
            return self.none()
        mine = Q(card__seat__person=user) | (Q(sender=user) & reachable_as_reader(user, LOOP))
        found = self.filter(mine).exclude(about(user, f"{LOOP}__candidate"))
        return found.exclude(owes_for(user, f"{LOOP}__candidate"))

    def received_by(self, user: User) -> Self:
        return self.visible_to(user).filter(card__seat__person=user)


class EvidenceNote(models.Model):
    """One note on the quality of a card's evidence. Only `read_at` changes, once.

    `evidence_notes.send` sees to it that the sender sits on the loop's committee and writes about a
    handed-in card of somebody else.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    card = models.ForeignKey(Scorecard, on_delete=models.PROTECT, related_name="evidence_notes")
    sender = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    text = models.TextField()
    answer = models.TextField(blank=True)  # why a challenged remark stands
    sent_at = models.DateTimeField(db_default=Now())
    read_at = models.DateTimeField(null=True, blank=True)  # by its recipient

    objects = EvidenceNoteQuerySet.as_manager()

    class Meta:
        ordering = ["-sent_at", "id"]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="evidence_note_says_something")
        ]

    def __str__(self) -> str:
        return f"Note on {self.card}"

    @property
    def recipient(self) -> User:
        return self.card.seat.person
