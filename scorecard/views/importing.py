"""Importing loops on the web: choose files, read what would happen, and say yes."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from accounts.access import for_roles
from accounts.models import Role
from interviews.models import Loop
from scorecard.forms.importing import ImportForm
from scorecard.importing import Report, import_files, upload
from scorecard.models import RubricVersion


@for_roles(Role.RECRUITER)
def import_page(request: HttpRequest) -> HttpResponse:
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


def _preview(request: HttpRequest, form: ImportForm) -> HttpResponse:
    files = upload.named(form.cleaned_data["chosen"])
    report = import_files(upload.source_files(files), dry_run=True, by=request.user)
    token = upload.keep(files, request.user) if report.changed else ""
    return render(request, "scorecard/import_report.html", {"report": report, "token": token})


def _import(request: HttpRequest) -> HttpResponse:
    files = upload.take_back(request.POST["upload"], request.user)
    if not files:
        messages.warning(
            request, "These files were imported, or chosen long ago. Choose them again."
        )
        return render(request, "scorecard/import.html", {"form": ImportForm()})
    report = import_files(upload.source_files(files), by=request.user)
    context = {"report": report, "loops": _loops(request, report)}
    return render(request, "scorecard/import_report.html", context)


def _loops(request: HttpRequest, report: Report) -> list[Loop]:
    """The imported loops that this person may open."""
    touched = [pk for each in report.files for pk in each.loops]
    loops = Loop.objects.visible_to(request.user).filter(pk__in=touched)
    return list(loops.select_related("candidate", "opening").order_by("candidate__name"))
