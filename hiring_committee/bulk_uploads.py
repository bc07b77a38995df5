"""Tables that recruiters upload: read and planned, and once somebody said so, carried out.

A large one is a worker's. A small one is done at once by the request that asks for it, with the
same claim: if that dies in the middle, a worker finds the row.
"""

from dataclasses import asdict
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet

from accounts import audit
from accounts.models import User
from config import jobs
from config.celery import app
from hiring_committee.models import BulkUpload
from hiring_committee.rounds import round_choices
from interviews.bulk import carry_out, kept, plan, rows, table
from interviews.models import Opening

TASK = "hiring_committee.tasks.work_on_bulk_upload"
SMALL_BYTES = 16 * 1024  # a hundred rows or so of CSV: well under a second
SMALL_ROWS = 50
Step, State = BulkUpload.Step, BulkUpload.State


class Refused(Exception):
    """Its owner may not do this any more; the message says why."""


def receive(by: User, opening: Opening, name: str, data: bytes) -> BulkUpload:
    """Put the file aside, to be read. It takes the place of one that waited for their word."""
    with transaction.atomic():
        BulkUpload.objects.expired().delete()
        discard(BulkUpload.objects.filter(requested_by=by, opening=opening))
        upload = BulkUpload.objects.create(
            opening=opening,
            requested_by=by,
            file_name=name[:200],
            file=data,
            time_zone=by.time_zone,
        )
        audit.record(by, "bulk.uploaded", upload, bytes=len(data))
    is_refused_unread = len(data) > table.MAX_BYTES
    return _begin(upload, is_small=is_refused_unread or len(data) <= SMALL_BYTES)


def confirm(upload: BulkUpload, digest: str) -> BulkUpload | None:
    """Have the plan with this digest carried out; None where that is not the one that stands."""
    if digest != upload.plan.get("digest"):
        return None
    size = len(upload.plan["steps"])
    shown = BulkUpload.objects.filter(pk=upload.pk, step=Step.PLAN, plan__digest=digest)
    if not jobs.ask_again(shown, step=Step.CARRY_OUT, news=""):
        return None
    return _begin(upload, is_small=size <= SMALL_ROWS)


def discard(uploads: QuerySet[BulkUpload]) -> None:
    """Throw away those that no worker has in hand; what was carried out stays as a record."""
    carried_out = Q(step=Step.CARRY_OUT, state=State.DONE)
    uploads.filter(state__in=[State.DONE, State.FAILED]).exclude(carried_out).delete()


def try_again(upload: BulkUpload) -> None:
    """The same step once more, after it failed."""
    if jobs.ask_again(BulkUpload.objects.filter(pk=upload.pk, state=State.FAILED)):
        hint(upload.pk)


def _begin(upload: BulkUpload, *, is_small: bool) -> BulkUpload:
    if is_small:
        run(upload.pk)
    else:
        hint(upload.pk)
    upload.refresh_from_db()
    return upload


def hint(id: UUID) -> None:
    """Tell a worker to look at once."""
    jobs.hint(app, TASK, id)


def run(id: UUID | str) -> BulkUpload | None:
    """Do the step that was asked for; None where another has it or it is over."""
    attempt = jobs.claim(BulkUpload.objects.all(), id)
    if attempt is None:
        return None
    upload = BulkUpload.objects.select_related("opening", "requested_by").get(pk=id)
    return jobs.carry_out(upload, attempt, _work, sentence=_sentence, again=hint)


def sweep() -> list[UUID]:
    """Do what waits and what its worker left, and forget what is a day old; the ids taken up."""
    BulkUpload.objects.expired().delete()
    return [id for id in jobs.waiting(BulkUpload.objects.all()) if run(id)]


def _work(upload: BulkUpload, attempt: int) -> None:
    owner = upload.requested_by
    assert owner is not None  # by a constraint
    if not Opening.objects.visible_to(owner).filter(pk=upload.opening_id).exists():
        raise Refused("You may no longer add anything to this opening.")
    if upload.step == Step.PLAN:
        _plan(upload, owner, attempt)
    else:
        _carry_out(upload, owner, attempt)


def _plan(upload: BulkUpload, owner: User, attempt: int) -> None:
    try:
        found = table.read(bytes(upload.file or b""))
        understood = _understand(upload, found)
    except table.Unreadable as fault:
        return jobs.finish(upload, attempt, refusal=str(fault), file=None)
    jobs.advance(upload, attempt, 50)
    made = plan.make(upload.opening, understood, owner)
    return jobs.finish(upload, attempt, file=None, table=asdict(found), **_kept(made))


def _kept(made: plan.Plan) -> dict[str, Any]:
    return {"plan": kept.pack(made), "is_refused": made.is_refused}


def _understand(upload: BulkUpload, found: table.Table) -> list[rows.Row]:
    return rows.understand(found, dict(round_choices(upload.opening)), upload.time_zone)


@transaction.atomic
def _carry_out(upload: BulkUpload, owner: User, attempt: int) -> None:
    """All of it, and the word that it is done; or the new plan, where something changed."""
    found = table.Table(
        tuple(upload.table["header"]),
        tuple((number, tuple(cells)) for number, cells in upload.table["rows"]),
    )
    understood = _understand(upload, found)
    try:
        with jobs.from_outside(upload, attempt):
            made = carry_out.carry_out(owner, upload.opening, understood, upload.plan["digest"])
    except carry_out.Changed as change:
        fresh = _kept(change.plan)
        return jobs.finish(upload, attempt, step=Step.PLAN, news=str(change), **fresh)
    audit.record(owner, "bulk.confirmed", upload, **asdict(made))
    return jobs.finish(upload, attempt, table={}, plan={}, made=asdict(made))


def _sentence(error: Exception) -> str:
    """For its owner: what went wrong, without anything out of the rows."""
    if isinstance(error, Refused):
        return str(error)
    return f"Working on the file failed ({type(error).__name__}); the log has the details."
