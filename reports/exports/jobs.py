"""Making exports: asked for as a row, made by whoever claims it, kept for a while, then deleted."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from accounts import audit
from accounts.models import User
from config.jobs.kinds import JobKind
from interviews.locks import loop_stream
from mail import outbox
from mail.texts import words_for
from reports.exports import files
from reports.exports.formats import WRITERS
from reports.exports.readable_rows import may_still_read, sheet
from reports.exports.sheet import Refused, Sheet
from reports.models import Export, export_kinds_for

KEPT = timedelta(days=3)
OnBatch = Callable[[set[UUID], int], None]  # loops that come for the first time, rows so far


def request_export(asker: User, kind: str, format: str) -> Export:
    """Ask for a file; one of the same kind and format that waits already is joined.

    Raises Refused where the asker may not export this kind.
    """
    _check_right(asker, kind)
    with transaction.atomic():
        export, is_new = Export.objects.get_or_create(
            requested_by=asker, state=Export.State.REQUESTED, kind=kind, format=format
        )
        if is_new:
            audit.record(asker, "export.requested", export, kind=kind, format=format)
        transaction.on_commit(lambda: EXPORTS.hint(export.pk))
    return export


def _check_right(asker: User, kind: str) -> None:
    if kind not in export_kinds_for(asker):
        raise Refused("You may not export this.")


def _make(export: Export) -> None:
    """What the asker may read is decided here, not when they asked."""
    asker = export.requested_by
    assert asker is not None  # by a constraint
    _check_right(asker, export.kind)
    loops: set[UUID] = set()
    about = {"kind": export.kind, "format": export.format, "export": str(export.pk)}
    rows = sheet(export.kind, asker)

    def on_batch(new: set[UUID], done: int) -> None:
        loops.update(new)
        _record(asker, new, about)
        export.advance(min(95, 95 * done // max(rows.total, 1)))

    with files.for_one_attempt(export) as made:
        count = write(rows, export.format, made, on_batch)
        size = made.stat().st_size
        with transaction.atomic():
            expires = timezone.now() + KEPT
            found = {"rows": count, "size": size, "loops": sorted(loops)}
            export.finish(expires_at=expires, **found)
            audit.record(asker, "export.made", export, kind=export.kind, format=export.format)
            _announce(export, asker)
            files.keep(made, files.path_of(export))  # last: a row that says done has its file


def write(rows: Sheet, format: str, path: Path, on_batch: OnBatch) -> int:
    """Write the file batch by batch; `on_batch` hears of each before that. Rows written."""
    known: set[UUID] = set()
    writer, done = WRITERS[format](path, rows.columns), 0
    for batch in rows.batches:
        new = {row.loop for row in batch if row.loop} - known
        known |= new
        on_batch(new, done)
        for row in batch:
            writer.row(row.values)
        done += len(batch)
    writer.close()
    return done


def write_for_operator(kind: str, format: str, path: Path, asker: User | None) -> int:
    """The file of `manage.py export`, in this process; rows written.

    What `asker` may read, or everything; the trail names the program, which an operator runs.
    """
    if asker is not None:
        _check_right(asker, kind)
    about = {"kind": kind, "format": format, "how": "command"}
    if asker is not None:
        about["as"] = asker.email
    audit.record(None, "export.made", Export(kind=kind, format=format), **about)
    return write(sheet(kind, asker), format, path, lambda new, _: _record(None, new, about))


def _record(reader: User | None, loops: set[UUID], about: dict[str, str]) -> None:
    """Each loop's own chain says that its rows left the house, before they do."""
    if loops:
        audit.record_in_each(reader, "loop.exported", {loop_stream(pk) for pk in loops}, **about)


def _announce(export: Export, asker: User) -> None:
    """By mail too, to an asker who has not left; the page says it in any case."""
    if not asker.is_active:
        return
    values = {
        "file": export.filename,
        "days": str(KEPT.days),
        "link": f"{settings.SITE_URL}{reverse('exports')}",
        "reader": asker.name,
    }
    words = words_for("export")["export"]
    outbox.put([outbox.write("export", words, values, to=asker.email, person=asker)])


def _sentence(error: Exception) -> str:
    """For its asker: what went wrong, without anything out of the rows."""
    if isinstance(error, Refused):
        return str(error)
    if isinstance(error, OSError):
        return "The file could not be written; the log has the details."
    return f"Making the file failed ({type(error).__name__}); the log has the details."


EXPORTS = JobKind("export", Export, _make, _sentence, related=("requested_by",))


def fetch(export: Export, asker: User) -> Path:
    """The file, for a download that is recorded here.

    Raises Refused, and deletes the file, where the asker may no longer read every loop in it.
    """
    if not may_still_read(export.kind, asker, export.loops):
        discard(export, asker, why="rights")
        raise Refused(
            "You may no longer read everything that is in this file, so it was deleted. "
            "Ask for it again to get what you may read."
        )
    path = files.path_of(export)
    if not path.exists():
        discard(export, asker, why="missing")
        raise Refused("The file is gone. Ask for it again.")
    with transaction.atomic():
        Export.objects.filter(pk=export.pk).update(downloaded_at=timezone.now())
        audit.record(asker, "export.fetched", export, kind=export.kind, format=export.format)
    return path


def discard(export: Export, by: User | None, *, why: str) -> None:
    """Delete the file; the row stays, and says when."""
    with transaction.atomic():
        gone = Export.objects.filter(pk=export.pk, state=Export.State.DONE, deleted_at=None)
        if gone.update(deleted_at=timezone.now()):
            audit.record(by, "export.deleted", export, kind=export.kind, why=why)
    files.remove(export.pk)


def expire() -> int:
    """Delete files that ran out, and whatever lies in the folder without a row that keeps it."""
    old = Export.objects.filter(state=Export.State.DONE, deleted_at=None)
    for export in old.filter(expires_at__lte=timezone.now()):
        discard(export, None, why="expired")
    lying = files.ids()
    wanted = Export.objects.filter(state__in=["requested", "running"]) | Export.objects.kept()
    stray = lying - {str(pk) for pk in wanted.values_list("pk", flat=True)}
    for id in stray:
        files.remove(id)
    return len(stray)
