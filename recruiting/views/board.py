"""The loop board of one opening."""

from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from accounts.access import PersonsRequest, for_roles
from accounts.models import Role
from interviews.models import Opening
from recruiting import board
from recruiting.forms import filters
from recruiting.forms.filters import BoardForm
from scorecard import progress

PER_PAGE = 25


@for_roles(Role.RECRUITER)
def opening(request: PersonsRequest, pk: UUID) -> HttpResponse:
    """The loop board. Filters and order live in the address: see BoardForm."""
    shown = get_object_or_404(Opening.objects.visible_to(request.user), pk=pk)
    me, now, choice = request.user, timezone.now(), BoardForm(request.GET).chosen
    loops = board.chosen(shown, me, choice, now)
    page = Paginator(loops, PER_PAGE).get_page(request.GET.get("page"))
    selects = [
        ("stage", "Scorecards", progress.STAGES),
        ("packet", "Packet", filters.PACKETS),
        ("flags", "Flags", filters.FLAGS),
        ("decision", "Decision", filters.DECISIONS),
    ]
    context = {
        "opening": shown,
        "page": page,
        "rows": board.rows(list(page), shown, me, now),
        "choice": choice,
        "narrows": any(name != "sort" for name in choice),
        "interviewers": board.interviewers(shown, me),
        "selects": [(name, *rest, choice.get(name)) for name, *rest in selects],
        "sorts": filters.SORTS,
    }
    return render(request, "recruiting/board.html", context)
