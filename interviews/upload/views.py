"""Adding several interviews at once: choose a file, read what it would do, and say yes."""

import csv
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from accounts.access import PersonsRequest, for_roles
from accounts.models import Role
from config.text import counted
from interviews.forms import InterviewUploadForm
from interviews.models import InterviewUpload, Opening
from interviews.upload import plan_json, rows, table, uploads

PER_PAGE = 100
BOM = "\ufeff"  # by which spreadsheet programs know that a CSV file is UTF-8

recruiters_only = for_roles(Role.RECRUITER)


@recruiters_only
def upload_interviews(request: PersonsRequest, opening: UUID) -> HttpResponse:
    """The form; sent with a file, on to what that would do. Nothing is created here."""
    of = get_object_or_404(Opening.objects.visible_to(request.user), pk=opening)
    form = InterviewUploadForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    if form.is_bound and form.is_valid():
        chosen = form.cleaned_data["chosen"]
        data = chosen.read(table.MAX_BYTES + 1)
        upload = uploads.receive(request.user, of, chosen.name or "file", data)
        if not upload.refusal:
            return redirect(upload)
        form.add_error("chosen", upload.refusal)
        upload.delete()  # it is told where the file was chosen
    waiting = InterviewUpload.objects.visible_to(request.user).unfinished().filter(opening=of)
    waiting = waiting.defer("file", "table", "plan")
    context = {"form": form, "opening": of, "rows": table.MAX_ROWS, "uploads": waiting}
    return render(request, "interviews/upload/add.html", context)


@recruiters_only
def interview_upload(request: PersonsRequest, opening: UUID, pk: UUID) -> HttpResponse:
    """What each row would do; sent back with the digest of that, has it done."""
    upload = _mine(request, opening, pk)
    if request.method == "POST":
        return _confirm(request, upload)
    context: dict[str, Any] = {"upload": upload, "opening": upload.opening}
    if upload.is_open or upload.state == upload.State.FAILED or upload.refusal:
        return render(request, "interviews/upload/working.html", context)
    if upload.step == upload.Step.CARRY_OUT:
        messages.success(request, _done(upload))
        return redirect("opening", upload.opening_id)
    made, only = plan_json.unpack(upload.plan), request.GET.get("only", "")
    steps = [step for step in made.steps if not only or step.verdict == only]
    context |= {
        "plan": made,
        "counts": [(v.value, v.label, n) for v, n in made.counts.items() if n],
        "only": only,
        "page": Paginator(steps, PER_PAGE).get_page(request.GET.get("page")),
    }
    return render(request, "interviews/upload/preview.html", context)


@recruiters_only
@require_safe
def state(request: PersonsRequest, opening: UUID, pk: UUID) -> JsonResponse:
    upload = _mine(request, opening, pk)
    return JsonResponse({"state": upload.state, "progress": upload.progress})


@require_safe
@recruiters_only
def template(request: PersonsRequest, opening: UUID) -> HttpResponse:
    """A CSV file with the header and one row to type over."""
    response = HttpResponse(BOM, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="interviews.csv"'
    writer = csv.writer(response)
    writer.writerow(rows.COLUMNS.values())
    example = ["Ada Example", "ada@mailbox.example", "", "", "behavioral"]
    times = ["2026-12-01 09:30", "2026-12-01 10:30", request.user.time_zone]
    writer.writerow([*example, *times, "interviewer@company.example", "", ""])
    return response


def _mine(request: PersonsRequest, opening: UUID, pk: UUID) -> InterviewUpload:
    mine = InterviewUpload.objects.visible_to(request.user).filter(opening=opening)
    return get_object_or_404(mine.select_related("opening").defer("file"), pk=pk)


def _confirm(request: PersonsRequest, upload: InterviewUpload) -> HttpResponse:
    """Or the same step again, where it failed; or away with it."""
    if "discard" in request.POST:
        uploads.UPLOADS.discard(InterviewUpload.objects.filter(pk=upload.pk))
        messages.success(request, f"{upload} was thrown away. Nothing was added.")
        return redirect("upload_interviews", upload.opening_id)
    if "again" in request.POST:
        uploads.UPLOADS.try_again(upload)
    elif not uploads.confirm(upload, request.POST.get("digest", "")):
        messages.warning(request, "This is not what was shown, or it was confirmed already.")
    return redirect(upload)


def _done(upload: InterviewUpload) -> str:
    made = upload.made
    added = [counted(thing, made[f"{thing}s"]) for thing in ("candidate", "loop", "interview")]
    return f"{upload}: added {', '.join(added)}; changed {made['changed']}."
