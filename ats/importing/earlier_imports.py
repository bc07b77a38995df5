"""The record of imports: kept for whoever made them, until what was refused is put right."""

from django.db import transaction
from django.utils import timezone

from ats.importing.report import MOST_LINES
from ats.models import ImportRun, ImportUpload


@transaction.atomic
def record(upload: ImportUpload) -> ImportRun:
    """Record one import. Files that went in now settle earlier refusals of the same names."""
    by, outcomes = upload.requested_by, upload.outcomes
    assert by is not None  # by a constraint
    stored = [each["name"] for each in outcomes if not each["faults"]]
    if upload.step == ImportUpload.Step.CARRY_OUT:
        earlier = ImportRun.objects.filter(by=by).unsettled()
        earlier.filter(files__contained_by=stored).update(settled_at=timezone.now())
    lines = [line for each in outcomes for line in each["lines"]]
    return ImportRun.objects.create(
        by=by,
        files=[each["name"][:255] for each in outcomes],
        refused=upload.refused,
        lines=lines[:MOST_LINES],
    )


def settle(run: ImportRun) -> None:
    """Put a failed import aside: somebody saw to it."""
    ImportRun.objects.filter(pk=run.pk, settled_at=None).update(settled_at=timezone.now())
