"""Reminders: the log, and when an opening's late scorecards are asked for."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.forms.models import model_to_dict
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from accounts import audit
from accounts.access import PersonsRequest, for_roles
from accounts.models import Role
from interviews.models import Opening
from recruiting.forms.reminders import ReminderScheduleForm
from recruiting.models import Reminder, ReminderSchedule

PER_PAGE = 50
recruiters_only = for_roles(Role.RECRUITER)


@recruiters_only
@require_safe
def reminder_log(request: PersonsRequest) -> HttpResponse:
    """Every reminder of loops that this recruiter may read, newest first."""
    reminders = Reminder.objects.visible_to(request.user).select_related(
        "person", "whose", "mail", "interview__loop__candidate"
    )
    page = Paginator(reminders, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "recruiting/reminders.html", {"page": page})


@recruiters_only
def opening_reminders(request: PersonsRequest, pk: UUID) -> HttpResponse:
    opening = get_object_or_404(Opening.objects.visible_to(request.user), pk=pk)
    own = ReminderSchedule.objects.filter(opening=opening).first() or ReminderSchedule()
    form = ReminderScheduleForm(request.POST or None, initial=model_to_dict(own))
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            ReminderSchedule.objects.update_or_create(opening=opening, defaults=form.cleaned_data)
            audit.record(request.user, "opening.reminders", opening, fields=form.changed_data)
        messages.success(request, "Saved. What was sent already stays sent.")
        return redirect("opening", opening.pk)
    context = {"form": form, "opening": opening}
    return render(request, "recruiting/opening_reminders.html", context)
