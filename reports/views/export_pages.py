"""The page of exports: ask for one, see how far it is, fetch it, delete it."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from accounts.access import PersonsRequest, for_roles
from accounts.models import Role
from reports.exports import jobs
from reports.exports.sheet import Refused
from reports.forms import ExportForm
from reports.models import Export, export_kinds_for

PER_PAGE = 25
for_exporters = for_roles(Role.RECRUITER, Role.ADMINISTRATOR)


@for_exporters
def export_list(request: PersonsRequest) -> HttpResponse:
    """The form and one's own exports, newest first; a POST asks for another."""
    form = ExportForm(request.POST or None, kinds=export_kinds_for(request.user))
    if request.method == "POST" and form.is_valid():
        jobs.request_export(request.user, **form.cleaned_data)
        messages.success(request, "Asked for. You may leave this page; it is kept here for you.")
        return redirect("exports")
    mine = Export.objects.visible_to(request.user).defer("loops")
    page = Paginator(mine, PER_PAGE).get_page(request.GET.get("page"))
    context = {"form": form, "page": page}
    return render(request, "reports/exports.html", context)


@for_exporters
@require_safe
def export_state(request: PersonsRequest, pk: UUID) -> JsonResponse:
    """How far it is, for the row on the page: state, words, percent."""
    export = _mine(request, pk)
    says = {"says": export.get_state_display(), "progress": export.progress}
    return JsonResponse({"state": export.state, **says})


@for_exporters
@require_safe
def export_file(request: PersonsRequest, pk: UUID) -> HttpResponse | FileResponse:
    export = _mine(request, pk)
    if not export.is_kept():
        messages.error(request, "This file is no longer kept. Ask for it again.")
        return redirect("exports")
    try:
        path = jobs.fetch(export, request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("exports")
    return FileResponse(path.open("rb"), as_attachment=True, filename=export.filename)


@for_exporters
@require_POST
def retry_export(request: PersonsRequest, pk: UUID) -> HttpResponse:
    """Ask for the same again, as a new export."""
    export = _mine(request, pk)
    jobs.request_export(request.user, export.kind, export.format)
    messages.success(request, "Asked for again.")
    return redirect("exports")


@for_exporters
@require_POST
def delete_export(request: PersonsRequest, pk: UUID) -> HttpResponse:
    jobs.discard(_mine(request, pk), request.user, why="by hand")
    messages.success(request, "The file is deleted.")
    return redirect("exports")


def _mine(request: PersonsRequest, pk: UUID) -> Export:
    return get_object_or_404(Export.objects.visible_to(request.user), pk=pk)
