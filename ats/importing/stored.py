"""What is here already of a loop in a file, fetched in a constant number of queries."""

from collections.abc import Mapping
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


class Stored:
    """Found by the ids and addresses in the file."""

    def __init__(self, loop: LoopDocument) -> None:
        who = loop.candidate
        same = Q(external_id=who.id) | Q(email__in=(who.email, *who.other_emails))
        candidates = Candidate.objects.filter(same).select_related("account").order_by("pk")
        self.opening = Opening.objects.filter(external_id=loop.opening.id).first()
        self.candidates = list(candidates)
        self.candidate = self.candidates[0] if len(self.candidates) == 1 else None
        self.users = User.objects.in_bulk({each.email for each in loop.people}, field_name="email")
        self.interviews = Interview.objects.in_bulk(
            [each.id for each in loop.interviews], field_name="external_id"
        )
        self.loop: Loop | None = None
        if self.opening and self.candidate:
            loops = Loop.objects.filter(opening=self.opening, candidate=self.candidate)
            self.loop = loops.first()
        self._load_cards(loop)
        self.of_loop: list[Knowledge] = []  # the newest files of each format imported before
        self.of_opening: list[Knowledge] = []
        if self.opening:
            self._load_knowledge(self.opening)

    def _load_cards(self, loop: LoopDocument) -> None:
        inside = Q(interview__in=self.interviews.values())
        named = Q(external_id__in=[seat.id for seat in loop.seats])
        self.seats = list(Seat.objects.filter(inside | named).select_related("person"))
        # Locked in one order, before anything is written: somebody may be handing one in right now.
        cards = Scorecard.objects.filter(seat__in=self.seats).order_by("pk").select_for_update()
        self.cards = {card.seat_id: card for card in cards}
        last = ScorecardVersion.objects.filter(scorecard__in=self.cards.values())
        last = last.order_by("scorecard", "-number").distinct("scorecard")
        self.versions = {version.scorecard_id: version for version in last}

    def _load_knowledge(self, opening: Opening) -> None:
        loop = "scorecard__seat__interview__loop"
        rows = (
            ScorecardVersion.objects.filter(**{f"{loop}__opening": opening})
            .exclude(source={})
            .annotate(format=KeyTextTransform("format", "source"))
            .values(f"{loop}", "format")
            .annotate(at=Max(Cast(KeyTextTransform("updated_at", "source"), DateTimeField())))
            .order_by()
        )
        for row in rows:
            known = Knowledge(row["at"], RANKS.get(row["format"], 0))
            self.of_opening.append(known)
            if self.loop and row[loop] == self.loop.pk:
                self.of_loop.append(known)

    def seat_of(self, interview: InterviewDocument, seat: SeatDocument) -> Seat | None:
        """The same person in the same interview; or else whoever holds the seat of that id."""
        row = self.interviews.get(interview.id)
        inside = [each for each in self.seats if row and each.interview_id == row.pk]
        same = [each for each in inside if each.person.email == seat.person.email]
        by_id = [each for each in self.seats if each.external_id == seat.id]
        return next(iter(same + by_id), None)

    def card_of(self, seat: Seat) -> tuple[Scorecard | None, ScorecardVersion | None]:
        card = self.cards.get(seat.pk)
        return card, self.versions.get(card.pk) if card else None
