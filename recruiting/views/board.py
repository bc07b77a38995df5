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
from scorecard import progress

PER_PAGE = 25


@for_roles(Role.RECRUITER)
def opening(request: PersonsRequest, pk: UUID) -> HttpResponse:
    """The loop board. Filters and order live in the address: see `board.Choice`."""
    shown = get_object_or_404(Opening.objects.visible_to(request.user), pk=pk)
    me, now, choice = request.user, timezone.now(), board.Choice.of(request.GET)
    loops = board.chosen(shown, me, choice, now)
    page = Paginator(loops, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "opening": shown,
        "page": page,
        "rows": board.rows(list(page), shown, me, now),
        "choice": choice,
        "interviewers": board.interviewers(shown, me),
        "choices": [
            ("stage", "Scorecards", progress.STAGES.items()),
            ("packet", "Packet", board.PACKETS.items()),
            ("flags", "Flags", board.FLAGS.items()),
            ("decision", "Decision", board.DECISIONS.items()),
        ],
        "sorts": [(name, title) for name, (title, _) in board.SORTS.items()],
    }
    return render(request, "recruiting/board.html", context)
