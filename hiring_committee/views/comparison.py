"""Candidates of one opening side by side, for those who read their packets."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.access import PersonsRequest, for_roles
from accounts.models import Role
from hiring_committee import comparison as comparing
from hiring_committee.packet_document import document_of
from packets.page.comparison import comparison


@require_safe
@never_cache
@for_roles(Role.RECRUITER, Role.COMMITTEE)
def compare(request: PersonsRequest) -> HttpResponse:
    """`?loop=<id>&loop=<id>`, two to four; a loop that is not this reader's is no such loop."""
    context: dict[str, Any] = {}
    try:
        packets = comparing.packets_of(request.user, _loops(request))
    except comparing.CannotCompare as refusal:
        context["refusal"] = str(refusal)
    else:
        if packets is None:
            raise Http404
        context["shown"] = comparison([document_of(packet) for packet in packets])
    return render(request, "hiring_committee/compare.html", context)


def _loops(request: PersonsRequest) -> list[UUID]:
    try:
        return [UUID(text) for text in request.GET.getlist("loop")]
    except ValueError:
        raise Http404 from None
