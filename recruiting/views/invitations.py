"""Who was told what of an interview."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from accounts.access import PersonsRequest, for_roles
from accounts.models import Role
from interviews.views.schedule import interview_planned_by
from recruiting.invitations import mails


@for_roles(Role.RECRUITER)
def invitations(request: PersonsRequest, pk: UUID) -> HttpResponse:
    """Who was told what of this interview; a POST tells one of them, or all, once more."""
    interview = interview_planned_by(request.user, pk)
    rows = mails.invited(interview)
    if request.method == "POST":
        chosen = request.POST.get("person", "")
        people = [seat.person_id for seat, _ in rows if chosen in ("all", str(seat.person_id))]
        if sent := mails.send_again(request.user, interview, people):
            names = ", ".join(each.person.name for each in sent)
            messages.success(request, f"On its way again: the invitation to {names}.")
        else:
            messages.warning(request, "Nobody was written to: the interview or the seat is gone.")
        return redirect("invitations", interview.pk)
    is_over = mails.times_of(interview).is_over(timezone.now())
    context = {"interview": interview, "rows": rows, "is_over": is_over}
    return render(request, "recruiting/invitations.html", context)
