"""The debrief of a loop: voting, opening the votes, the decision, and leaving the committee."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import PersonsRequest
from hiring_committee import decisions, voting
from hiring_committee.debrief import (
    Step,
    debrief,
    level_question,
    loops_debriefed_by,
    votes_on_other_packets,
)
from hiring_committee.decisions import DecisionBlockers, decision_blockers
from hiring_committee.forms import ConflictForm, DecisionForm, OpenEarlyForm, VoteForm
from hiring_committee.models import Decision, with_resolutions
from hiring_committee.packet_document import document_of
from hiring_committee.steps import Refused, record
from hiring_committee.views.members import members_packet
from interviews import committee_seats
from interviews.models import CommitteeSeat, Loop
from packets.models import Packet

GIVEN_VOTES_STAY = "A vote that is given stays as it is: neither you nor anybody else changes it."
CONFLICT = 409  # the status of a page that says what changed meanwhile


@require_safe
def loop_debrief(request: PersonsRequest, pk: UUID) -> HttpResponse:
    loops = loops_debriefed_by(request.user).select_related("candidate", "opening")
    return _page(request, get_object_or_404(loops, pk=pk))


def _page(
    request: PersonsRequest,
    loop: Loop,
    refusal: str = "",
    *,
    vote: VoteForm | None = None,
    decision: DecisionForm | None = None,
) -> HttpResponse:
    """The debrief of the current packet; a form that was refused is shown as it was filled in."""
    packets = Packet.objects.visible_to(request.user).current().filter(loop=loop)
    packets = with_resolutions(packets, request.user)
    packet = packets.select_related("loop__candidate", "loop__opening").first()
    decisions_made = Decision.objects.visible_to(request.user).filter(loop=loop)
    made = list(decisions_made.select_related("decided_by", "packet").defer("packet__content"))
    context: dict[str, Any] = {
        "loop": loop,
        "packet": packet,
        "refusal": refusal,
        "decision": next((each for each in made if not each.superseded_at), None),
        "superseded": [each for each in made if each.superseded_at],
    }
    if packet:
        context |= _of_packet(request, packet, context["decision"], vote, decision)
    status = CONFLICT if refusal else 200
    return render(request, "hiring_committee/debrief.html", context, status=status)


def _of_packet(
    request: PersonsRequest,
    packet: Packet,
    current: Decision | None,
    vote: VoteForm | None,
    decision: DecisionForm | None,
) -> dict[str, Any]:
    shown = debrief(packet, request.user)
    if shown.is_open:
        record(request.user, "votes.read", packet)
    asks = shown.is_chair or current is None
    blockers = decision_blockers(request.user, packet) if asks else None
    if shown.step in (Step.FIRST, Step.SECOND):
        vote = _vote_form(shown.step, vote)
    if blockers and not blockers.sentences:
        only = blockers.kinds[0] if len(blockers.kinds) == 1 else None
        initial = {"instead_of": current.pk if current else None, "kind": only}
        decision = decision or _decision_form(packet, blockers, initial=initial)
    return {
        "debrief": shown,
        "vote_form": vote,
        "blockers": blockers,
        "decision_form": decision,
        "level_question": level_question(document_of(packet)),
        "earlier": votes_on_other_packets(packet, request.user),
    }


def _vote_form(step: Step, filled_in: VoteForm | None) -> VoteForm:
    """What was written for another ballot meanwhile goes into the one that is due now."""
    if filled_in is None:
        return VoteForm(initial={"ballot": step.value})
    filled_in.data = {**dict(filled_in.data.items()), "ballot": step.value}
    return filled_in


def _decision_form(packet: Packet, blockers: DecisionBlockers, **given: Any) -> DecisionForm:
    return DecisionForm(kinds=blockers.kinds, own=packet.loop.opening.level, **given)


# --- Votes ----------------------------------------------------------------------------------------


@require_POST
def vote(request: PersonsRequest, pk: UUID) -> HttpResponse:
    """Shows what is about to be given; then, once that is confirmed, gives it."""
    packet = members_packet(request, pk)
    form = VoteForm(request.POST)
    if not form.is_valid() or "change" in request.POST:
        return _page(request, packet.loop, vote=form)
    if "sure" not in request.POST:
        return _confirm(
            request, packet, form, "vote", "Give this vote?", GIVEN_VOTES_STAY, "Give it"
        )
    try:
        voting.vote(request.user, packet, **form.cleaned_data)
    except Refused as refusal:
        return _page(request, packet.loop, str(refusal), vote=form)
    messages.success(request, f"Your {form.cleaned_data['ballot']} vote is in.")
    return redirect("debrief", packet.loop_id)


@require_POST
def confirm_votes(request: PersonsRequest, pk: UUID) -> HttpResponse:
    packet = members_packet(request, pk)
    try:
        voting.confirm(request.user, packet)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"Your votes stand for packet {packet.version}.")
    return redirect("debrief", packet.loop_id)


@require_http_methods(["GET", "HEAD", "POST"])
def open_votes(request: PersonsRequest, pk: UUID) -> HttpResponse:
    """For the chair, while votes are missing: says whose, and asks for the reason."""
    packet = members_packet(request, pk)
    shown = debrief(packet, request.user)
    form = OpenEarlyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            voting.open_early(request.user, packet, form.cleaned_data["reason"])
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "The votes are open.")
            return redirect("debrief", packet.loop_id)
    elif request.method != "POST" and not (shown.standing and shown.standing.has_quorum):
        return redirect("debrief", packet.loop_id)
    context = {"loop": packet.loop, "packet": packet, "standing": shown.standing, "form": form}
    return render(request, "hiring_committee/open_votes.html", context)


# --- The decision ---------------------------------------------------------------------------------


@require_POST
def decide(request: PersonsRequest, pk: UUID) -> HttpResponse:
    """Shows the decision as it will be recorded; then, once that is confirmed, records it."""
    packet = members_packet(request, pk)
    blockers = decision_blockers(request.user, packet)
    if blockers.sentences:
        messages.error(request, " ".join(blockers.sentences))
        return redirect("debrief", packet.loop_id)
    form = _decision_form(packet, blockers, data=request.POST)
    if not form.is_valid() or "change" in request.POST:
        return _page(request, packet.loop, decision=form)
    if "sure" not in request.POST:
        title, lead = "Record this decision?", _before_deciding(packet, form)
        return _confirm(request, packet, form, "decide", title, lead, "Record the decision")
    try:
        decisions.record(request.user, packet, **form.cleaned_data)
    except Refused as refusal:
        return _page(request, packet.loop, str(refusal), decision=form)
    messages.success(request, "The decision is recorded.")
    return redirect("debrief", packet.loop_id)


def _before_deciding(packet: Packet, form: DecisionForm) -> str:
    again = "It supersedes the decision that stands, which stays in the record. "
    return (
        f"{again if form.cleaned_data['instead_of'] else ''}It is recorded in your name, against"
        f" packet {packet.version}, and is never edited: to reopen the case is a further decision."
    )


# --- Conflicts of interest ------------------------------------------------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
def declare_conflict(request: PersonsRequest, pk: UUID) -> HttpResponse:
    """A member leaves the committee of this loop, and with it everything about the loop."""
    seats = CommitteeSeat.objects.sitting().filter(person=request.user, loop=pk)
    seat = get_object_or_404(seats.select_related("loop__candidate"))
    form = ConflictForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        committee_seats.recuse(request.user, seat, form.cleaned_data["reason"])
        messages.success(request, "You are recused. Nothing of that loop is shown to you any more.")
        return redirect("home")
    context = {"loop": seat.loop, "seat": seat, "form": form}
    return render(request, "hiring_committee/declare_conflict.html", context)


# --- What votes and decisions share ---------------------------------------------------------------


def _confirm(
    request: PersonsRequest,
    packet: Packet,
    form: VoteForm | DecisionForm,
    name: str,
    title: str,
    lead: str,
    button: str,
) -> HttpResponse:
    """What is about to be kept for good, to be read once more; nothing is kept yet."""
    context = {
        "loop": packet.loop,
        "packet": packet,
        "title": title,
        "lead": lead,
        "button": button,
        "said": form.summary(),
        "values": [(field, form.data.get(field) or "") for field in form.fields],
        "action": reverse(name, args=[packet.pk]),
    }
    return render(request, "hiring_committee/debrief_confirm.html", context)
