"""Many candidates and interviews at once: choose a file, read what it would do, and say yes."""

import csv
from dataclasses import asdict
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts import audit
from accounts.access import PersonsRequest, for_roles
from accounts.models import Role
from hiring_committee.models import BulkUpload
from hiring_committee.rounds import round_choices
from interviews.bulk import carry_out, plan, rows, table
from interviews.forms import BulkForm
from interviews.models import Opening

PER_PAGE = 100
BOM = "\ufeff"  # by which spreadsheet programs know that a CSV file is UTF-8

recruiters_only = for_roles(Role.RECRUITER)


@recruiters_only
def bulk_add(request: PersonsRequest, pk: UUID) -> HttpResponse:
    """The form; sent with a file, on to what that would do. Nothing is created here."""
    opening = get_object_or_404(Opening.objects.visible_to(request.user), pk=pk)
    form = BulkForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    if form.is_bound and form.is_valid():
        chosen = form.cleaned_data["chosen"]
        try:
            found = table.read(chosen.read(table.MAX_BYTES + 1))
            rows.understand(found, {}, request.user.time_zone)
        except table.Unreadable as fault:
            form.add_error("chosen", str(fault))
        else:
            kept = _keep(request, opening, chosen.name or "file", found)
            return redirect("bulk_preview", kept.pk)
    context = {"form": form, "opening": opening, "rows": table.MAX_ROWS}
    return render(request, "hiring_committee/bulk_add.html", context)


@recruiters_only
def bulk_preview(request: PersonsRequest, pk: UUID) -> HttpResponse:
    """What each row would do as things stand now; sent back with the digest of that, does it."""
    uploads = BulkUpload.objects.visible_to(request.user).filter(confirmed_at=None)
    upload = get_object_or_404(uploads.select_related("opening"), pk=pk)
    if request.method == "POST":
        return _confirm(request, upload)
    return _show(request, upload, plan.make(upload.opening, _rows(upload), request.user))


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


@transaction.atomic
def _keep(request: PersonsRequest, opening: Opening, name: str, found: table.Table) -> BulkUpload:
    """Put the rows aside, and throw away what nobody confirmed in time."""
    BulkUpload.objects.expired().delete()
    upload = BulkUpload.objects.create(
        opening=opening,
        uploaded_by=request.user,
        file_name=name[:200],
        time_zone=request.user.time_zone,
        table=asdict(found),
    )
    audit.record(request.user, "bulk.uploaded", upload, rows=len(found.rows))
    return upload


def _rows(upload: BulkUpload) -> list[rows.Row]:
    kept = upload.table
    read = tuple((number, tuple(cells)) for number, cells in kept["rows"])
    found = table.Table(tuple(kept["header"]), read)
    return rows.understand(found, dict(round_choices(upload.opening)), upload.time_zone)


def _show(request: PersonsRequest, upload: BulkUpload, made: plan.Plan) -> HttpResponse:
    only = request.GET.get("only", "")
    steps = [step for step in made.steps if not only or step.verdict == only]
    context: dict[str, Any] = {
        "upload": upload,
        "opening": upload.opening,
        "plan": made,
        "counts": [(v.value, plan.TITLES[v], n) for v, n in made.counts.items() if n],
        "only": only,
        "page": Paginator(steps, PER_PAGE).get_page(request.GET.get("page")),
    }
    return render(request, "hiring_committee/bulk_preview.html", context)


def _confirm(request: PersonsRequest, upload: BulkUpload) -> HttpResponse:
    digest = request.POST.get("digest", "")
    try:
        with transaction.atomic():
            taken = BulkUpload.objects.filter(pk=upload.pk, confirmed_at=None)
            read = _rows(upload)
            if not taken.update(confirmed_at=timezone.now(), table={}):
                messages.warning(request, "This upload was confirmed already.")
                return redirect("opening", upload.opening_id)
            made = carry_out.carry_out(request.user, upload.opening, read, digest)
            audit.record(request.user, "bulk.confirmed", upload, **asdict(made))
    except carry_out.Changed as refusal:
        messages.warning(request, str(refusal))
        return _show(request, upload, refusal.plan)
    messages.success(
        request,
        f"Added {made.candidates} candidates, {made.loops} loops and {made.interviews} interviews;"
        f" changed {made.changed}.",
    )
    return redirect("opening", upload.opening_id)
