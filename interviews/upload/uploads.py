"""Tables that recruiters upload: read and planned, and once somebody said so, carried out."""

from dataclasses import asdict
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q

from accounts import audit
from accounts.models import User
from config.jobs.liveness import from_outside
from config.jobs.upload import UploadKind, sentence
from interviews.models import InterviewUpload, Opening
from interviews.refusals import Refused
from interviews.rounds import round_choices
from interviews.upload import carry_out, plan, plan_json, rows, table

SMALL_BYTES = 16 * 1024  # a hundred rows or so of CSV: well under a second
SMALL_ROWS = 50
CHANGED = "Something changed since this was shown. Look at it again."


def receive(by: User, opening: Opening, name: str, data: bytes) -> InterviewUpload:
    """Put the file aside, to be read. It takes the place of one that waited for their word."""
    with transaction.atomic():
        UPLOADS.discard(InterviewUpload.objects.filter(requested_by=by, opening=opening))
        upload = InterviewUpload.objects.create(
            opening=opening,
            requested_by=by,
            file_name=name[:200],
            file=data,
            time_zone=by.time_zone,
        )
        audit.record(by, "interview-upload.received", upload, bytes=len(data))
    return UPLOADS.begin(upload)


def confirm(upload: InterviewUpload, digest: str) -> InterviewUpload | None:
    """Have the plan with this digest carried out; None where that is not the one that stands."""
    if digest != upload.plan.get("digest"):  # whatever was sent never reaches the database
        return None
    return UPLOADS.confirm(upload, Q(plan__digest=digest), news="")


def _is_small(upload: InterviewUpload) -> bool:
    """A file over the limit is refused unread."""
    if upload.step == upload.Step.CARRY_OUT:
        return len(upload.plan["steps"]) <= SMALL_ROWS
    size = len(upload.file or b"")
    return size <= SMALL_BYTES or size > table.MAX_BYTES


def _work(upload: InterviewUpload) -> None:
    owner = upload.requested_by
    assert owner is not None  # by a constraint
    if not Opening.objects.visible_to(owner).filter(pk=upload.opening_id).exists():
        raise PermissionDenied("You may no longer add anything to this opening.")
    if upload.step == upload.Step.READ:
        _plan(upload, owner)
    else:
        _carry_out(upload, owner)


def _plan(upload: InterviewUpload, owner: User) -> None:
    try:
        found = table.read(bytes(upload.file or b""))
        understood = _understand(upload, found)
    except Refused as fault:
        return upload.finish(refusal=str(fault), file=None)
    upload.advance(50)
    made = plan.make(upload.opening, understood, owner)
    return upload.finish(file=None, table=asdict(found), **_stored(made))


def _stored(made: plan.Plan) -> dict[str, Any]:
    return {"plan": plan_json.pack(made), "is_refused": made.is_refused}


def _understand(upload: InterviewUpload, found: table.Table) -> list[rows.Row]:
    return rows.understand(found, dict(round_choices(upload.opening)), upload.time_zone)


@transaction.atomic
def _carry_out(upload: InterviewUpload, owner: User) -> None:
    """All of it, and the word that it is done; or the new plan, where something changed."""
    lines = tuple((number, tuple(cells)) for number, cells in upload.table["rows"])
    understood = _understand(upload, table.Table(tuple(upload.table["header"]), lines))
    with from_outside(upload):
        made = carry_out.carry_out(owner, upload.opening, understood, upload.plan["digest"])
    if made is None:
        fresh = _stored(plan.make(upload.opening, understood, owner))
        return upload.finish(step=upload.Step.READ, news=CHANGED, **fresh)
    audit.record(owner, "interview-upload.carried-out", upload, made=made)
    return upload.finish(table={}, plan={}, made=made)


UPLOADS = UploadKind(
    "interview-upload",
    InterviewUpload,
    _work,
    sentence,
    related=("opening", "requested_by"),
    is_small=_is_small,
)
