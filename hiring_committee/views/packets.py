"""The packet's page and its JSON, the way there, and asking for one to be built."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.text import get_valid_filename
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts import audit
from accounts.access import PersonsRequest, for_roles
from accounts.models import Role
from hiring_committee import progress, requests
from hiring_committee.debrief import loops_debriefed_by
from hiring_committee.models import (
    Decision,
    Packet,
    PacketRequest,
    loops_read_by,
    with_resolutions,
)
from hiring_committee.packet_page.page import packet_page
from hiring_committee.packet_pdf import render as render_pdf
from hiring_committee.packet_pdf.render import Decided
from hiring_committee.rounds import round_choices
from hiring_committee.views.discussion import discussion_for
from interviews.models import Loop


@require_safe
@never_cache
def packet(request: PersonsRequest, pk: UUID) -> HttpResponse:
    shown = _read(request, how="page", pk=pk)
    newest = PacketRequest.objects.visible_to(request.user).filter(loop=shown.loop).first()
    document = shown.document
    context = {
        "packet": shown,
        "discussion": discussion_for(request.user, shown, document),
        "page": packet_page(document, request.GET.get("lens", "")),
        "loop": shown.loop,
        "versions": _versions(request, shown.loop),
        "debriefs": loops_debriefed_by(request.user).filter(pk=shown.loop_id).exists(),
        "request_row": newest if newest and _concerns(newest, shown) else None,
    }
    return render(request, "hiring_committee/packet.html", context)


@require_safe
@never_cache
def packet_json(request: PersonsRequest, pk: UUID) -> HttpResponse:
    """Exactly what `build_packet LOOP --json` prints."""
    text = _read(request, how="json", pk=pk).as_json() + "\n"
    return HttpResponse(text, content_type="application/json; charset=utf-8")


@require_safe
@never_cache
def packet_pdf(request: PersonsRequest, pk: UUID) -> HttpResponse:
    """What the page says, to print and to keep. Setting it takes less than a click: no task."""
    found = _read(request, how="pdf", pk=pk)
    document = render_pdf.packet_pdf(found.document, timezone.get_current_timezone())
    return _pdf(document, found, f"packet {found.version}")


@require_safe
@never_cache
@for_roles(Role.RECRUITER)
def loop_summary(request: PersonsRequest, pk: UUID) -> HttpResponse:
    """One page about a loop, out of its current packet, for the recruiter to hand on."""
    found = _read(request, how="summary", loop=pk, superseded_at=None)
    made = Decision.objects.visible_to(request.user).current().filter(loop=pk)
    decision = made.select_related("decided_by").first()
    decided = None
    if decision:
        who = decision.decided_by.name
        decided = Decided(decision.says, decision.reason, who, decision.decided_at)
    zone = timezone.get_current_timezone()
    document = render_pdf.summary_pdf(found.document, decided, zone)
    return _pdf(document, found, "summary")


def _pdf(document: bytes, packet: Packet, what: str) -> HttpResponse:
    """A file whose name says of whom it is, since it is handed on."""
    name = get_valid_filename(f"{packet.content['candidate']['name']} {what}.pdf")
    headers = {"Content-Disposition": content_disposition_header(True, name)}
    return HttpResponse(document, content_type="application/pdf", headers=headers)


def _read(request: PersonsRequest, *, how: str, **which: Any) -> Packet:
    """The packet, if this person may read it, and a line in the audit trail that they did."""
    packets = with_resolutions(Packet.objects.visible_to(request.user), request.user)
    found = get_object_or_404(packets, **which)
    audit.record(
        request.user,
        "packet.read",
        found,
        stream=requests.stream(found.loop),
        how=how,
        version=found.version,
    )
    return found


def _versions(request: PersonsRequest, loop: Loop) -> list[Packet]:
    """Every packet of the loop without its content, newest first."""
    return list(Packet.objects.visible_to(request.user).filter(loop=loop).defer("content"))


def _concerns(row: PacketRequest, shown: Packet) -> bool:
    """Is a newer packet than this one on its way, or did building it fail?"""
    return row.is_open or (
        row.state == PacketRequest.State.FAILED and row.requested_at > shown.built_at
    )


@require_safe
@never_cache
def loop_packet(request: PersonsRequest, pk: UUID) -> HttpResponse:
    """The current packet; without one, how far it is, or who it waits for."""
    loop = _loop(request, pk)
    versions = _versions(request, loop)
    current = next((packet for packet in versions if not packet.is_superseded), None)
    if current:
        return redirect("packet", current.pk)
    context = {
        "loop": loop,
        "request_row": PacketRequest.objects.visible_to(request.user).filter(loop=loop).first(),
        "missing": _missing(request, loop),
        "is_scheduled": loop.interviews.filter(cancelled_at=None).exists(),
        "earlier": versions[0] if versions else None,
    }
    return render(request, "hiring_committee/packet_state.html", context)


@require_POST
def build_packet(request: PersonsRequest, pk: UUID) -> HttpResponse:
    """Ask for a packet; while scorecards are missing, only once that was confirmed."""
    loop = _loop(request, pk)
    if "early" not in request.POST:
        missing = _missing(request, loop)
        if missing:
            context = {"loop": loop, "missing": missing}
            return render(request, "hiring_committee/packet_early.html", context)
    requests.request_packet(loop, by=request.user)
    return redirect("loop_packet", loop.pk)


@require_safe
@never_cache
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


def _missing(request: PersonsRequest, loop: Loop) -> list[progress.Place]:
    """The seats whose scorecard the packet waits for; shadows and other meetings are not."""
    rounds = {id for id, _ in round_choices()}
    places = progress.places(loop, request.user, timezone.now())
    return [
        place
        for interview, those in places.items()
        for place in those
        if interview.round in rounds
        and not place.is_shadow
        and place.state not in (progress.State.IN, progress.State.CANCELLED)
    ]
