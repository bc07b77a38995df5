"""The live page's one endpoint: a batch of changes in, one answer for each out."""

import json
from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, JsonResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.access import PersonsRequest
from scorecard.models import Scorecard
from scorecard.sync import LOCKED, BadBatch, sync
from scorecard.sync.advice import advice_on
from scorecard.sync.state import page_state

MAX_BODY = 4 * 1024 * 1024  # bytes; the page sends at most 1 MB at once


@login_not_required  # a redirect to a sign-in page would be no answer to a script
@require_http_methods(["GET", "POST"])
def sync_scorecard(request: PersonsRequest, pk: UUID) -> JsonResponse:
    """GET: everything the page shows. POST: carry out {"operations": [...]}."""
    if not request.user.is_authenticated:
        return _refusal(401, "You were signed out. Sign in again: nothing typed is lost.")
    if request.method == "GET":
        card = _own(request, pk)
        notes = list(card.notes.all())
        return JsonResponse(page_state(card, notes) | advice_on(notes) | {"now": _now()})
    try:
        outcome = sync(pk, request.user, _body(request))
    except Scorecard.DoesNotExist:
        raise Http404 from None
    except BadBatch as error:
        _own(request, pk)  # who may not know of the card is not told what is wrong with the body
        return _refusal(error.status, str(error))
    answer = {"results": outcome.results, "now": _now()}
    if outcome.locked:
        return JsonResponse(answer | {"error": LOCKED}, status=409)
    return JsonResponse(answer | {"saved_at": timezone.now()} | advice_on(outcome.notes))


def _own(request: PersonsRequest, pk: UUID) -> Scorecard:
    return get_object_or_404(Scorecard.objects.editable_by(request.user), pk=pk)


def _body(request: PersonsRequest) -> object:
    """The parsed JSON; raises BadBatch."""
    if request.content_type != "application/json":
        raise BadBatch("Send application/json.", 415)
    if int(request.headers.get("Content-Length") or 0) > MAX_BODY:
        raise BadBatch(f"Send at most {MAX_BODY} bytes at once.", 413)
    try:
        return json.loads(request.body)
    except (ValueError, RecursionError):
        raise BadBatch("The body is not JSON.") from None


def _now() -> int:
    return int(timezone.now().timestamp() * 1000)


def _refusal(status: int, sentence: str) -> JsonResponse:
    return JsonResponse({"error": sentence}, status=status)
