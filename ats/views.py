"""Importing loops on the web: choose files, read what would happen, and say yes."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from accounts.access import PersonsRequest, for_roles
from accounts.models import Role
from ats.forms import ImportForm
from ats.importing import earlier_imports, uploads
from ats.models import ImportRun, ImportUpload
from interviews.models import Loop
from rubric.models import RubricVersion

PER_PAGE = 25
recruiters_only = for_roles(Role.RECRUITER)


@recruiters_only
def import_page(request: PersonsRequest) -> HttpResponse:
    """The form; sent with files, on to what importing them would do. Nothing is stored here."""
    form = ImportForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    if form.is_bound and form.is_valid():
        if RubricVersion.objects.exists():
            upload = uploads.receive(request.user, uploads.named(form.cleaned_data["chosen"]))
            return redirect(upload)
        form.add_error(None, "No rubric is published yet, so that nothing can be imported.")
    mine = ImportUpload.objects.visible_to(request.user).unfinished().defer("file", "outcomes")
    return render(request, "ats/import.html", {"form": form, "uploads": mine})


@recruiters_only
def import_upload(request: PersonsRequest, pk: UUID) -> HttpResponse:
    """What importing would do, or did; until then, how far it is. A POST has it imported."""
    upload = get_object_or_404(ImportUpload.objects.visible_to(request.user), pk=pk)
    if request.method == "POST":
        return _confirm(request, upload)
    if upload.is_open or upload.state == upload.State.FAILED:
        return render(request, "ats/import_working.html", {"upload": upload})
    context = {"upload": upload, "loops": _loops(request, upload)}
    return render(request, "ats/import_report.html", context)


def _confirm(request: PersonsRequest, upload: ImportUpload) -> HttpResponse:
    """Or the same step again, where it failed; or away with it."""
    if "discard" in request.POST:
        uploads.UPLOADS.discard(ImportUpload.objects.filter(pk=upload.pk))
        messages.success(request, "The files were thrown away.")
        return redirect("import")
    if "again" in request.POST:
        uploads.UPLOADS.try_again(upload)
    elif not uploads.confirm(upload):
        messages.warning(request, "These files were imported already.")
    return redirect(upload)


@recruiters_only
@require_safe
def import_state(request: PersonsRequest, pk: UUID) -> JsonResponse:
    mine = ImportUpload.objects.visible_to(request.user).defer("file", "outcomes")
    upload = get_object_or_404(mine, pk=pk)
    return JsonResponse({"state": upload.state, "progress": upload.progress})


def _loops(request: PersonsRequest, upload: ImportUpload) -> list[Loop]:
    """The imported loops that this person may open."""
    if upload.step != upload.Step.CARRY_OUT:
        return []
    touched = [pk for each in upload.outcomes for pk in each["loops"]]
    loops = Loop.objects.visible_to(request.user).filter(pk__in=touched)
    return list(loops.select_related("candidate", "opening").order_by("candidate__name"))


@require_safe
@recruiters_only
def import_runs(request: PersonsRequest) -> HttpResponse:
    """One's own imports, newest first, with what was refused and why."""
    runs = Paginator(ImportRun.objects.visible_to(request.user), PER_PAGE)
    page = runs.get_page(request.GET.get("page"))
    return render(request, "ats/import_runs.html", {"page": page})


@require_POST
@recruiters_only
def settle_import(request: PersonsRequest, pk: UUID) -> HttpResponse:
    """A failed import no longer stands on Home; its record stays."""
    earlier_imports.settle(
        get_object_or_404(ImportRun.objects.visible_to(request.user), pk=pk, refused__gt=0)
    )
    return redirect("import_runs")
