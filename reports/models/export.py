"""Exports that people asked for: the work, and the file for as long as it is kept."""

from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.models import Role, User
from config.jobs.rows import Job, open_index, state_constraints


class ExportKind(models.TextChoices):
    SEASON = "season", "Season: one row a loop"
    SCORECARDS = "scorecards", "Scorecards: one row each"
    DECISIONS = "decisions", "Decisions: one row each"
    AUDIT = "audit", "Audit trail"


class ExportFormat(models.TextChoices):
    CSV = "csv", "CSV"
    XLSX = "xlsx", "Excel (XLSX)"
    JSON = "json", "JSON"
    JSONL = "jsonl", "JSON lines"


def export_kinds_for(user: User) -> list[ExportKind]:
    """What this person may export: recruiters what committees read, administrators the trail."""
    read = [ExportKind.SEASON, ExportKind.SCORECARDS, ExportKind.DECISIONS]
    rights = {Role.RECRUITER: read, Role.ADMINISTRATOR: [ExportKind.AUDIT]}
    held = {kind for role, kinds in rights.items() if user.has_role(role) for kind in kinds}
    return [kind for kind in ExportKind if kind in held]


class ExportQuerySet(models.QuerySet["Export"]):
    def visible_to(self, user: User) -> Self:
        """One's own, of kinds that one may still export."""
        return self.filter(requested_by=user, kind__in=export_kinds_for(user))

    def kept(self) -> Self:
        """Those whose file is there and has not run out."""
        there = self.filter(state=Export.State.DONE, deleted_at=None)
        return there.filter(expires_at__gt=timezone.now())


class Export(Job):
    """One file for one person, who loses it with the right to read any of its `loops`."""

    kind = models.CharField(max_length=12, choices=ExportKind.choices)
    format = models.CharField(max_length=5, choices=ExportFormat.choices)
    rows = models.PositiveIntegerField(null=True, blank=True)
    size = models.PositiveBigIntegerField(null=True, blank=True)  # bytes
    loops = ArrayField(models.UUIDField(), default=list, blank=True)
    expires_at = models.DateTimeField(null=True, blank=True)
    deleted_at = models.DateTimeField(null=True, blank=True)
    downloaded_at = models.DateTimeField(null=True, blank=True)  # the last time

    objects = ExportQuerySet.as_manager()

    class Meta(Job.Meta):
        indexes = [open_index("exports_open")]
        constraints = [
            models.UniqueConstraint(
                fields=["requested_by", "kind", "format"],
                condition=Q(state="requested"),
                name="one_export_requested",
            ),
            models.CheckConstraint(
                condition=Q(requested_by__isnull=False), name="export_has_an_asker"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=ExportKind.values), name="export_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(format__in=ExportFormat.values), name="export_format_known"
            ),
            models.CheckConstraint(
                condition=~Q(state="done")
                | Q(progress=100, rows__isnull=False, size__isnull=False, expires_at__isnull=False),
                name="export_done_has_a_file_that_expires",
            ),
            *state_constraints("export"),
        ]

    def __str__(self) -> str:
        return f"{self.get_state_display()}: {self.kind} as {self.format}"

    @property
    def filename(self) -> str:
        day = self.requested_at.strftime("%Y-%m-%d")
        return f"scorecard-{self.kind}-{day}.{self.format}"

    def is_kept(self) -> bool:
        """Is its file there to be fetched?"""
        if self.state != self.State.DONE or self.deleted_at or not self.expires_at:
            return False
        return self.expires_at > timezone.now()
