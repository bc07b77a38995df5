"""The list of loops, and one loop: who sits in it, what is in, what is missing."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.db.models import BooleanField, ExpressionWrapper, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from accounts.access import PersonsRequest
from accounts.models import User
from accounts.name_search import containing
from hiring_committee.debrief import loops_debriefed_by
from hiring_committee.models import Decision, RecruiterTask
from interviews import conflicts_of_interest
from interviews.models import CommitteeSeat, Interview, Loop, Opening, reachable_as_reader
from packets.models import Packet, PacketRequest
from recruiting.forms.filters import LoopsForm
from recruiting.packet_status import with_packet_status
from scorecard import progress
from scorecard.progress import SeatStatus

PER_PAGE = 25


def loop_list(request: PersonsRequest) -> HttpResponse:
    """Filters live in the address: `opening` (id), `state` (a Stage), `q` (candidate's name)."""
    me, now = request.user, timezone.now()
    form = LoopsForm(request.GET)
    chosen = form.chosen
    loops: QuerySet[Any] = Loop.objects.visible_to(me).order_by("-created_at", "pk")
    if not form.is_valid():
        loops = loops.none()
    if "opening" in chosen:
        loops = loops.filter(opening=chosen["opening"])
    if "q" in chosen:
        loops = containing(loops, chosen["q"], "candidate__name")
    if "state" in chosen:
        loops = progress.with_progress(loops, me, now).filter(stage=chosen["state"])
    page = Paginator(loops.values_list("pk", flat=True), PER_PAGE).get_page(request.GET.get("page"))
    on_page = Loop.objects.filter(pk__in=list(page)).select_related("candidate", "opening")
    shown = progress.with_progress(on_page, me, now).order_by("-created_at", "pk")
    context = {
        "page": page,
        "loops": with_packet_status(shown, me),
        "openings": Opening.objects.visible_to(me),
        "stages": progress.STAGES,
        "may_compare": request.user.is_recruiter or request.user.is_committee,
        "chosen": chosen,
        "filtered": bool(chosen or form.errors),
    }
    return render(request, "recruiting/loops.html", context)


def loop(request: PersonsRequest, pk: UUID) -> HttpResponse:
    now, me = timezone.now(), request.user
    loops = Loop.objects.visible_to(me).select_related("candidate", "opening__hiring_manager")
    reads = ExpressionWrapper(reachable_as_reader(me, "pk"), output_field=BooleanField())
    loops = loops.annotate(reads=reads)  # an interviewer does not, with a seat in the committee too
    shown = get_object_or_404(progress.with_progress(loops, me, now), pk=pk)
    places = progress.statuses(shown, me, now)
    packet = _current_packet(shown, me)
    context = {
        "loop": shown,
        "stage": progress.STAGES[shown.stage],
        "places": places,
        "unplanned": _not_scheduled(shown, places),
        "packet": packet,
        "request_row": PacketRequest.objects.visible_to(me).filter(loop=shown).first(),
        "tasks": _tasks(shown, me),
        "may_plan": me.is_recruiter and shown.reads,
        "may_build": shown.reads and not shown.owes and bool(shown.planned or packet),
        **(_committee(shown, me) if shown.reads else {}),
    }
    return render(request, "recruiting/loop.html", context)


def _current_packet(loop: Loop, me: User) -> Packet | None:
    packets = Packet.objects.visible_to(me).current().filter(loop=loop)
    return packets.defer("content").first()


def _tasks(loop: Loop, me: User) -> list[RecruiterTask]:
    """What the committee asked of the recruiter, done or not: for readers of the packet alone."""
    tasks = RecruiterTask.objects.visible_to(me).filter(loop=loop)
    return list(tasks.select_related("requested_by", "done_by", "interview"))


def _not_scheduled(loop: Loop, places: dict[Interview, list[SeatStatus]]) -> list[str]:
    """Rounds of the plan that no interview of the loop covers."""
    there = {interview.round for interview in places if not interview.cancelled_at}
    return [round for round in loop.opening.rounds if round not in there]


@dataclass(frozen=True)
class Member:
    """A committee seat, and why its holder is recused: declared or found, or empty."""

    seat: CommitteeSeat
    recused: str


def _committee(loop: Loop, me: User) -> dict[str, Any]:
    """Who sits there, and what was decided, for readers of the loop."""
    of_loop = loop.committee_seats.select_related("person")
    seats = list(of_loop.order_by("-is_chair", "person__name"))
    found = conflicts_of_interest.found(loop, [seat.person for seat in seats])
    members = [
        Member(seat, seat.recusal_reason if seat.recused_at else found.get(seat.person_id, ""))
        for seat in seats
    ]
    sitting = [each.seat for each in members if not each.recused and each.seat.may_sit]
    decision = Decision.objects.visible_to(me).current().filter(loop=loop)
    return {
        "committee": members,
        "has_chair": any(seat.is_chair for seat in sitting),
        "sits": any(seat.person_id == me.pk for seat in sitting),
        "debriefs": loops_debriefed_by(me).filter(pk=loop.pk).exists(),
        "decision": decision.select_related("decided_by", "packet")
        .defer("packet__content")
        .first(),
    }
