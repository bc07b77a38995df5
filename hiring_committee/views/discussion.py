"""The discussion of a packet: read and written by the members of its committee alone."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode

from accounts import audit
from accounts.access import PersonsRequest
from accounts.models import User
from accounts.query_params import number
from hiring_committee import discussion as discussing
from hiring_committee.forms.discussion import CommentForm
from hiring_committee.models import Comment
from hiring_committee.models.debrief import is_in_debrief
from hiring_committee.packet_document import document_of
from hiring_committee.views.members import members_packet
from interviews.locks import loop_stream
from packets.content.anchors import WHOLE
from packets.content.document import PacketDocument
from packets.models import Packet
from packets.page.discussion import Discussion, discussion


def discussion_for(reader: User, packet: Packet, document: PacketDocument) -> Discussion | None:
    """What stands beside the packet for this reader; None for those who do not sit."""
    if not packet.loop.committee_seats.sitting().filter(person=reader).exists():
        return None
    said = discussing.said(packet, reader)
    in_debrief = is_in_debrief(reader, packet)
    return discussion(
        document,
        said,
        is_open=in_debrief or bool(said),
        may_write=in_debrief and not packet.is_superseded,
    )


def discuss(request: PersonsRequest, pk: UUID) -> HttpResponse:
    """Every thread, or that of the part named by `on`; `reply` names the comment answered."""
    packet = members_packet(request, pk)
    shown = discussion_for(request.user, packet, document_of(packet))
    assert shown is not None  # members alone reach it
    anchor = _anchor(request, shown)
    parent = _parent(request, packet)
    form = CommentForm(request.POST or None)
    why_not = discussing.why_not(request.user, packet)
    if request.method == "POST" and not why_not and form.is_valid():
        try:
            discussing.say(
                request.user,
                packet,
                anchor or WHOLE,
                form.cleaned_data["words"],
                to=parent,
                answer=form.cleaned_data["answer"],
            )
        except discussing.CannotComment as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Your comment is there.")
            return redirect(address(packet, parent.anchor if parent else anchor))
    if request.method == "GET":
        _record(request, packet)
    context = {
        "packet": packet,
        "loop": packet.loop,
        "discussion": shown,
        "thread": shown.at(parent.anchor if parent else anchor),
        "reply_to": parent,
        "form": form,
        "why_not": why_not,
    }
    return render(request, "hiring_committee/discussion.html", context)


def withdraw_comment(request: PersonsRequest, pk: int) -> HttpResponse:
    """Ask first: what is withdrawn does not come back."""
    mine = Comment.objects.visible_to(request.user).filter(author=request.user, withdrawn_at=None)
    comment = get_object_or_404(mine.select_related("loop__candidate", "packet"), pk=pk)
    if request.method == "POST":
        try:
            discussing.withdraw(request.user, comment)
        except discussing.CannotComment as refusal:  # sent twice at once
            messages.error(request, str(refusal))
        else:
            messages.success(request, "Withdrawn. Its place stays.")
        return redirect(address(comment.packet, comment.anchor))
    return render(request, "hiring_committee/comment_withdraw.html", {"comment": comment})


def address(packet: Packet, anchor: str = "") -> str:
    query = "?" + urlencode({"on": anchor}) if anchor else ""
    return reverse("discussion", args=[packet.pk]) + query


def _anchor(request: PersonsRequest, shown: Discussion) -> str:
    """`on` is an anchor; `note` is where a note stands in this packet."""
    anchor = request.GET.get("on", "") or shown.refs.get(request.GET.get("note", ""), "")
    if anchor and shown.at(anchor) is None:
        raise Http404
    return anchor


def _parent(request: PersonsRequest, packet: Packet) -> Comment | None:
    key = request.GET.get("reply", "")
    if not key:
        return None
    comments = Comment.objects.visible_to(request.user).filter(loop=packet.loop, parent=None)
    return get_object_or_404(comments.select_related("author"), pk=number(key) or 0)


def _record(request: PersonsRequest, packet: Packet) -> None:
    audit.record(
        request.user,
        "discussion.read",
        packet,
        stream=loop_stream(packet.loop),
        version=packet.version,
    )
