"""The working copy of a scorecard: notes, ratings, flags. Locked by trigger once submitted.

Notes are saved as they are typed, and each save pays for every index of its table. There are those
that a query uses and no more: a card's rows are found by the one that begins with the card.
"""

import uuid

from django.db import models
from django.db.models import Q

from scorecard.models.card import Scorecard

MAX_TEXT = 200_000  # characters: a 100 kB note is kept whole, a runaway paste is refused


class Note(models.Model):
    class Kind(models.TextChoices):
        OBSERVATION = "observation", "Observation"
        QUOTE = "quote", "Quote"
        PROBE = "probe", "Asked"

    class Polarity(models.TextChoices):
        STRENGTH = "strength", "Strength"
        RISK = "risk", "Risk"
        NOISE = "noise", "Noise"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)  # made by the browser
    scorecard = models.ForeignKey(
        Scorecard, on_delete=models.CASCADE, related_name="notes", db_index=False
    )
    position = models.PositiveIntegerField()
    at_seconds = models.PositiveIntegerField()  # from the start of the interview
    kind = models.CharField(max_length=12, choices=Kind.choices, default=Kind.OBSERVATION)
    text = models.TextField(max_length=MAX_TEXT)
    stage = models.SlugField(max_length=40, db_index=False, blank=True)
    probe = models.SlugField(max_length=40, db_index=False, blank=True)
    dimension = models.SlugField(max_length=40, db_index=False, blank=True)
    signal = models.SlugField(max_length=40, db_index=False, blank=True)
    polarity = models.CharField(max_length=10, choices=Polarity.choices, blank=True)
    job_related = models.TextField(blank=True)  # why a challenged remark belongs here all the same
    conflict_of = models.UUIDField(null=True, blank=True)  # the other text of a simultaneous edit
    revision = models.PositiveIntegerField(default=1)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["position", "id"]
        indexes = [models.Index(fields=["scorecard", "position"], name="note_order")]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["observation", "quote", "probe"]), name="note_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(polarity__in=["", "strength", "risk", "noise"]),
                name="note_polarity_known",
            ),
            models.CheckConstraint(
                condition=Q(signal="") | (~Q(dimension="") & ~Q(polarity="")),
                name="note_signal_has_dimension_and_polarity",
            ),
        ]

    def __str__(self) -> str:
        return self.text[:60]


class Rating(models.Model):
    """One dimension's rating. Nothing chosen yet is no row, or a row with neither value."""

    scorecard = models.ForeignKey(
        Scorecard, on_delete=models.CASCADE, related_name="ratings", db_index=False
    )
    dimension = models.SlugField(max_length=40, db_index=False)
    value = models.PositiveSmallIntegerField(null=True, blank=True)
    not_observed = models.BooleanField(default=False)
    not_observed_reason = models.TextField(blank=True)
    rationale = models.TextField(blank=True)
    notes = models.ManyToManyField(Note, blank=True, related_name="supports")
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["dimension"]
        constraints = [
            models.UniqueConstraint(fields=["scorecard", "dimension"], name="one_rating_each"),
            models.CheckConstraint(
                condition=Q(value=None) | Q(value__range=(1, 4)), name="rating_from_1_to_4"
            ),
            models.CheckConstraint(
                condition=Q(value=None) | Q(not_observed=False), name="rated_or_not_observed"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dimension}: {self.value or 'not rated'}"


class Flag(models.Model):
    """A risk raised to the committee, with the notes that show it."""

    class Severity(models.TextChoices):
        CONCERN = "concern", "Concern"
        DISQUALIFYING = "disqualifying", "Disqualifying"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)  # made by the browser
    scorecard = models.ForeignKey(
        Scorecard, on_delete=models.CASCADE, related_name="flags", db_index=False
    )
    signal = models.SlugField(max_length=40, db_index=False)
    severity = models.CharField(max_length=15, choices=Severity.choices)
    explanation = models.TextField(blank=True)
    notes = models.ManyToManyField(Note, blank=True, related_name="flags")
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["signal"]
        constraints = [
            models.UniqueConstraint(fields=["scorecard", "signal"], name="one_flag_a_signal"),
            models.CheckConstraint(
                condition=Q(severity__in=["concern", "disqualifying"]), name="flag_severity_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.signal} ({self.severity})"
