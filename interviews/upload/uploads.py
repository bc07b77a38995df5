"""Tables that recruiters upload: read and planned, and once somebody said so, carried out.

A large one is a worker's. A small one is done at once by the request that asks for it, with the
same claim: if that dies in the middle, a worker finds the row.
"""

from dataclasses import asdict
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet

from accounts import audit
from accounts.models import User
from config.jobs.kinds import JobKind
from config.jobs.liveness import from_outside
from config.jobs.rows import ask_again
from interviews.models import InterviewUpload, Opening
from interviews.rounds import round_choices
from interviews.upload import carry_out, plan, plan_json, rows, table

SMALL_BYTES = 16 * 1024  # a hundred rows or so of CSV: well under a second
SMALL_ROWS = 50
Step, State = InterviewUpload.Step, InterviewUpload.State


class Refused(Exception):
    """Its owner may not do this any more; the message says why."""


def receive(by: User, opening: Opening, name: str, data: bytes) -> InterviewUpload:
    """Put the file aside, to be read. It takes the place of one that waited for their word."""
    with transaction.atomic():
        forget()
        discard(InterviewUpload.objects.filter(requested_by=by, opening=opening))
        upload = InterviewUpload.objects.create(
            opening=opening,
            requested_by=by,
            file_name=name[:200],
            file=data,
            time_zone=by.time_zone,
        )
        audit.record(by, "bulk.uploaded", upload, bytes=len(data))
    is_refused_unread = len(data) > table.MAX_BYTES
    return _begin(upload, is_small=is_refused_unread or len(data) <= SMALL_BYTES)


def confirm(upload: InterviewUpload, digest: str) -> InterviewUpload | None:
    """Have the plan with this digest carried out; None where that is not the one that stands."""
    if digest != upload.plan.get("digest"):
        return None
    size = len(upload.plan["steps"])
    shown = InterviewUpload.objects.filter(pk=upload.pk, step=Step.PLAN, plan__digest=digest)
    if not ask_again(shown, step=Step.CARRY_OUT, news=""):
        return None
    return _begin(upload, is_small=size <= SMALL_ROWS)


def discard(uploads: QuerySet[InterviewUpload]) -> None:
    """Throw away those that no worker has in hand; what was carried out stays as a record."""
    carried_out = Q(step=Step.CARRY_OUT, state=State.DONE)
    uploads.filter(state__in=[State.DONE, State.FAILED]).exclude(carried_out).delete()


def try_again(upload: InterviewUpload) -> None:
    """The same step once more, after it failed."""
    if ask_again(InterviewUpload.objects.filter(pk=upload.pk, state=State.FAILED)):
        UPLOADS.hint(upload.pk)


def _begin(upload: InterviewUpload, *, is_small: bool) -> InterviewUpload:
    if is_small:
        UPLOADS.run(upload.pk)
    else:
        UPLOADS.hint(upload.pk)
    upload.refresh_from_db()
    return upload


def forget() -> None:
    """Throw away what nobody wanted within a day."""
    InterviewUpload.objects.expired().delete()


def _work(upload: InterviewUpload) -> None:
    owner = upload.requested_by
    assert owner is not None  # by a constraint
    if not Opening.objects.visible_to(owner).filter(pk=upload.opening_id).exists():
        raise Refused("You may no longer add anything to this opening.")
    if upload.step == Step.PLAN:
        _plan(upload, owner)
    else:
        _carry_out(upload, owner)


def _plan(upload: InterviewUpload, owner: User) -> None:
    try:
        found = table.read(bytes(upload.file or b""))
        understood = _understand(upload, found)
    except table.Unreadable as fault:
        return upload.finish(refusal=str(fault), file=None)
    upload.advance(50)
    made = plan.make(upload.opening, understood, owner)
    return upload.finish(file=None, table=asdict(found), **_kept(made))


def _kept(made: plan.Plan) -> dict[str, Any]:
    return {"plan": plan_json.pack(made), "is_refused": made.is_refused}


def _understand(upload: InterviewUpload, found: table.Table) -> list[rows.Row]:
    return rows.understand(found, dict(round_choices(upload.opening)), upload.time_zone)


@transaction.atomic
def _carry_out(upload: InterviewUpload, owner: User) -> None:
    """All of it, and the word that it is done; or the new plan, where something changed."""
    found = table.Table(
        tuple(upload.table["header"]),
        tuple((number, tuple(cells)) for number, cells in upload.table["rows"]),
    )
    understood = _understand(upload, found)
    try:
        with from_outside(upload):
            made = carry_out.carry_out(owner, upload.opening, understood, upload.plan["digest"])
    except carry_out.Changed as change:
        fresh = _kept(change.plan)
        return upload.finish(step=Step.PLAN, news=str(change), **fresh)
    audit.record(owner, "bulk.confirmed", upload, **asdict(made))
    return upload.finish(table={}, plan={}, made=asdict(made))


def _sentence(error: Exception) -> str:
    """For its owner: what went wrong, without anything out of the rows."""
    if isinstance(error, Refused):
        return str(error)
    return f"Working on the file failed ({type(error).__name__}); the log has the details."


UPLOADS = JobKind(
    "interview-upload", InterviewUpload, _work, _sentence, related=("opening", "requested_by")
)
