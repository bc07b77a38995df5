"""Interview loops out of files: read whole, checked whole, and stored whole or not at all."""

import logging
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from django.db import DataError, IntegrityError, connection, transaction

from accounts.models import User
from ats.formats.faults import Place
from ats.formats.files import Unit, read_unit, search
from ats.formats.vocabulary import Vocabulary
from ats.importing.loop import import_loop
from ats.importing.remarks import name_remarks
from ats.importing.report import FileReport, Report
from rubric.models import RubricVersion
from scorecard.models.evidence import MAX_TEXT
from scorecard.submission import WrongState

logger = logging.getLogger(__name__)
LOCK = 0x5C0AE  # names the lock among those of other parts


def import_paths(
    paths: Iterable[Path], *, format: str = "", dry_run: bool = False, by: User | None = None
) -> Report:
    """Import what lies under files and folders, each file in a transaction of its own.

    `format` is neutral or greenhouse; found out file by file where it is empty. A dry run reports
    the same and stores nothing. Raises RubricVersion.DoesNotExist before a rubric is published.
    """
    report = Report()
    units = search(paths, format, report.search)
    version = RubricVersion.objects.current()
    report.files = (
        try_units(units, version, by)
        if dry_run
        else [import_unit(unit, version, by) for unit in units]
    )
    return report


def try_units(
    units: Sequence[Unit],
    version: RubricVersion,
    by: User | None,
    tell: Callable[[float], None] = lambda share: None,
) -> list[FileReport]:
    """What importing them would do; `tell` hears which share of them is looked at."""
    reports = []
    with transaction.atomic():  # around all, so that files are checked against each other
        for done, unit in enumerate(units, start=1):
            reports.append(import_unit(unit, version, by))
            tell(done / len(units))
        transaction.set_rollback(True)
    return reports


def import_unit(unit: Unit, version: RubricVersion, by: User | None) -> FileReport:
    """One file, or the five that belong together: whole, or not at all where it has faults."""
    report = FileReport(unit.name, unit.format)
    loops = read_unit(unit, Vocabulary(version.rubric, MAX_TEXT), report.log)
    if report.faults:
        return report
    try:
        with transaction.atomic():
            _one_at_a_time()
            for loop in loops:
                import_loop(loop, report, version, by)
            if report.faults:
                transaction.set_rollback(True)
    except (WrongState, IntegrityError, DataError) as error:
        # What is changed by somebody else meanwhile, and anything that the reader let through.
        logger.exception("Import of %s", unit.name)
        what = str(error) if isinstance(error, WrongState) else "the database refused it"
        report.log.fault(Place(unit.name), f"could not be stored: {what}")
    if report.faults:
        return FileReport(unit.name, unit.format, report.log)
    name_remarks(loops, report.log)
    return report


def _one_at_a_time() -> None:
    """Two imports of one file at once would each find nothing there; ends with the transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
