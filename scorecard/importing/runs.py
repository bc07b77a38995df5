"""The record of imports: kept for whoever made them, until what was refused is put right."""

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from scorecard.importing.report import Report
from scorecard.models import ImportRun

MOST_LINES = 500  # of one run; the page of the import itself shows as many faults


@transaction.atomic
def keep(report: Report, by: User) -> ImportRun:
    """Record one import. Files that went in now settle earlier refusals of the same names."""
    stored = [each.name for each in report.files if not each.faults]
    if not report.dry_run:
        earlier = ImportRun.objects.visible_to(by).unsettled()
        earlier.filter(files__contained_by=stored).update(settled_at=timezone.now())
    return ImportRun.objects.create(
        by=by,
        files=[each.name[:255] for each in report.files],
        refused=report.refused,
        lines=report.lines[:MOST_LINES],
    )


def settle(run: ImportRun) -> None:
    """Put a failed import aside: somebody saw to it."""
    ImportRun.objects.filter(pk=run.pk, settled_at=None).update(settled_at=timezone.now())
