"""Interview loops out of files: read whole, checked whole, and stored whole or not at all.

`import_paths` and `import_files` are the command and the web page; both answer with a Report.
"""

import logging
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from django.db import DataError, IntegrityError, connection, transaction

from accounts.models import User
from ats.formats.faults import Place
from ats.formats.files import SourceFile, Unit, group, read_unit, search
from ats.formats.vocabulary import SignalWord, Vocabulary
from ats.importing.loop import import_loop
from ats.importing.remarks import name_remarks
from ats.importing.report import FileReport, Report
from rubric.content import Rubric
from rubric.models import RubricVersion
from scorecard.models.evidence import MAX_TEXT
from scorecard.submission import WrongState

__all__ = ["FileReport", "Report", "import_files", "import_paths", "import_unit", "vocabulary_of"]

logger = logging.getLogger(__name__)
LOCK = 0x5C0AE  # names the lock among those of other parts


class Refused(Exception):
    """A file has faults: its transaction is rolled back."""


def vocabulary_of(rubric: Rubric) -> Vocabulary:
    return Vocabulary(
        dimensions=tuple(rubric.dimensions),
        signals={
            signal.id: SignalWord(signal.dimension, signal.polarity)
            for signal in rubric.signals.values()
        },
        stages=tuple(rubric.stages),
        probes=tuple(rubric.probes),
        rounds=tuple(rubric.rounds),
        levels=tuple(rubric.levels),
        exercise_rounds=tuple(each.id for each in rubric.rounds.values() if each.correctness),
        nearest=rubric.nearest,
        longest_text=MAX_TEXT,
    )


def import_paths(
    paths: Iterable[Path], *, format: str = "", dry_run: bool = False, by: User | None = None
) -> Report:
    """Import what lies under files and folders, each file in a transaction of its own.

    `format` is neutral or greenhouse; found out file by file where it is empty. A dry run reports
    the same and stores nothing. Raises RubricVersion.DoesNotExist before a rubric is published.
    """
    found = search(paths, format)
    report = _import_units(found.units, dry_run=dry_run, by=by)
    report.search = found.log
    return report


def import_files(
    files: Sequence[SourceFile],
    *,
    dry_run: bool = False,
    by: User | None = None,
    tell: Callable[[float], None] = lambda _: None,
) -> Report:
    """The same for files that are at hand already; `tell` hears which share of them is done."""
    return _import_units(group(files), dry_run=dry_run, by=by, tell=tell)


def _import_units(
    units: Sequence[Unit],
    *,
    dry_run: bool,
    by: User | None,
    tell: Callable[[float], None] = lambda _: None,
) -> Report:
    version = RubricVersion.objects.current()
    report = Report(dry_run=dry_run)
    if not dry_run:
        report.files = [import_unit(unit, version, by) for unit in units]
        return report
    with transaction.atomic():  # around all, so that files are checked against each other
        for done, unit in enumerate(units, start=1):
            report.files.append(import_unit(unit, version, by))
            tell(done / len(units))
        transaction.set_rollback(True)
    return report


def import_unit(unit: Unit, version: RubricVersion, by: User | None) -> FileReport:
    """One file, or the five that belong together: whole, or not at all where it has faults."""
    reading = read_unit(unit, vocabulary_of(version.rubric))
    report = FileReport(unit.name, unit.format, reading.log)
    if report.faults:
        return report
    try:
        with transaction.atomic():
            _one_at_a_time()
            for loop in reading.loops:
                import_loop(loop, report, version, by)
            if report.faults:
                raise Refused
    except Refused:
        pass
    except (WrongState, IntegrityError, DataError) as error:
        # What is changed by somebody else meanwhile, and anything that the reader let through.
        logger.exception("Import of %s", unit.name)
        what = str(error) if isinstance(error, WrongState) else "the database refused it"
        report.log.fault(Place(unit.name), f"could not be stored: {what}")
    if report.faults:
        return FileReport(unit.name, unit.format, report.log)
    name_remarks(reading.loops, report.log)
    return report


def _one_at_a_time() -> None:
    """Two imports of one file at once would each find nothing there; ends with the transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
