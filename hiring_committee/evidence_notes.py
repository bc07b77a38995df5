"""Notes of a committee to an interviewer on the evidence of a card: sent, and marked as read."""

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from accounts import audit
from accounts.models import User
from hiring_committee.models import EvidenceNote
from hiring_committee.steps import Refused
from interviews.locks import lock_loop, loop_stream
from interviews.models import CommitteeSeat, Loop
from scorecard.access import loops_read_by
from scorecard.models import Scorecard

MAX_TEXT = 5_000  # characters


def loops_of(user: User) -> QuerySet[Loop]:
    """Loops on whose committee this person sits, and whose packet they may read."""
    seats = CommitteeSeat.objects.sitting().filter(person=user)
    return loops_read_by(user).filter(committee_seats__in=seats)


def cards_of(loop: Loop, user: User) -> QuerySet[Scorecard]:
    """Cards that this person may write about: handed in, open to them, by somebody else."""
    cards = Scorecard.objects.visible_to(user).filter(seat__interview__loop=loop)
    cards = cards.filter(submitted_at__isnull=False).exclude(seat__person=user)
    return cards.select_related("seat__person", "seat__interview").order_by(
        "seat__interview__starts_at", "seat__role", "pk"
    )


@transaction.atomic
def send(sender: User, card: Scorecard, text: str, *, answer: str = "") -> EvidenceNote:
    """Send it, with its line in the loop's trail. Raises Refused.

    `answer` says why a challenged remark in it stands.
    """
    # Whoever submits or recuses takes them in this order: the card, the loop's lock, the seat.
    Scorecard.objects.select_for_update(of=("self",), no_key=True).get(pk=card.pk)
    lock_loop(card.loop)
    may_write = loops_of(sender).filter(pk=card.loop.pk).exists()
    if not may_write or not cards_of(card.loop, sender).filter(pk=card.pk).exists():
        raise Refused(
            "Only a sitting member of this committee writes about a handed-in card of somebody"
            " else. Your seat may have changed; reload the page."
        )
    note = EvidenceNote.objects.create(card=card, sender=sender, text=text, answer=answer.strip())
    audit.record(sender, "evidence_note.sent", note, stream=loop_stream(card.loop))
    return note


@transaction.atomic
def mark_read(reader: User, note: EvidenceNote) -> bool:
    """Mark the note as read; False where it was already."""
    unread = EvidenceNote.objects.filter(pk=note.pk, card__seat__person=reader, read_at=None)
    if not unread.update(read_at=timezone.now()):
        return False
    audit.record(reader, "evidence_note.read", note, stream=loop_stream(note.card.loop))
    return True
