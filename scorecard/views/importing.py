"""Importing loops on the web: choose files, read what would happen, and say yes."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from accounts.access import PersonsRequest, for_roles
from accounts.models import Role
from interviews.models import Loop
from scorecard.forms.importing import ImportForm
from scorecard.importing import Report, import_files, runs, upload
from scorecard.models import ImportRun, RubricVersion

PER_PAGE = 25
recruiters_only = for_roles(Role.RECRUITER)


@recruiters_only
def import_page(request: PersonsRequest) -> HttpResponse:
    """The form; sent with files, what importing them would do; sent again, having done it."""
    try:
        if "upload" in request.POST:
            return _import(request)
        posted = (request.POST, request.FILES) if request.method == "POST" else ()
        form = ImportForm(*posted)
        if form.is_bound and form.is_valid():
            return _preview(request, form)
    except RubricVersion.DoesNotExist:
        messages.error(request, "No rubric is published yet, so that nothing can be imported.")
        form = ImportForm()
    return render(request, "scorecard/import.html", {"form": form})


def _preview(request: PersonsRequest, form: ImportForm) -> HttpResponse:
    files = upload.named(form.cleaned_data["chosen"])
    report = import_files(upload.source_files(files), dry_run=True, by=request.user)
    token = upload.keep(files, request.user) if report.changed else ""
    if report.refused and not token:  # it ends here
        runs.keep(report, request.user)
    return render(request, "scorecard/import_report.html", {"report": report, "token": token})


def _import(request: PersonsRequest) -> HttpResponse:
    files = upload.take_back(request.POST["upload"], request.user)
    if not files:
        messages.warning(
            request, "These files were imported, or chosen long ago. Choose them again."
        )
        return render(request, "scorecard/import.html", {"form": ImportForm()})
    report = import_files(upload.source_files(files), by=request.user)
    runs.keep(report, request.user)
    context = {"report": report, "loops": _loops(request, report)}
    return render(request, "scorecard/import_report.html", context)


def _loops(request: PersonsRequest, report: Report) -> list[Loop]:
    """The imported loops that this person may open."""
    touched = [pk for each in report.files for pk in each.loops]
    loops = Loop.objects.visible_to(request.user).filter(pk__in=touched)
    return list(loops.select_related("candidate", "opening").order_by("candidate__name"))


@require_safe
@recruiters_only
def import_runs(request: PersonsRequest) -> HttpResponse:
    """One's own imports, newest first, with what was refused and why."""
    page = Paginator(ImportRun.objects.visible_to(request.user), PER_PAGE)
    return render(
        request, "scorecard/import_runs.html", {"page": page.get_page(request.GET.get("page"))}
    )


@require_POST
@recruiters_only
def settle_import(request: PersonsRequest, pk: UUID) -> HttpResponse:
    """A failed import no longer stands on Home; its record stays."""
    runs.settle(get_object_or_404(ImportRun.objects.visible_to(request.user), pk=pk, refused__gt=0))
    return redirect("import_runs")
