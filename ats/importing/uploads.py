"""Files that recruiters upload: checked, and once somebody said so, imported.

Much is a worker's. A file or two are done at once by the request that asks for it, with the same
claim: if that dies in the middle, a worker finds the row.
"""

import zipfile
from collections.abc import Iterable, Sequence
from functools import partial
from io import BytesIO

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import QuerySet

from accounts.models import User
from ats.formats.files import SourceFile, group
from ats.formats.greenhouse import FILES
from ats.importing import runs
from ats.importing.run import import_files, import_unit
from ats.models import ImportUpload
from config.jobs.kinds import JobKind
from config.jobs.liveness import from_outside
from config.jobs.rows import ask_again
from rubric.models import RubricVersion

SMALL_BYTES = 64 * 1024  # two loops or so: about half a second
Step, State = ImportUpload.Step, ImportUpload.State
Files = Sequence[tuple[str, bytes]]


class Refused(Exception):
    """Its owner may not do this any more; the message says why."""


def named(files: Iterable[UploadedFile]) -> list[tuple[str, bytes]]:
    """Names and bytes. A browser sends no folders, so that loop.json may come several times."""
    found: list[tuple[str, bytes]] = []
    met: dict[str, int] = {}
    for file in files:
        name = file.name or "file"
        met[name] = met.get(name, 0) + 1
        again = met[name] > 1 and name not in FILES
        found.append((f"{name} ({met[name]})" if again else name, file.read()))
    return found


def receive(by: User, files: Files) -> ImportUpload:
    """Put the files aside, to be checked; what nobody wanted in time is thrown away."""
    forget()
    names = [name[:255] for name, _ in files]
    upload = ImportUpload.objects.create(requested_by=by, names=names, archive=_pack(files))
    return _begin(upload, files)


def confirm(upload: ImportUpload) -> ImportUpload | None:
    """Have the files without faults imported; None where that was said before."""
    checked = ImportUpload.objects.filter(pk=upload.pk, step=Step.CHECK, archive__isnull=False)
    if not ask_again(checked.filter(state=State.DONE), step=Step.IMPORT, outcomes=[]):
        return None
    return _begin(upload, _unpack(upload))


def forget() -> None:
    """Throw away what nobody wanted within a day."""
    _forget(ImportUpload.objects.expired())


def discard(upload: ImportUpload) -> None:
    """Throw it away, unless a worker has it in hand."""
    _forget(ImportUpload.objects.filter(pk=upload.pk, state__in=[State.DONE, State.FAILED]))


@transaction.atomic
def _forget(rows: QuerySet[ImportUpload]) -> None:
    """Delete them. Of an import that failed in the middle, the record of what went in stays."""
    begun = rows.filter(step=Step.IMPORT, state=State.FAILED).exclude(outcomes=[])
    for upload in begun.defer("archive").select_for_update():
        runs.keep(upload)
    rows.delete()


def try_again(upload: ImportUpload) -> None:
    """The same step once more, after it failed."""
    if ask_again(ImportUpload.objects.filter(pk=upload.pk, state=State.FAILED)):
        UPLOADS.hint(upload.pk)


def _begin(upload: ImportUpload, files: Files) -> ImportUpload:
    if sum(len(data) for _, data in files) <= SMALL_BYTES:
        UPLOADS.run(upload.pk)
    else:
        UPLOADS.hint(upload.pk)
    upload.refresh_from_db()
    return upload


def _work(upload: ImportUpload) -> None:
    owner = upload.requested_by
    assert owner is not None  # by a constraint
    if not owner.is_recruiter:
        raise Refused("You may no longer import anything.")
    files = [SourceFile(n, partial(bytes, data)) for n, data in _unpack(upload)]
    if upload.step == Step.CHECK:
        _check(upload, files, owner)
    else:
        _import(upload, files, owner)


def _check(upload: ImportUpload, files: list[SourceFile], owner: User) -> None:
    """What importing would do. Files that nothing would be imported of are not kept."""
    with from_outside(upload) as tell:
        report = import_files(
            files, dry_run=True, by=owner, tell=lambda share: tell(int(95 * share))
        )
    upload.outcomes = [each.outcome for each in report.files]
    kept = {} if upload.changes_anything else {"archive": None}
    with transaction.atomic():
        upload.finish(outcomes=upload.outcomes, **kept)
        if upload.refused and kept:  # it ends here
            runs.keep(upload)


def _import(upload: ImportUpload, files: list[SourceFile], owner: User) -> None:
    """File by file, each with the word that it is done: another worker goes on where this ended."""
    version, units = RubricVersion.objects.current(), group(files)
    for done in range(len(upload.outcomes), len(units)):
        with transaction.atomic():
            with from_outside(upload):  # a unit may be a season
                report = import_unit(units[done], version, owner)
            upload.outcomes.append(report.outcome)
            share = 95 * (done + 1) // len(units)
            upload.advance(share, outcomes=upload.outcomes)
    with transaction.atomic():
        upload.finish(archive=None)
        runs.keep(upload)


def _sentence(error: Exception) -> str:
    """For its owner: what went wrong, without anything out of the files."""
    if isinstance(error, Refused):
        return str(error)
    if isinstance(error, RubricVersion.DoesNotExist):
        return "No rubric is published yet, so that nothing can be imported."
    return f"Working on the files failed ({type(error).__name__}); the log has the details."


UPLOADS = JobKind("import-upload", ImportUpload, _work, _sentence, related=("requested_by",))


def _pack(files: Files) -> bytes:
    """Their contents in order, under numbers: a name may be anything, and is kept in the row."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for at, (_, data) in enumerate(files):
            archive.writestr(str(at), data)
    return out.getvalue()


def _unpack(upload: ImportUpload) -> list[tuple[str, bytes]]:
    if upload.archive is None:
        return []
    with zipfile.ZipFile(BytesIO(bytes(upload.archive))) as archive:
        return [(name, archive.read(str(at))) for at, name in enumerate(upload.names)]
