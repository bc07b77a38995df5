"""Reading scorecards that were handed in, and one's own list of them."""

from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import F, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from accounts import audit
from accounts.access import PersonsRequest
from accounts.models import User
from interviews.locks import loop_stream
from interviews.models import Seat, SeatRole
from rubric.content import Rubric
from rubric.models import RubricVersion
from scorecard.differences import Change, differences
from scorecard.models import Scorecard, ScorecardVersion
from scorecard.models.card import due_seats
from scorecard.readable import readable, round_of, title
from scorecard.supported_ratings import NO_CONSTRAINT, constraint_put, unsupported_reason

PAGE = 25


# --- One scorecard -----------------------------------------------------------------------------


@require_safe
@transaction.atomic
def scorecard(request: PersonsRequest, pk: UUID) -> HttpResponse:
    """The newest version whole and what was amended; before that, its author's way to it."""
    cards = Scorecard.objects.visible_to(request.user).with_context()
    card = get_object_or_404(cards.select_related("rubric_version"), pk=pk)
    is_author = card.seat.person_id == request.user.pk
    if not is_author:
        audit.record(request.user, "scorecard.read", card, stream=loop_stream(card.loop))
    round = round_of(card.rubric, card.seat.interview.round)
    context: dict[str, Any] = {"card": card, "round": round, "is_author": is_author}
    if card.submitted_at:
        context |= _submitted(card, request.user)
    return render(request, "scorecard/scorecard.html", context)


def _submitted(card: Scorecard, reader: User) -> dict[str, Any]:
    versions = list(card.versions.select_related("by").order_by("number"))
    last = versions[-1]
    round = round_of(card.rubric, card.seat.interview.round)
    return {
        "first": versions[0],
        "last": last,
        "says": readable(
            last.card,
            card.rubric,
            round,
            constraint_in_room=_constraint_put_by_others(card, last, reader),
        ),
        "amendments": _amendments(versions, card.rubric)[::-1],
        "entered_by": last.source.get("submitted_by"),
    }


def _constraint_put_by_others(card: Scorecard, last: ScorecardVersion, reader: User) -> bool:
    """Did somebody else in the room put a constraint, on a card that the reader may read?"""
    reasons = (unsupported_reason(each, last.card, card.rubric) for each in last.card.ratings)
    if NO_CONSTRAINT not in reasons:
        return False
    room = Scorecard.objects.visible_to(reader).filter(seat__interview=card.seat.interview_id)
    counted = room.exclude(seat__role=SeatRole.SHADOW).exclude(pk=card.pk)
    newest = ScorecardVersion.objects.filter(scorecard__in=counted).order_by("scorecard", "-number")
    return any(constraint_put(each.card, card.rubric) for each in newest.distinct("scorecard"))


@dataclass(frozen=True)
class Amendment:
    """A later version, and what it changed in the one before."""

    version: ScorecardVersion
    changes: list[Change]


def _amendments(versions: list[ScorecardVersion], rubric: Rubric) -> list[Amendment]:
    return [
        Amendment(after, differences(before.card, after.card, rubric))
        for before, after in pairwise(versions)
    ]


# --- One's own ---------------------------------------------------------------------------------


@dataclass(frozen=True)
class SeatRow:
    """A seat of one's own as a row: what is due, in progress or handed in."""

    seat: Seat
    round: str
    card: Scorecard | None

    @property
    def at(self) -> datetime | date | None:
        interview = self.seat.interview
        return interview.starts_at or interview.day


@require_safe
def my_scorecards(request: PersonsRequest) -> HttpResponse:
    """What the signed-in person owes, oldest first, and what they handed in, newest first."""
    rubric = _newest_rubric()
    due = _with_context(due_seats(request.user)).order_by(*_in_time())
    done = _with_context(Seat.objects.of(request.user).exclude(scorecard__submitted_at=None))
    handed_in = Paginator(done.order_by("-scorecard__submitted_at", "id"), PAGE)
    page = handed_in.get_page(request.GET.get("page"))
    owed = Paginator(due, PAGE).get_page(request.GET.get("due"))
    context = {
        "due": owed,
        "owed": [_row(seat, rubric) for seat in owed],
        "page": page,
        "handed_in": [_row(seat, rubric) for seat in page],
    }
    return render(request, "scorecard/my_scorecards.html", context)


def _with_context(seats: QuerySet[Seat]) -> QuerySet[Seat]:
    return seats.select_related(
        "scorecard", "interview__loop__candidate", "interview__loop__opening"
    )


def _in_time() -> list[Any]:
    """Oldest first; interviews that a calendar gave no hour come last."""
    return [F("interview__starts_at").asc(nulls_last=True), "interview__day", "id"]


def _row(seat: Seat, rubric: Rubric | None) -> SeatRow:
    id = seat.interview.round
    name = title(rubric.rounds, id) if rubric else id
    return SeatRow(seat, name, getattr(seat, "scorecard", None))


def _newest_rubric() -> Rubric | None:
    version = RubricVersion.objects.order_by("-number").first()
    return version.rubric if version else None
