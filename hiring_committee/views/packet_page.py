"""The packet's page and its JSON, the way there, and asking for one to be built."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.text import get_valid_filename
from django.views.decorators.http import require_safe

from accounts.access import PersonsRequest, for_roles
from accounts.models import Role
from hiring_committee.debrief import loops_debriefed_by
from hiring_committee.discussion import discussion_for
from hiring_committee.models import Decision, with_resolutions
from hiring_committee.packet_document import as_json, document_of
from hiring_committee.steps import record
from packets.models import Packet, PacketRequest
from packets.page.packet_page import packet_page
from packets.pdf import render as render_pdf
from packets.pdf.render import RecordedDecision
from packets.views import versions


@require_safe
def packet(request: PersonsRequest, pk: UUID) -> HttpResponse:
    shown = _read(request, how="page", pk=pk)
    newest = PacketRequest.objects.visible_to(request.user).filter(loop=shown.loop).first()
    document = document_of(shown)
    context = {
        "packet": shown,
        "discussion": discussion_for(request.user, shown, document),
        "page": packet_page(document, request.GET.get("lens", "")),
        "loop": shown.loop,
        "versions": versions(request.user, shown.loop),
        "debriefs": loops_debriefed_by(request.user).filter(pk=shown.loop_id).exists(),
        "request_row": newest if newest and _concerns(newest, shown) else None,
    }
    return render(request, "hiring_committee/packet.html", context)


@require_safe
def packet_json(request: PersonsRequest, pk: UUID) -> HttpResponse:
    """Exactly what `build_packet LOOP --json` prints."""
    text = as_json(document_of(_read(request, how="json", pk=pk))) + "\n"
    return HttpResponse(text, content_type="application/json; charset=utf-8")


@require_safe
def packet_pdf(request: PersonsRequest, pk: UUID) -> HttpResponse:
    """What the page says, to print and to keep. Setting it takes less than a click: no task."""
    found = _read(request, how="pdf", pk=pk)
    document = render_pdf.packet_pdf(document_of(found), timezone.get_current_timezone())
    return _pdf(document, found, f"packet {found.version}")


@require_safe
@for_roles(Role.RECRUITER)
def loop_summary(request: PersonsRequest, pk: UUID) -> HttpResponse:
    """One page about a loop, out of its current packet, for the recruiter to hand on."""
    found = _read(request, how="summary", loop=pk, superseded_at=None)
    made = Decision.objects.visible_to(request.user).current().filter(loop=pk)
    decision = made.select_related("decided_by").first()
    decided = None
    if decision:
        who = decision.decided_by.name
        decided = RecordedDecision(decision.says, decision.reason, who, decision.decided_at)
    zone = timezone.get_current_timezone()
    document = render_pdf.summary_pdf(document_of(found), decided, zone)
    return _pdf(document, found, "summary")


def _pdf(document: bytes, packet: Packet, what: str) -> HttpResponse:
    """A file whose name says of whom it is, since it is handed on."""
    name = get_valid_filename(f"{packet.content['candidate']['name']} {what}.pdf")
    headers = {"Content-Disposition": content_disposition_header(True, name)}
    return HttpResponse(document, content_type="application/pdf", headers=headers)


def _read(request: PersonsRequest, *, how: str, **which: Any) -> Packet:
    """The packet, if this person may read it, and a line in the audit trail that they did."""
    packets = with_resolutions(Packet.objects.visible_to(request.user), request.user)
    found: Packet = get_object_or_404(packets, **which)
    record(request.user, "packet.read", found, how=how)
    return found


def _concerns(row: PacketRequest, shown: Packet) -> bool:
    """Is a newer packet than this one on its way, or did building it fail?"""
    return row.is_open or (
        row.state == PacketRequest.State.FAILED and row.requested_at > shown.built_at
    )
