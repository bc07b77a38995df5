"""What a committee decided. Nothing is edited: a reopened case is a further decision."""

import uuid
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from interviews.models import Level, Loop
from packets.models.packets import Packet
from scorecard.access import OfLoopQuerySet


class DecisionQuerySet(OfLoopQuerySet):
    def current(self) -> Self:
        return self.filter(superseded_at=None)


class Decision(models.Model):
    """One decision, by a named person, against the version of the packet that was read.

    Who may record one, and when, is kept by the trigger `decision_allowed`;
    `superseded_at` is set once, by the decision that `supersedes` this one.
    """

    class Kind(models.TextChoices):
        HIRE = "hire", "Hire"
        NO_HIRE = "no_hire", "No hire"
        OTHER_LEVEL = "other_level", "Hire at another level"
        MORE_EVIDENCE = "more_evidence", "More evidence"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    loop = models.ForeignKey(Loop, on_delete=models.PROTECT, related_name="decisions")
    packet = models.ForeignKey(Packet, on_delete=models.PROTECT, related_name="decisions")
    kind = models.CharField(max_length=15, choices=Kind.choices)
    level = models.CharField(max_length=10, choices=Level.choices, blank=True)  # of OTHER_LEVEL
    reason = models.TextField()
    answer = models.TextField(blank=True)  # why a challenged remark stands
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(db_default=Now())
    supersedes = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="superseded_by"
    )
    superseded_at = models.DateTimeField(null=True, blank=True)

    objects = DecisionQuerySet.as_manager()

    class Meta:
        ordering = ["-decided_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["loop"], condition=Q(superseded_at=None), name="one_current_decision"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["hire", "no_hire", "more_evidence"], level="")
                | Q(kind="other_level", level__in=Level.values),
                name="decision_kind_known_and_level_where_another",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="decision_has_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.says} for {self.loop}"

    @property
    def says(self) -> str:
        """In words: with the level where it is another one."""
        if self.kind == self.Kind.OTHER_LEVEL:
            return f"Hire as {self.get_level_display().lower()}"
        return self.get_kind_display()
