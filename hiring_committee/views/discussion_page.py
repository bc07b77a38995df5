"""The discussion of a packet: read and written by the members of its committee alone."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from accounts.access import PersonsRequest
from accounts.forms import offer_rows
from hiring_committee.discussion import discussion_for, say, why_not, withdraw
from hiring_committee.forms import CommentForm
from hiring_committee.models import Comment
from hiring_committee.packet_document import document_of
from hiring_committee.steps import Refused, record
from hiring_committee.views.members import members_packet
from packets.content.anchors import WHOLE
from packets.models import Packet
from packets.page.discussion import Discussion


class CommentPlace(forms.Form):
    """As the address names it: the anchor of a part, a note's place, or the comment answered."""

    on = forms.CharField(required=False)
    note = forms.CharField(required=False)
    reply = forms.ModelChoiceField(queryset=Comment.objects.none(), required=False)

    def __init__(self, request: PersonsRequest, packet: Packet) -> None:
        super().__init__(request.GET)
        comments = Comment.objects.visible_to(request.user).filter(loop=packet.loop, parent=None)
        offer_rows(self, "reply", comments.select_related("author"))


def discuss(request: PersonsRequest, pk: UUID) -> HttpResponse:
    """Every thread, or that of one part."""
    packet = members_packet(request, pk)
    shown = discussion_for(request.user, packet, document_of(packet))
    assert shown is not None  # members alone reach it
    anchor, parent = _place(CommentPlace(request, packet), shown)
    form = CommentForm(request.POST or None)
    refused = why_not(request.user, packet)
    if request.method == "POST" and not refused and form.is_valid():
        words, answer = form.cleaned_data["words"], form.cleaned_data["answer"]
        try:
            say(request.user, packet, anchor or WHOLE, words, to=parent, answer=answer)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Your comment is there.")
            return redirect(_address(packet, anchor))
    if request.method == "GET":
        record(request.user, "discussion.read", packet)
    context = {
        "packet": packet,
        "loop": packet.loop,
        "discussion": shown,
        "thread": shown.at(anchor),
        "reply_to": parent,
        "form": form,
        "why_not": refused,
    }
    return render(request, "hiring_committee/discussion.html", context)


def withdraw_comment(request: PersonsRequest, pk: int) -> HttpResponse:
    """Ask first: what is withdrawn does not come back."""
    mine = Comment.objects.visible_to(request.user).filter(author=request.user, withdrawn_at=None)
    comment = get_object_or_404(mine.select_related("loop__candidate", "packet"), pk=pk)
    if request.method == "POST":
        try:
            withdraw(request.user, comment)
        except Refused as refusal:  # sent twice at once
            messages.error(request, str(refusal))
        else:
            messages.success(request, "Withdrawn. Its place stays.")
        return redirect(_address(comment.packet, comment.anchor))
    return render(request, "hiring_committee/comment_withdraw.html", {"comment": comment})


def _address(packet: Packet, anchor: str) -> str:
    return reverse("discussion", args=[packet.pk], query={"on": anchor} if anchor else None)


def _place(form: CommentPlace, shown: Discussion) -> tuple[str, Comment | None]:
    """The anchor, empty for the whole packet, and the comment answered; 404 if it is not there."""
    if not form.is_valid():
        raise Http404
    parent: Comment | None = form.cleaned_data["reply"]
    anchor = form.cleaned_data["on"] or shown.refs.get(form.cleaned_data["note"], "")
    if anchor and shown.at(anchor) is None:
        raise Http404
    return (parent.anchor if parent else anchor), parent
