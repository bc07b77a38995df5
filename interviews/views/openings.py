"""Openings, and the loops of one: for recruiters."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from accounts.access import PersonsRequest, for_roles
from accounts.models import Role
from interviews import candidates, openings
from interviews.forms import LoopForm, OpeningForm
from interviews.hiring_bar import BarForm
from interviews.models import Loop, Opening
from interviews.refusals import Refused
from interviews.rounds import round_choices

PER_PAGE = 25
SAVED_BAR = "The bar is saved. Packets that were built against the old one are built again."

recruiters_only = for_roles(Role.RECRUITER)


@recruiters_only
def opening_list(request: PersonsRequest) -> HttpResponse:
    """With the number of loops that this recruiter may know of."""
    loops = Loop.objects.visible_to(request.user).filter(opening=OuterRef("pk")).order_by()
    counted = loops.values("opening").annotate(n=Count("pk")).values("n")
    found = Opening.objects.visible_to(request.user).annotate(
        loop_count=Coalesce(Subquery(counted), 0)
    )
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "interviews/openings.html", {"page": page})


@recruiters_only
def add_opening(request: PersonsRequest) -> HttpResponse:
    return _opening_form(request, Opening(), "Add an opening")


@recruiters_only
def edit_opening(request: PersonsRequest, pk: UUID) -> HttpResponse:
    shown = get_object_or_404(Opening.objects.visible_to(request.user), pk=pk)
    return _opening_form(request, shown, f"Change {shown}")


def _opening_form(request: PersonsRequest, shown: Opening, title: str) -> HttpResponse:
    form = OpeningForm(request.POST or None, instance=shown, rounds=round_choices())
    if request.method == "POST" and form.is_valid():
        seats = {name: form.cleaned_data[name] for name in ("committee", "chair")}
        saved = openings.save_opening(request.user, form.save(commit=False), **seats)
        messages.success(request, f"{saved} is saved.")
        return redirect("opening", saved.pk)
    context = {"form": form, "title": title, "opening": None if shown._state.adding else shown}
    return render(request, "interviews/opening_form.html", context)


@recruiters_only
def opening_bar(request: PersonsRequest, pk: UUID) -> HttpResponse:
    """What the opening asks of each dimension, with what its level asks beside it."""
    shown = get_object_or_404(Opening.objects.visible_to(request.user), pk=pk)
    rubric = shown.current_rubric
    form = BarForm(request.POST or None, rubric=rubric, level=shown.level, edited=shown.bar)
    if request.method == "POST" and ("reset" in request.POST or form.is_valid()):
        bar = {} if "reset" in request.POST else form.bar()
        changed = openings.change_bar(request.user, shown, bar)
        messages.success(request, SAVED_BAR if changed else "The bar is as it was.")
        return redirect("opening", shown.pk)
    context = {"form": form, "opening": shown, "level": rubric.levels[shown.level]}
    return render(request, "interviews/opening_bar.html", context)


@recruiters_only
def add_loop(request: PersonsRequest, pk: UUID) -> HttpResponse:
    shown = get_object_or_404(Opening.objects.visible_to(request.user), pk=pk)
    form = LoopForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            loop = candidates.add_loop(request.user, shown, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(refusal.field or None, str(refusal))
        else:
            messages.success(request, f"{loop.candidate} is in. Now add the interviews.")
            return redirect("loop", loop.pk)
    context = {"form": form, "title": "Add a candidate", "opening": shown}
    return render(request, "interviews/opening_form.html", context)
