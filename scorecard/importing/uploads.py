"""Files that recruiters upload: checked, and once somebody said so, imported.

Much is a worker's. A file or two are done at once by the request that asks for it, with the same
claim: if that dies in the middle, a worker finds the row.
"""

import zipfile
from collections.abc import Iterable, Sequence
from functools import partial
from io import BytesIO
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import QuerySet

from accounts.models import User
from config import jobs
from config.celery import app
from interviews.ats.files import SourceFile, group
from interviews.ats.greenhouse import FILES
from scorecard.importing import import_files, import_unit, runs
from scorecard.models import LoopUpload, RubricVersion

TASK = "scorecard.tasks.work_on_loop_upload"
SMALL_BYTES = 64 * 1024  # two loops or so: about half a second
Step, State = LoopUpload.Step, LoopUpload.State
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


def receive(by: User, files: Files) -> LoopUpload:
    """Put the files aside, to be checked; what nobody wanted in time is thrown away."""
    _forget(LoopUpload.objects.expired())
    names = [name[:255] for name, _ in files]
    upload = LoopUpload.objects.create(requested_by=by, names=names, archive=_pack(files))
    return _begin(upload, files)


def confirm(upload: LoopUpload) -> LoopUpload | None:
    """Have the files without faults imported; None where that was said before."""
    checked = LoopUpload.objects.filter(pk=upload.pk, step=Step.CHECK, archive__isnull=False)
    if not jobs.ask_again(checked.filter(state=State.DONE), step=Step.IMPORT, outcomes=[]):
        return None
    return _begin(upload, _unpack(upload))


def discard(upload: LoopUpload) -> None:
    """Throw it away, unless a worker has it in hand."""
    _forget(LoopUpload.objects.filter(pk=upload.pk, state__in=[State.DONE, State.FAILED]))


@transaction.atomic
def _forget(rows: QuerySet[LoopUpload]) -> None:
    """Delete them. Of an import that failed in the middle, the record of what went in stays."""
    begun = rows.filter(step=Step.IMPORT, state=State.FAILED).exclude(outcomes=[])
    for upload in begun.defer("archive").select_for_update():
        runs.keep(upload)
    rows.delete()


def try_again(upload: LoopUpload) -> None:
    """The same step once more, after it failed."""
    if jobs.ask_again(LoopUpload.objects.filter(pk=upload.pk, state=State.FAILED)):
        hint(upload.pk)


def _begin(upload: LoopUpload, files: Files) -> LoopUpload:
    if sum(len(data) for _, data in files) <= SMALL_BYTES:
        run(upload.pk)
    else:
        hint(upload.pk)
    upload.refresh_from_db()
    return upload


def hint(id: UUID) -> None:
    """Tell a worker to look at once."""
    jobs.hint(app, TASK, id)


def run(id: UUID | str) -> LoopUpload | None:
    """Do the step that was asked for; None where another has it or it is over."""
    attempt = jobs.claim(LoopUpload.objects.all(), id)
    if attempt is None:
        return None
    upload = LoopUpload.objects.select_related("requested_by").get(pk=id)
    return jobs.carry_out(upload, attempt, _work, sentence=_sentence, again=hint)


def sweep() -> list[UUID]:
    """Do what waits and what its worker left, and forget what is a day old; the ids taken up."""
    _forget(LoopUpload.objects.expired())
    return [id for id in jobs.waiting(LoopUpload.objects.all()) if run(id)]


def _work(upload: LoopUpload, attempt: int) -> None:
    owner = upload.requested_by
    assert owner is not None  # by a constraint
    if not owner.is_recruiter:
        raise Refused("You may no longer import anything.")
    files = [SourceFile(n, partial(bytes, data)) for n, data in _unpack(upload)]
    if upload.step == Step.CHECK:
        _check(upload, attempt, files, owner)
    else:
        _import(upload, attempt, files, owner)


def _check(upload: LoopUpload, attempt: int, files: list[SourceFile], owner: User) -> None:
    """What importing would do. Files that nothing would be imported of are not kept."""
    with jobs.from_outside(upload, attempt) as tell:
        report = import_files(
            files, dry_run=True, by=owner, tell=lambda share: tell(int(95 * share))
        )
    upload.outcomes = [each.outcome for each in report.files]
    kept = {} if upload.changes_anything else {"archive": None}
    with transaction.atomic():
        jobs.finish(upload, attempt, outcomes=upload.outcomes, **kept)
        if upload.refused and kept:  # it ends here
            runs.keep(upload)


def _import(upload: LoopUpload, attempt: int, files: list[SourceFile], owner: User) -> None:
    """File by file, each with the word that it is done: another worker goes on where this ended."""
    version, units = RubricVersion.objects.current(), group(files)
    for done in range(len(upload.outcomes), len(units)):
        with transaction.atomic():
            with jobs.from_outside(upload, attempt):  # a unit may be a season
                report = import_unit(units[done], version, owner)
            upload.outcomes.append(report.outcome)
            share = 95 * (done + 1) // len(units)
            jobs.advance(upload, attempt, share, outcomes=upload.outcomes)
    with transaction.atomic():
        jobs.finish(upload, attempt, archive=None)
        runs.keep(upload)


def _sentence(error: Exception) -> str:
    """For its owner: what went wrong, without anything out of the files."""
    if isinstance(error, Refused):
        return str(error)
    if isinstance(error, RubricVersion.DoesNotExist):
        return "No rubric is published yet, so that nothing can be imported."
    return f"Working on the files failed ({type(error).__name__}); the log has the details."


def _pack(files: Files) -> bytes:
    """Their contents in order, under numbers: a name may be anything, and is kept in the row."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for at, (_, data) in enumerate(files):
            archive.writestr(str(at), data)
    return out.getvalue()


def _unpack(upload: LoopUpload) -> list[tuple[str, bytes]]:
    if upload.archive is None:
        return []
    with zipfile.ZipFile(BytesIO(bytes(upload.archive))) as archive:
        return [(name, archive.read(str(at))) for at, name in enumerate(upload.names)]
