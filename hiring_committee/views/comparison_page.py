"""Candidates of one opening side by side, for those who read their packets."""

from typing import Any

from django import forms
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.access import PersonsRequest, for_roles
from accounts.forms import offer_rows
from accounts.models import Role, User
from hiring_committee.comparison import packets_of
from hiring_committee.packet_document import document_of
from hiring_committee.steps import Refused
from interviews.models import Loop
from packets.page.comparison import comparison
from scorecard.access import loops_read_by


class ChosenLoops(forms.Form):
    """As the address has them: `?loop=<id>&loop=<id>`."""

    loop = forms.ModelMultipleChoiceField(queryset=Loop.objects.none(), required=False)

    def __init__(self, given: QueryDict, reader: User) -> None:
        super().__init__(given)
        offer_rows(self, "loop", loops_read_by(reader).select_related("candidate"))


@require_safe
@for_roles(Role.RECRUITER, Role.COMMITTEE)
def compare(request: PersonsRequest) -> HttpResponse:
    """Two to four loops; one that is not this reader's is no such loop."""
    form = ChosenLoops(request.GET, request.user)
    if not form.is_valid():
        raise Http404
    context: dict[str, Any] = {}
    try:
        packets = packets_of(request.user, list(form.cleaned_data["loop"]))
    except Refused as refusal:
        context["refusal"] = str(refusal)
    else:
        context["shown"] = comparison([document_of(packet) for packet in packets])
    return render(request, "hiring_committee/compare.html", context)
