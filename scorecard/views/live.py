"""The page of the interview itself, and the way to it from a seat."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import PersonsRequest
from interviews.models import Seat
from scorecard import live
from scorecard.models import Scorecard


@require_http_methods(["GET", "HEAD", "POST"])
def open_scorecard(request: PersonsRequest, seat: UUID) -> HttpResponse:
    """To the scorecard of one's own seat. A post begins it: following a link changes nothing."""
    seats = Seat.objects.of(request.user)
    related = ("interview__loop__opening", "interview__loop__candidate", "scorecard")
    own = get_object_or_404(seats.select_related(*related), pk=seat)
    card = getattr(own, "scorecard", None)
    try:
        if card is None and request.method != "POST":
            _, kit = live.kit_of(own)
            return render(request, "scorecard/begin.html", {"seat": own, "round": kit})
        card = card or live.begin(own)
    except live.NoKit as error:
        raise Http404(str(error)) from None
    return redirect("scorecard" if card.is_locked else "live", card.pk)


@require_safe
@ensure_csrf_cookie  # the page's scripts read it afresh for every save
def live_page(request: PersonsRequest, pk: UUID) -> HttpResponse:
    try:
        page = live.read_page(pk, request.user)
    except (Scorecard.DoesNotExist, live.NoKit) as error:
        raise Http404(str(error)) from None
    if page.card.is_locked:
        return redirect("scorecard", pk)
    return render(request, "scorecard/live.html", {"page": page})
