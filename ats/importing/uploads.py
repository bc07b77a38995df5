"""Files that recruiters upload: checked, and once somebody said so, imported."""

import zipfile
from collections.abc import Iterable, Sequence
from functools import partial
from io import BytesIO
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Q, QuerySet

from accounts.models import User
from ats.formats.files import SourceFile, group
from ats.formats.greenhouse import FILES
from ats.importing import earlier_imports
from ats.importing.run import import_unit, try_units
from ats.models import ImportUpload
from config.jobs.liveness import from_outside
from config.jobs.upload import UploadKind, sentence
from rubric.models import RubricVersion

SMALL_BYTES = 64 * 1024  # two loops or so: about half a second


def named(files: Iterable["UploadedFile[Any]"]) -> list[tuple[str, bytes]]:
    """Names and bytes. A browser sends no folders, so that loop.json may come several times."""
    found: list[tuple[str, bytes]] = []
    met: dict[str, int] = {}
    for file in files:
        name = file.name or "file"
        met[name] = met.get(name, 0) + 1
        again = met[name] > 1 and name not in FILES
        found.append((f"{name} ({met[name]})" if again else name, file.read()))
    return found


def receive(by: User, files: Sequence[tuple[str, bytes]]) -> ImportUpload:
    """Put the files aside, to be checked."""
    names = [name[:255] for name, _ in files]
    upload = ImportUpload.objects.create(requested_by=by, names=names, file=_pack(files))
    return UPLOADS.begin(upload)


def confirm(upload: ImportUpload) -> ImportUpload | None:
    """Have the files without faults imported; None where that was said before."""
    return UPLOADS.confirm(upload, Q(file__isnull=False), outcomes=[])


def _is_small(upload: ImportUpload) -> bool:
    return sum(len(data) for _, data in _unpack(upload)) <= SMALL_BYTES


def _record_begun(uploads: QuerySet[ImportUpload]) -> None:
    """Of an import that failed in the middle, the record of what went in stays."""
    begun = uploads.filter(step=ImportUpload.Step.CARRY_OUT, state="failed").exclude(outcomes=[])
    for upload in begun.defer("file").select_for_update():
        earlier_imports.record(upload)


def _work(upload: ImportUpload) -> None:
    owner = upload.requested_by
    assert owner is not None  # by a constraint
    if not owner.is_recruiter:
        raise PermissionDenied("You may no longer import anything.")
    files = [SourceFile(n, partial(bytes, data)) for n, data in _unpack(upload)]
    if upload.step == upload.Step.READ:
        _check(upload, files, owner)
    else:
        _import(upload, files, owner)


def _check(upload: ImportUpload, files: list[SourceFile], owner: User) -> None:
    """What importing would do. Files that nothing would be imported of are not kept."""
    version = RubricVersion.objects.current()
    with from_outside(upload) as tell:
        reports = try_units(group(files), version, owner, lambda share: tell(int(95 * share)))
    upload.outcomes = [each.outcome for each in reports]
    kept = {} if upload.changes_anything else {"file": None}
    with transaction.atomic():
        upload.finish(outcomes=upload.outcomes, **kept)
        if upload.refused and kept:  # it ends here
            earlier_imports.record(upload)


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
        upload.finish(file=None)
        earlier_imports.record(upload)


UPLOADS = UploadKind(
    "import-upload",
    ImportUpload,
    _work,
    sentence,
    related=("requested_by",),
    is_small=_is_small,
    before_deleting=_record_begun,
)


def _pack(files: Sequence[tuple[str, bytes]]) -> bytes:
    """Their contents in order, under numbers: a name may be anything, and is kept in the row."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for at, (_, data) in enumerate(files):
            archive.writestr(str(at), data)
    return out.getvalue()


def _unpack(upload: ImportUpload) -> list[tuple[str, bytes]]:
    if upload.file is None:
        return []
    with zipfile.ZipFile(BytesIO(bytes(upload.file))) as archive:
        return [(name, archive.read(str(at))) for at, name in enumerate(upload.names)]
