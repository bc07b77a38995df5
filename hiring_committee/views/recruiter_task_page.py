"""Tasks of the recruiter: marking one done by hand."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from accounts.access import PersonsRequest, for_roles
from accounts.models import Role
from hiring_committee import recruiter_tasks
from hiring_committee.forms import TaskDoneForm
from hiring_committee.models import RecruiterTask
from hiring_committee.steps import Refused


@for_roles(Role.RECRUITER)
def task_done(request: PersonsRequest, pk: int) -> HttpResponse:
    tasks = RecruiterTask.objects.visible_to(request.user).open()
    task = get_object_or_404(tasks.select_related("loop__candidate", "requested_by"), pk=pk)
    form = TaskDoneForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            recruiter_tasks.close(request.user, task, reason=form.cleaned_data["reason"])
        except Refused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, "Done.")
        return redirect("loop", task.loop_id)
    return render(request, "hiring_committee/task_done.html", {"task": task, "form": form})
