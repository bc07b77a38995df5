"""Files that somebody imports on the web: the work on them, and what became of them."""

import uuid
from typing import Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse

from accounts.models import User
from config.jobs.upload_rows import Upload, UploadQuerySet


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


class ImportUploadQuerySet(UploadQuerySet["ImportUpload"]):
    def visible_to(self, user: User) -> Self:
        """One's own, for a day: the faults quote what the files say."""
        return self.kept_for(user) if user.is_recruiter else self.none()

    def unfinished(self) -> Self:
        """Without checks that found nothing to import: the record of the import tells of those."""
        return super().unfinished().exclude(state="done", file=None)


class ImportUpload(Upload):
    """Files of one upload: checked, and once somebody said so, imported.

    `file` is a ZIP archive of them, for as long as they may still be imported.
    """

    step_titles = {"read": "Checking the files", "carry_out": "Importing"}
    names = ArrayField(models.CharField(max_length=255))
    outcomes = models.JSONField(default=list)  # of the files so far, as a FileReport tells them

    objects = ImportUploadQuerySet.as_manager()

    def __str__(self) -> str:
        return ", ".join(self.names)

    def get_absolute_url(self) -> str:
        return reverse("import_upload", args=[self.pk])

    @property
    def refused(self) -> int:
        """Files with faults, of which nothing is stored."""
        return sum(bool(each["faults"]) for each in self.outcomes)

    @property
    def changes_anything(self) -> bool:
        return any(each["changes"] for each in self.outcomes)
