"""What an interviewer was told about an interview, and their private calendar."""

import uuid

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from accounts.models import User
from interviews.models import Interview
from mail.models import Mail


class Invitation(models.Model):
    """One calendar message to one person about one interview, as it stood then."""

    interview = models.ForeignKey(Interview, on_delete=models.PROTECT, related_name="invitations")
    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    sequence = models.PositiveIntegerField()  # as calendars count: the higher one holds
    is_cancellation = models.BooleanField()
    round = models.SlugField(max_length=40, db_index=False)
    starts_at = models.DateTimeField(null=True)
    ends_at = models.DateTimeField(null=True)
    day = models.DateField(null=True)
    mail = models.OneToOneField(Mail, on_delete=models.PROTECT, related_name="invitation")
    at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ["interview_id", "person_id", "sequence"]
        constraints = [
            models.UniqueConstraint(
                fields=["interview", "person", "sequence"], name="one_invitation_a_change"
            ),
            models.CheckConstraint(
                condition=~Q(is_cancellation=True, sequence=0), name="invited_before_cancelled"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} about {self.interview_id}, {self.sequence}"


class CalendarFeed(models.Model):
    """A person's feed while it is on. Its address is this key, signed with the secret key:

    who reads the database alone cannot make it, and it can be shown again.
    """

    person = models.OneToOneField(User, on_delete=models.CASCADE, related_name="calendar_feed")
    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    made_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"Calendar of {self.person}"
