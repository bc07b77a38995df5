"""The way to a loop's packet, and asking for one to be built."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from accounts.access import PersonsRequest
from accounts.models import User
from interviews.models import Loop
from interviews.rounds import round_choices
from packets import build_jobs
from packets.models import Packet, PacketRequest
from scorecard import progress
from scorecard.access import loops_read_by


def versions(reader: User, loop: Loop) -> list[Packet]:
    """Every packet of the loop without its content, newest first."""
    return list(Packet.objects.visible_to(reader).filter(loop=loop).defer("content"))


@require_safe
def loop_packet(request: PersonsRequest, pk: UUID) -> HttpResponse:
    """The current packet; without one, how far it is, or who it waits for."""
    loop = _loop(request, pk)
    every = versions(request.user, loop)
    current = next((packet for packet in every if not packet.is_superseded), None)
    if current:
        return redirect("packet", current.pk)
    context = {
        "loop": loop,
        "request_row": PacketRequest.objects.visible_to(request.user).filter(loop=loop).first(),
        "missing": _missing(request, loop),
        "is_scheduled": loop.interviews.filter(cancelled_at=None).exists(),
        "earlier": every[0] if every else None,
    }
    return render(request, "packets/packet_state.html", context)


@require_POST
def build_packet(request: PersonsRequest, pk: UUID) -> HttpResponse:
    """Ask for a packet; while scorecards are missing, only once that was confirmed."""
    loop = _loop(request, pk)
    if "early" not in request.POST:
        missing = _missing(request, loop)
        if missing:
            context = {"loop": loop, "missing": missing}
            return render(request, "packets/packet_early.html", context)
    build_jobs.request_packet(loop, by=request.user)
    return redirect("loop_packet", loop.pk)


@require_safe
def packet_request(request: PersonsRequest, pk: UUID) -> JsonResponse:
    """How far a packet is, for the progress bar: state, percent, error, and where it will be."""
    row = get_object_or_404(PacketRequest.objects.visible_to(request.user), pk=pk)
    answer: dict[str, Any] = {
        "state": row.state,
        "says": row.get_state_display(),
        "progress": row.progress,
        "error": row.error if row.state == PacketRequest.State.FAILED else "",
        "packet": reverse("packet", args=[row.packet_id]) if row.packet_id else None,
    }
    return JsonResponse(answer)


def _loop(request: PersonsRequest, pk: UUID) -> Loop:
    loops = loops_read_by(request.user).select_related("candidate", "opening")
    return get_object_or_404(loops, pk=pk)


def _missing(request: PersonsRequest, loop: Loop) -> list[progress.SeatStatus]:
    """The seats whose scorecard the packet waits for; shadows and other meetings are not."""
    rounds = {id for id, _ in round_choices()}
    places = progress.statuses(loop, request.user, timezone.now())
    return [
        place
        for interview, those in places.items()
        for place in those
        if interview.round in rounds
        and not place.is_shadow
        and place.state not in (progress.State.IN, progress.State.CANCELLED)
    ]
