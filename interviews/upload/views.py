"""Many candidates and interviews at once: choose a file, read what it would do, and say yes."""

import csv
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.access import PersonsRequest, for_roles
from accounts.models import Role
from config.text import counted
from interviews.forms import BulkForm
from interviews.models import InterviewUpload, Opening
from interviews.upload import plan, plan_json, rows, table
from interviews.upload import uploads as bulk_uploads

PER_PAGE = 100
BOM = "\ufeff"  # by which spreadsheet programs know that a CSV file is UTF-8

recruiters_only = for_roles(Role.RECRUITER)


@recruiters_only
@never_cache
def bulk_add(request: PersonsRequest, pk: UUID) -> HttpResponse:
    """The form; sent with a file, on to what that would do. Nothing is created here."""
    opening = get_object_or_404(Opening.objects.visible_to(request.user), pk=pk)
    form = BulkForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    if form.is_bound and form.is_valid():
        chosen = form.cleaned_data["chosen"]
        data = chosen.read(table.MAX_BYTES + 1)
        upload = bulk_uploads.receive(request.user, opening, chosen.name or "file", data)
        if not upload.refusal:
            return redirect("bulk_preview", upload.pk)
        form.add_error("chosen", upload.refusal)
        upload.delete()  # it is told where the file was chosen
    uploads = InterviewUpload.objects.visible_to(request.user).unfinished().filter(opening=opening)
    uploads = uploads.defer("file", "table", "plan")
    context = {"form": form, "opening": opening, "rows": table.MAX_ROWS, "uploads": uploads}
    return render(request, "interviews/upload/add.html", context)


@recruiters_only
@never_cache
def bulk_preview(request: PersonsRequest, pk: UUID) -> HttpResponse:
    """What each row would do; sent back with the digest of that, has it done."""
    upload = _mine(request, pk)
    if request.method == "POST":
        return _confirm(request, upload)
    return _show(request, upload)


@recruiters_only
@require_safe
@never_cache
def bulk_state(request: PersonsRequest, pk: UUID) -> JsonResponse:
    upload = _mine(request, pk)
    return JsonResponse({"state": upload.state, "progress": upload.progress})


@require_safe
@recruiters_only
def bulk_template(request: PersonsRequest) -> HttpResponse:
    """A CSV file with the header and one row to type over."""
    response = HttpResponse(BOM, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="interviews.csv"'
    writer = csv.writer(response)
    writer.writerow(rows.COLUMNS.values())
    example = ["Ada Example", "ada@mailbox.example", "", "", "behavioral"]
    times = ["2026-12-01 09:30", "2026-12-01 10:30", request.user.time_zone]
    writer.writerow([*example, *times, "interviewer@company.example", "", ""])
    return response


def _mine(request: PersonsRequest, pk: UUID) -> InterviewUpload:
    uploads = InterviewUpload.objects.visible_to(request.user).select_related("opening")
    return get_object_or_404(uploads.defer("file"), pk=pk)


def _show(request: PersonsRequest, upload: InterviewUpload) -> HttpResponse:
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
        "counts": [(v.value, plan.TITLES[v], n) for v, n in made.counts.items() if n],
        "only": only,
        "page": Paginator(steps, PER_PAGE).get_page(request.GET.get("page")),
    }
    return render(request, "interviews/upload/preview.html", context)


def _confirm(request: PersonsRequest, upload: InterviewUpload) -> HttpResponse:
    """Or the same step again, where it failed; or away with it."""
    if "discard" in request.POST:
        bulk_uploads.discard(InterviewUpload.objects.filter(pk=upload.pk))
        messages.success(request, f"{upload.file_name} was thrown away. Nothing was added.")
        return redirect("bulk_add", upload.opening_id)
    if "again" in request.POST:
        bulk_uploads.try_again(upload)
    elif not bulk_uploads.confirm(upload, request.POST.get("digest", "")):
        messages.warning(request, "This is not what was shown, or it was confirmed already.")
    return redirect("bulk_preview", upload.pk)


def _done(upload: InterviewUpload) -> str:
    made = upload.made
    added = [counted(thing, made[f"{thing}s"]) for thing in ("candidate", "loop", "interview")]
    return f"{upload.file_name}: added {', '.join(added)}; changed {made['changed']}."
