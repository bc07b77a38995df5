"""What is here already of a loop in a file, fetched in a constant number of queries."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import DateTimeField, Max, Q
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast

from accounts.models import User
from ats.formats.documents import InterviewDocument, LoopDocument, SeatDocument
from interviews.models import Candidate, Interview, Loop, Opening, Seat
from scorecard.models import Scorecard, ScorecardVersion

RANKS = {"greenhouse": 0, "neutral": 1}  # at the same time, who knows more


class Knowledge(NamedTuple):
    """How much a file is to be believed: the later one, and of two of one time the fuller one."""

    at: datetime
    rank: int


def knowledge_of(source: Mapping[str, Any]) -> Knowledge:
    """How much the file of a version is to be believed."""
    return Knowledge(datetime.fromisoformat(source["updated_at"]), RANKS.get(source["format"], 0))


@dataclass
class Stored:
    opening: Opening | None
    candidates: list[Candidate]  # by this id or by one of these addresses
    loop: Loop | None
    users: dict[str, User]  # by e-mail
    interviews: dict[str, Interview]  # by external id
    seats: list[Seat]  # of these interviews, or by external id
    cards: dict[object, Scorecard] = field(default_factory=dict)  # by seat
    versions: dict[object, ScorecardVersion] = field(default_factory=dict)  # the last, by card
    of_loop: list[Knowledge] = field(default_factory=list)  # of files imported before
    of_opening: list[Knowledge] = field(default_factory=list)

    @property
    def candidate(self) -> Candidate | None:
        return self.candidates[0] if len(self.candidates) == 1 else None

    def seat_of(self, interview: InterviewDocument, seat: SeatDocument) -> Seat | None:
        """The same person in the same interview; or else whoever holds the seat of that id."""
        row = self.interviews.get(interview.id)
        inside = [each for each in self.seats if row and each.interview_id == row.pk]
        same = [each for each in inside if each.person.email == seat.person.email]
        return next(iter(same), None) or next(
            (each for each in self.seats if each.external_id == seat.id), None
        )

    def card_of(self, seat: Seat) -> tuple[Scorecard | None, ScorecardVersion | None]:
        card = self.cards.get(seat.pk)
        return card, self.versions.get(card.pk) if card else None


def load(loop: LoopDocument) -> Stored:
    opening = Opening.objects.filter(external_id=loop.opening.id).first()
    who = loop.candidate
    emails = (who.email, *who.other_emails)
    candidates = Candidate.objects.filter(Q(external_id=who.id) | Q(email__in=emails))
    stored = Stored(
        opening=opening,
        candidates=list(candidates.select_related("account").order_by("pk")),
        loop=None,
        users=User.objects.in_bulk({each.email for each in loop.people}, field_name="email"),
        interviews=Interview.objects.in_bulk(
            [each.id for each in loop.interviews], field_name="external_id"
        ),
        seats=[],
    )
    if opening and stored.candidate:
        stored.loop = Loop.objects.filter(opening=opening, candidate=stored.candidate).first()
    _load_seats(stored, loop)
    _load_knowledge(stored)
    return stored


def _load_seats(stored: Stored, loop: LoopDocument) -> None:
    inside = Q(interview__in=[each.pk for each in stored.interviews.values()])
    named = Q(external_id__in=[seat.id for seat in loop.seats])
    stored.seats = list(Seat.objects.filter(inside | named).select_related("person"))
    # Locked in one order, before anything is written: somebody may be handing one in right now.
    cards = Scorecard.objects.filter(seat__in=stored.seats).order_by("pk").select_for_update()
    stored.cards = {card.seat_id: card for card in cards}
    last = ScorecardVersion.objects.filter(scorecard__in=stored.cards.values())
    last = last.order_by("scorecard", "-number").distinct("scorecard")
    stored.versions = {version.scorecard_id: version for version in last}


def _load_knowledge(stored: Stored) -> None:
    """The newest file of each format that the opening's scorecards came from."""
    if not stored.opening:
        return
    loop = "scorecard__seat__interview__loop"
    rows = (
        ScorecardVersion.objects.filter(**{f"{loop}__opening": stored.opening})
        .exclude(source={})
        .annotate(format=KeyTextTransform("format", "source"))
        .values(f"{loop}", "format")
        .annotate(at=Max(Cast(KeyTextTransform("updated_at", "source"), DateTimeField())))
        .order_by()
    )
    for row in rows:
        known = Knowledge(row["at"], RANKS.get(row["format"], 0))
        stored.of_opening.append(known)
        if stored.loop and row[loop] == stored.loop.pk:
            stored.of_loop.append(known)
