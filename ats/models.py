"""Files that somebody imports on the web: the work on them, and what became of them."""

import uuid
from datetime import timedelta
from typing import Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.models import User
from config.jobs.rows import Job, open_index, state_constraints

KEPT = timedelta(hours=24)


class ImportRunQuerySet(models.QuerySet["ImportRun"]):
    def visible_to(self, user: User) -> Self:
        """One's own: the lines name candidates and quote notes, which others may not read."""
        return self.filter(by=user) if user.is_recruiter else self.none()

    def unsettled(self) -> Self:
        """With refused files that nobody put right or put aside yet."""
        return self.filter(refused__gt=0, settled_at=None)


class ImportRun(models.Model):
    """One import: what was stored, what was refused and where its faults are, line by line."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    files = ArrayField(models.CharField(max_length=255))
    refused = models.PositiveIntegerField(default=0)  # files, of which nothing was stored
    lines = models.JSONField(default=list)  # as the command prints them
    settled_at = models.DateTimeField(null=True, blank=True)

    objects = ImportRunQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(settled_at=None) | Q(refused__gt=0), name="only_failures_are_settled"
            )
        ]

    def __str__(self) -> str:
        return f"Import of {', '.join(self.files)}"


class ImportUploadQuerySet(models.QuerySet["ImportUpload"]):
    def visible_to(self, user: User) -> Self:
        """One's own, for a day: the faults quote what the files say."""
        if not user.is_recruiter:
            return self.none()
        return self.filter(requested_by=user, uploaded_at__gt=timezone.now() - KEPT)

    def unfinished(self) -> Self:
        """Still in work, or waiting for somebody's word or for another try."""
        return self.exclude(state=ImportUpload.State.DONE, archive=None)

    def expired(self) -> Self:
        """What nobody wanted within a day and no worker has in hand."""
        return self.filter(uploaded_at__lte=timezone.now() - KEPT).exclude(state="running")


class ImportUpload(Job):
    """Files of one upload: checked, and once somebody said so, imported.

    The files are kept for as long as they may still be imported, as a ZIP archive.
    """

    class Step(models.TextChoices):
        CHECK = "check", "Checking the files"
        IMPORT = "import", "Importing"

    step = models.CharField(max_length=10, choices=Step.choices, default=Step.CHECK)
    uploaded_at = models.DateTimeField(auto_now_add=True)
    names = ArrayField(models.CharField(max_length=255))
    archive = models.BinaryField(null=True)
    outcomes = models.JSONField(default=list)  # of the files so far, as a FileReport tells them

    objects = ImportUploadQuerySet.as_manager()

    class Meta(Job.Meta):
        indexes = [open_index("loop_uploads_open")]
        constraints = [
            models.CheckConstraint(
                condition=Q(requested_by__isnull=False), name="loop_upload_has_an_owner"
            ),
            models.CheckConstraint(
                condition=~Q(step="import", state="done") | Q(archive=None),
                name="imported_upload_keeps_no_files",
            ),
            *state_constraints("loop_upload"),
        ]

    def __str__(self) -> str:
        return f"Upload of {', '.join(self.names)}"

    @property
    def refused(self) -> int:
        """Files with faults, of which nothing is stored."""
        return sum(bool(each["faults"]) for each in self.outcomes)

    @property
    def changes_anything(self) -> bool:
        return any(each["changes"] for each in self.outcomes)
