"""An interviewer's own cards over time: how soon they came, and how much of them is evidence."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import QuerySet

from accounts.models import User
from interviews.models import SeatRole
from scorecard.content import CardContent
from scorecard.models import Scorecard, ScorecardVersion
from scorecard.progress import GRACE, end_of
from scorecard.supported_ratings import NO_CONSTRAINT, unsupported_reason


@dataclass(frozen=True)
class CardRecord:
    """One card as it stands: of its notes how many are cited, of its ratings how many rest on any.

    `after` is the time from the interview's end to the first submission, None where the calendar
    gave no end. What was not observed is no rating.
    """

    card: Scorecard
    at: datetime
    after: timedelta | None
    notes: int
    cited: int
    ratings: int
    supported: int

    @property
    def is_late(self) -> bool:
        return self.after is not None and self.after > GRACE

    @property
    def hours(self) -> float | None:
        return None if self.after is None else self.after.total_seconds() / 3600

    @property
    def share(self) -> float | None:
        """Ratings with evidence among all; None without a rating."""
        return self.supported / self.ratings if self.ratings else None


def own_cards(user: User) -> QuerySet[Scorecard]:
    """This person's handed-in cards, newest first."""
    cards = Scorecard.objects.visible_to(user).filter(seat__person=user)
    cards = cards.filter(submitted_at__isnull=False).with_context().select_related("rubric_version")
    return cards.order_by("-submitted_at", "pk")


def records_of(cards: list[Scorecard]) -> list[CardRecord]:
    """What these cards are as evidence. One query, whatever their number."""
    versions = ScorecardVersion.objects.filter(scorecard__in=cards)
    newest = versions.order_by("scorecard", "-number").distinct("scorecard")
    by_card = {version.scorecard_id: version.card for version in newest}
    return [_record(card, by_card[card.pk]) for card in cards]


def _record(card: Scorecard, content: CardContent) -> CardRecord:
    submitted, end = card.submitted_at, end_of(card.seat.interview)
    assert submitted is not None
    notes = [note for note in content.notes if note.kind != "probe"]
    rated = [rating for rating in content.ratings if rating.value is not None]
    cited = {id for rating in rated for id in rating.notes}
    return CardRecord(
        card=card,
        at=submitted,
        after=submitted - end if end else None,
        notes=len(notes),
        cited=sum(note.id in cited for note in notes),
        ratings=len(rated),
        supported=_supported(card, content),
    )


def _supported(card: Scorecard, content: CardContent) -> int:
    """A constraint that another put in the room serves the second interviewer as well."""
    accepted = {""} if card.seat.role == SeatRole.LEAD else {"", NO_CONSTRAINT}
    rubric = card.rubric
    return sum(
        unsupported_reason(rating, content, rubric) in accepted
        for rating in content.ratings
        if rating.value is not None
    )
