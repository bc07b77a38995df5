"""What a person uploaded: read and shown to them, and once they say so, carried out.

A worker does what is large. What is small is done at once by the request that asks for it, under
the same claim: if the request dies in the middle, a worker finds the row.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q, QuerySet

from config.jobs.chores import every
from config.jobs.kinds import JobKind, kinds
from config.jobs.rows import ask_again
from config.jobs.upload_rows import CARRIED_OUT, U, Upload, UploadQuerySet


@dataclass(frozen=True, kw_only=True)
class UploadKind(JobKind[U]):
    """The life of one kind of upload. `before_deleting` records what has to outlive the rows."""

    is_small: Callable[[U], bool]
    before_deleting: Callable[[QuerySet[U]], None] = lambda rows: None

    def begin(self, upload: U) -> U:
        """Do the step that the row asks for, or have a worker do it; the row as it is then."""
        (self.run if self.is_small(upload) else self.hint)(upload.pk)
        upload.refresh_from_db()
        return upload

    def confirm(self, upload: U, *what_was_shown: Q, **fields: Any) -> U | None:
        """Carry out what was shown; None where it stands no more or was confirmed before."""
        rows = self._row(upload).filter(*what_was_shown, step=Upload.Step.READ, state="done")
        if not ask_again(rows, step=Upload.Step.CARRY_OUT, **fields):
            return None
        upload.step = Upload.Step.CARRY_OUT
        return self.begin(upload)

    def try_again(self, upload: U) -> None:
        """The same step once more, after it failed."""
        if ask_again(self._row(upload).filter(state="failed")):
            self.hint(upload.pk)

    @transaction.atomic
    def discard(self, uploads: QuerySet[U]) -> None:
        """Delete those that no worker has in hand; what was carried out stays for its day."""
        self._delete(uploads.filter(state__in=["done", "failed"]).exclude(CARRIED_OUT))

    @transaction.atomic
    def forget(self) -> None:
        """Delete what is older than a day."""
        self._delete(UploadQuerySet(self.model).expired())

    def _row(self, upload: U) -> QuerySet[U]:
        return self.model._default_manager.filter(pk=upload.pk)

    def _delete(self, uploads: QuerySet[U]) -> None:
        self.before_deleting(uploads)
        uploads.delete()


def sentence(error: Exception) -> str:
    """For the owner: what went wrong, without anything out of the file."""
    if isinstance(error, PermissionDenied):
        return str(error)
    return f"Working on the upload failed ({type(error).__name__}); the log has the details."


@every(600)
def forget_uploads() -> None:
    for kind in kinds.values():
        if isinstance(kind, UploadKind):
            kind.forget()
