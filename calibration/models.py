"""What a night's calibration found: frozen, so that a packet stays what it was computed from."""

import uuid
from typing import Self

from django.db import models
from django.db.models import F, Q

from accounts.models import User
from calibration.severity.labels import LEAST_CANDIDATES
from config.jobs.rows import Job, open_index, state_constraints


class CalibrationSnapshotQuerySet(models.QuerySet["CalibrationSnapshot"]):
    def published(self) -> Self:
        return self.filter(published=True)


class CalibrationSnapshot(models.Model):
    """One fit of the model on closed packets. Append-only; packets name the one they used.

    `beta` is by dimension and `gamma` by level, in points; `components` are variances; `relative`
    are the SDs that the next night's fit starts from. `panels` says how far panels usually
    disagree, `base_rates` how often each rating was given, by dimension and level. `gates` has a
    sentence for each condition that kept it from being published.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    made_at = models.DateTimeField(auto_now_add=True)
    ratings = models.PositiveIntegerField()
    candidates = models.PositiveIntegerField()
    beta = models.JSONField()
    gamma = models.JSONField()
    components = models.JSONField()
    relative = models.JSONField()
    panels = models.JSONField(null=True)
    base_rates = models.JSONField(default=dict)
    connected = models.PositiveIntegerField()  # groups of interviewers that share no candidate
    converged = models.BooleanField()
    code_version = models.CharField(max_length=40)
    gates = models.JSONField(default=list)
    published = models.BooleanField()

    objects = CalibrationSnapshotQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(published=True, gates=[]) | (Q(published=False) & ~Q(gates=[])),
                name="snapshot_published_where_no_gate_is_shut",
            ),
            models.CheckConstraint(
                condition=Q(published=False) | Q(converged=True),
                name="snapshot_published_only_if_converged",
            ),
        ]

    def __str__(self) -> str:
        return f"Calibration of {self.made_at:%Y-%m-%d}"


class InterviewerSeverityQuerySet(models.QuerySet["InterviewerSeverity"]):
    def visible_to(self, user: User) -> Self:
        """One's own, of published snapshots; nobody else's, whatever one's role.

        A committee meets a severity in a packet alone, beside the ratings that it concerns.
        """
        if not user.is_active:
            return self.none()
        return self.filter(person=user, snapshot__published=True)


class InterviewerSeverity(models.Model):
    """One interviewer in one snapshot, in points; above 0 is lenient.

    Of who met fewer than three candidates there is no severity: the database has none to show.
    """

    snapshot = models.ForeignKey(
        CalibrationSnapshot, on_delete=models.PROTECT, related_name="severities"
    )
    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    severity = models.FloatField(null=True)
    se = models.FloatField(null=True)
    cards = models.PositiveIntegerField()
    candidates = models.PositiveIntegerField()
    component = models.PositiveIntegerField()
    label = models.CharField(max_length=20)

    objects = InterviewerSeverityQuerySet.as_manager()

    class Meta:
        ordering = ["snapshot__made_at", "person"]
        constraints = [
            models.UniqueConstraint(
                fields=["snapshot", "person"], name="one_severity_in_a_snapshot"
            ),
            models.CheckConstraint(
                condition=Q(severity=None, se=None)
                | Q(severity__isnull=False, se__isnull=False, se__gte=0),
                name="severity_has_its_error",
            ),
            models.CheckConstraint(
                condition=Q(severity=None) | Q(candidates__gte=LEAST_CANDIDATES),
                name="no_severity_under_three_candidates",
            ),
            models.CheckConstraint(
                condition=Q(candidates__lte=F("cards")), name="severity_candidates_within_cards"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} in {self.snapshot}"


class CalibrationRun(Job):
    """One night's calibration, to be fitted once. `outcome` says what came of it."""

    night = models.DateField(unique=True)
    outcome = models.TextField(blank=True)
    snapshot = models.OneToOneField(
        CalibrationSnapshot, null=True, blank=True, on_delete=models.PROTECT, related_name="run"
    )

    class Meta(Job.Meta):
        indexes = [open_index("calibration_runs_open")]
        constraints = [
            *state_constraints("calibration_run"),
            models.CheckConstraint(
                condition=~Q(state="done") | ~Q(outcome=""), name="calibration_run_done_says_what"
            ),
        ]

    def __str__(self) -> str:
        return f"Calibration of the night of {self.night}"
