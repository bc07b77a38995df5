"""What a save has to know: the card, locked until the commit; then answers given before, and notes.

The two come after the lock in statements of their own, and so see what whoever held it before has
committed.
"""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from accounts.models import User
from scorecard.models import Note, Scorecard, SyncOperation
from scorecard.models.card import ScorecardQuerySet
from scorecard.sync import own_card, prepared
from scorecard.sync.operations import named_ids


@dataclass(frozen=True)
class Known:
    """The person's own card, locked; operations of the batch's ids; notes that it may touch."""

    card: Scorecard
    answered: list[SyncOperation]
    notes: list[Note]


def read(card: UUID, user: User, body: Any) -> Known:
    """Three queries, however large the batch. Raises Scorecard.DoesNotExist if it is not theirs."""
    operations, notes = named_ids(body)
    with prepared.cursor() as cards, prepared.cursor() as answered, prepared.cursor() as known:
        with prepared.together():
            own_card.execute(cards, _locked, card, user)
            answered.execute(ANSWERED, [operations])
            known.execute(NOTES, [notes])
        own = next(prepared.rows(Scorecard, cards), None)
        if own is None:
            raise Scorecard.DoesNotExist
        return Known(
            own, list(prepared.rows(SyncOperation, answered)), list(prepared.rows(Note, known))
        )


def _locked(cards: ScorecardQuerySet) -> ScorecardQuerySet:
    return cards.select_for_update(of=("self",))


ANSWERED = f"{prepared.select(SyncOperation._meta.concrete_fields)} WHERE id = ANY(%s)"
NOTES = f"{prepared.select(Note._meta.concrete_fields)} WHERE id = ANY(%s)"
