"""Interviews and committee seats of one loop: for recruiters."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from accounts.access import PersonsRequest, for_roles
from accounts.models import Role, User
from accounts.time_zones import zone_of
from interviews import committee_seats, scheduling
from interviews.forms import CommitteeSeatForm, InterviewForm, RecusalForm
from interviews.models import CommitteeSeat, Interview, Loop, Seat
from interviews.refusals import Refused
from interviews.rounds import round_choices
from interviews.scorecard_facts import owed_by
from interviews.times import is_unusual

recruiters_only = for_roles(Role.RECRUITER)


@recruiters_only
def add_interview(request: PersonsRequest, pk: UUID) -> HttpResponse:
    loop = get_object_or_404(Loop.objects.planned_by(request.user).select_related("opening"), pk=pk)
    form = InterviewForm(request.POST or None, rounds=round_choices(loop.opening))

    def schedule(**data: Any) -> None:
        made = scheduling.schedule(request.user, loop, **data)
        _warn(request, form, made.pk)

    return _form_page(request, loop, form, schedule, "Add an interview", "Scheduled.")


@recruiters_only
def edit_interview(request: PersonsRequest, pk: UUID) -> HttpResponse:
    interview = interview_planned_by(request.user, pk)
    rounds = round_choices(interview.loop.opening)
    form = InterviewForm(request.POST or None, rounds=rounds, interview=interview)

    def change(**data: Any) -> None:
        scheduling.reschedule(request.user, interview, **data)
        _warn(request, form, interview.pk)

    title = "Change the interview"
    return _form_page(request, interview.loop, form, change, title, "Saved.", interview=interview)


@recruiters_only
def cancel_interview(request: PersonsRequest, pk: UUID) -> HttpResponse:
    interview = interview_planned_by(request.user, pk)
    if request.method == "POST":
        scheduling.cancel(request.user, interview)
        messages.success(request, "Cancelled. What was written in it stays.")
        return redirect("loop", interview.loop_id)
    # Whoever owes a scorecard for the candidate is not told who has begun theirs.
    owes = Loop.objects.filter(owed_by(request.user, "candidate"), pk=interview.loop_id).exists()
    begun = [] if owes else scheduling.begun(interview)
    context = {"interview": interview, "begun": begun}
    return render(request, "interviews/cancel_interview.html", context)


@recruiters_only
def check_times(request: PersonsRequest) -> HttpResponse:
    """What the chosen time is for each chosen person, and what else they have then.

    A part of the form's page, asked for while it is filled in. `interview` is the one that moves.
    """
    form = InterviewForm(request.GET, rounds=round_choices())
    form.is_valid()
    starts, ends = (form.cleaned_data.get(name) for name in ("starts_at", "ends_at"))
    rows = []
    if starts and ends and starts < ends:
        taken = _overlaps(request, form, request.GET.get("interview", ""))
        rows = [_local(person, starts, ends, taken) for person in form.people]
    return render(request, "interviews/partials/local_times.html", {"rows": rows})


def _local(person: User, starts: datetime, ends: datetime, taken: list[Seat]) -> dict[str, object]:
    """An interview as one of its people lives through it."""
    zone = zone_of(person)
    there = starts.astimezone(zone), ends.astimezone(zone)
    return {
        "person": person,
        "zone": zone,
        "starts_at": there[0],
        "ends_at": there[1],
        "is_unusual": any(map(is_unusual, there)),
        "at_the_same_time": [seat for seat in taken if seat.person_id == person.pk],
    }


def _overlaps(request: PersonsRequest, form: InterviewForm, besides: UUID | str) -> list[Seat]:
    """Only interviews that this recruiter may know of."""
    times = form.cleaned_data["starts_at"], form.cleaned_data["ends_at"]
    seen = Interview.objects.visible_to(request.user)
    found = scheduling.overlapping(seen, form.people, *times)
    return [seat for seat in found if str(seat.interview_id) != str(besides)]


def _warn(request: PersonsRequest, form: InterviewForm, pk: UUID) -> None:
    for seat in _overlaps(request, form, pk):
        candidate = seat.interview.loop.candidate
        messages.warning(
            request, f"{seat.person} has another interview at that time, with {candidate}."
        )


@recruiters_only
def add_seat(request: PersonsRequest, pk: UUID) -> HttpResponse:
    loops = Loop.objects.planned_by(request.user).select_related("candidate")
    loop = get_object_or_404(loops, pk=pk)
    form = CommitteeSeatForm(request.POST or None)
    seat = partial(committee_seats.add_seat, request.user, loop)
    return _form_page(request, loop, form, seat, "Add a committee member", "Seated.")


@recruiters_only
def recuse(request: PersonsRequest, pk: int) -> HttpResponse:
    seat = _committee_seat(request, pk)
    form = RecusalForm(request.POST or None)
    close = partial(committee_seats.recuse, request.user, seat)
    return _form_page(request, seat.loop, form, close, f"Recuse {seat.person}", "Recused.")


@recruiters_only
def make_chair(request: PersonsRequest, pk: int) -> HttpResponse:
    """Asks first: whoever has the chair now hands it over."""
    seat = _committee_seat(request, pk)
    if request.method != "POST":
        return render(request, "interviews/make_chair.html", {"seat": seat})
    try:
        committee_seats.make_chair(request.user, seat)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"{seat.person} has the chair.")
    return redirect("loop", seat.loop_id)


def _committee_seat(request: PersonsRequest, pk: int) -> CommitteeSeat:
    loops = Loop.objects.planned_by(request.user).order_by()
    seats = CommitteeSeat.objects.filter(loop__in=loops, recused_at=None)
    return get_object_or_404(seats.select_related("person", "loop__candidate"), pk=pk)


def interview_planned_by(recruiter: User, pk: UUID) -> Interview:
    loops = Loop.objects.planned_by(recruiter).order_by()
    found = Interview.objects.filter(loop__in=loops, cancelled_at=None)
    return get_object_or_404(found.select_related("loop__candidate", "loop__opening"), pk=pk)


def _form_page(
    request: PersonsRequest,
    loop: Loop,
    form: Form,
    carry_out: Callable[..., object],
    title: str,
    done: str,
    **context: object,
) -> HttpResponse:
    """Show the form; carry it out when it is valid, and put a refusal beside its field."""
    if request.method == "POST" and form.is_valid():
        try:
            carry_out(**form.cleaned_data)
        except Refused as refusal:
            form.add_error(refusal.field or None, str(refusal))
        else:
            messages.success(request, done)
            return redirect("loop", loop.pk)
    context = {"loop": loop, "form": form, "title": title, **context}
    return render(request, "interviews/loop_form.html", context)
