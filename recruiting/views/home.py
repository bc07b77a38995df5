"""The home page: what needs this person today, by role."""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from accounts.access import PersonsRequest
from accounts.home_panels import panels
from accounts.models import User
from hiring_committee.models import EvidenceNote, RecruiterTask
from interviews.models import CommitteeSeat, Loop, Seat
from recruiting import to_do
from recruiting.packet_status import with_packet_status
from scorecard import progress
from scorecard.progress import State

SHOWN = 10  # rows of a list on the home page; the rest is a click away
RECENTLY = timedelta(days=14)


def home(request: PersonsRequest) -> HttpResponse:
    now = timezone.now()
    me = request.user
    context: dict[str, Any] = {"now": now}
    if me.is_committee or me.is_recruiter:
        context["checks"] = to_do.to_check(me)[:SHOWN]
    if me.has_role("interviewer") or Seat.objects.of(me).exists():
        context["interviewer"] = _interviewer(me, now)
    if me.is_committee:
        context["committee"] = _committee(me, now)
    if me.is_recruiter:
        context["recruiter"] = _recruiter(me, now)
    return render(request, "recruiting/home.html", context)


def _interviewer(me: User, now: datetime) -> dict[str, Any]:
    places = progress.my_statuses(me, now, handed_in_since=now - RECENTLY)
    due = [p for p in places if p.state in (State.DUE, State.LATE)]
    recent = [p for p in places if p.card and p.card.submitted_at]
    ahead = [p for p in places if p.state == State.AHEAD]
    unread = EvidenceNote.objects.received_by(me).filter(read_at=None).count()
    return {"unread": unread, "ahead": ahead[:SHOWN], "due": due, "recent": recent[-SHOWN:]}


def _committee(me: User, now: datetime) -> dict[str, Any]:
    seats = CommitteeSeat.objects.sitting().filter(person=me)
    mine = Loop.objects.visible_to(me).filter(pk__in=seats.values("loop"))
    first = list(mine.values_list("pk", flat=True)[: SHOWN + 1])
    loops = with_packet_status(
        _with_progress(Loop.objects.filter(pk__in=first[:SHOWN]), me, now), me
    )
    votes = to_do.to_vote_on(me)[:SHOWN]
    return {"loops": loops, "more": len(first) > SHOWN, "votes": votes}


def _recruiter(me: User, now: datetime) -> dict[str, Any]:
    missing = _with_progress(progress.late(Loop.objects.visible_to(me), me, now), me, now)
    loops = list(missing.order_by("last_at", "pk")[: SHOWN + 1])
    waiting = progress.overdue_statuses(loops[:SHOWN], me, now)
    rows = [(loop, waiting.get(loop, [])) for loop in loops[:SHOWN]]
    tasks = RecruiterTask.objects.visible_to(me).open()
    tasks = tasks.select_related("loop__candidate", "loop__opening", "requested_by")
    return {
        "rows": rows,
        "more": len(loops) > SHOWN,
        "tasks": list(tasks[:SHOWN]),
        "pass_on": to_do.to_pass_on(me, now)[:SHOWN],
        "ready": to_do.undecided(me)[:SHOWN],
        "tables": to_do.interview_uploads(me)[:SHOWN],
        "loop_files": to_do.import_uploads(me)[:SHOWN],
        "imports": to_do.failed_imports(me)[:SHOWN],
        "panels": panels(me, now, SHOWN),
        "mails": to_do.failed_mails(me, now)[:SHOWN],
    }


def _with_progress(loops: QuerySet[Loop], me: User, now: datetime) -> QuerySet[Any]:
    return progress.with_progress(loops.select_related("candidate", "opening"), me, now)
