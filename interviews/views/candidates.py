"""Who a candidate is: for recruiters, and never for the candidate."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from accounts.access import PersonsRequest, for_roles
from accounts.models import Role
from interviews import candidates
from interviews.forms import CandidateForm
from interviews.models import Candidate, Loop
from interviews.refusals import Refused


@for_roles(Role.RECRUITER)
def edit_candidate(request: PersonsRequest, pk: UUID) -> HttpResponse:
    loops = Loop.objects.planned_by(request.user).order_by()
    candidate = get_object_or_404(Candidate, pk__in=loops.values("candidate"), pk=pk)
    form = CandidateForm(request.POST or None, instance=candidate)
    if request.method == "POST" and form.is_valid():
        try:
            candidates.change_candidate(request.user, form.save(commit=False))
        except Refused as refusal:
            form.add_error(refusal.field or None, str(refusal))
        else:
            messages.success(request, f"{candidate} is saved.")
            return redirect("loops")
    candidate.refresh_from_db()
    context = {"form": form, "title": f"Change {candidate}", "opening": None}
    return render(request, "interviews/candidate_form.html", {**context, "candidate": candidate})
