"""A table that a recruiter uploaded, between its preview and the word to go on."""

import uuid
from datetime import timedelta
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.models import User
from interviews.models import Opening

KEPT = timedelta(hours=24)


class BulkUploadQuerySet(models.QuerySet["BulkUpload"]):
    def visible_to(self, user: User) -> Self:
        """One's own, for a day; openings come and go with the recruiter's role."""
        if not user.is_recruiter:
            return self.none()
        return self.filter(uploaded_by=user, created_at__gt=timezone.now() - KEPT)

    def expired(self) -> Self:
        return self.filter(created_at__lte=timezone.now() - KEPT)


class BulkUpload(models.Model):
    """The rows as text, since the plan is made anew whenever it is shown, and when confirmed.

    What was confirmed keeps its figures and not its rows: they are in the loops by then.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    opening = models.ForeignKey(Opening, on_delete=models.CASCADE, related_name="+")
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    file_name = models.CharField(max_length=200)
    time_zone = models.CharField(max_length=64)  # of times in rows that name none
    table = models.JSONField()  # header, rows, notes: as interviews.bulk.table reads them
    confirmed_at = models.DateTimeField(null=True, blank=True)

    objects = BulkUploadQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(confirmed_at=None) | Q(table={}), name="confirmed_upload_keeps_no_rows"
            )
        ]

    def __str__(self) -> str:
        return f"{self.file_name} for {self.opening}"
