"""One loop of a file into the database, inside the transaction of its file."""

from accounts import audit
from accounts.models import User
from ats.formats.documents import LoopDocument
from ats.importing.conflicts import conflicts
from ats.importing.report import FileReport, numbered
from ats.importing.rows import Rows
from ats.importing.scorecards import CardImport
from ats.importing.stored import Stored
from interviews.locks import lock_loop, loop_stream
from interviews.models import Loop, Opening
from interviews.signals import loop_changed, opening_changed
from rubric.models import RubricVersion


def import_loop(
    loop: LoopDocument, report: FileReport, version: RubricVersion, by: User | None
) -> None:
    """Store one loop and say in the report what was done; or name its conflicts and store nothing.

    Once the report has faults further loops are only looked at: the file will be rolled back.
    """
    stored = Stored(loop)
    report.log.faults += conflicts(loop, stored, by)
    if report.faults:
        return
    if stored.loop:
        lock_loop(stored.loop)  # before its rows, as everybody else
    tally = FileReport(report.name, report.format)
    rows = Rows(loop, stored, tally)
    row = rows.loop()
    people = rows.people()
    seats = rows.seats(rows.interviews(row), people)
    CardImport(loop, stored, people, tally).hand_in(seats, version)
    report.add(tally)
    report.loops.append(row.pk)
    if tally.changed:
        audit.record(
            by,
            "import",
            row,
            stream=loop_stream(row),
            file=loop.source,
            format=loop.format,
            created=numbered(tally.created),
            updated=tally.what_changed,
        )
        loop_changed.send(sender=Loop, loop=row, by=by)
    if ("opening", loop.opening.id) in tally.updated:  # what its other loops' packets say, too
        opening_changed.send(sender=Opening, opening=row.opening, by=by)
