"""The page of the interview itself, and the way to it from a seat."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_safe

from accounts.access import PersonsRequest
from interviews.models import Seat
from scorecard import live
from scorecard.models import Scorecard


@require_safe
def open_scorecard(request: PersonsRequest, seat: UUID) -> HttpResponse:
    """To the scorecard of one's own seat, which the first visit begins."""
    own = get_object_or_404(
        Seat.objects.of(request.user).select_related("interview__loop__opening"), pk=seat
    )
    try:
        card = live.begin(own)
    except live.NoKit as error:
        raise Http404(str(error)) from None
    return redirect("scorecard" if card.is_locked else "live", card.pk)


@require_safe
@never_cache
@ensure_csrf_cookie  # the page's scripts read it afresh for every save
def live_page(request: PersonsRequest, pk: UUID) -> HttpResponse:
    try:
        page = live.read_page(pk, request.user)
    except (Scorecard.DoesNotExist, live.NoKit) as error:
        raise Http404(str(error)) from None
    if page.card.is_locked:
        return redirect("scorecard", pk)
    return render(request, "scorecard/live.html", {"page": page})
