"""Handing a scorecard in, and amending it: versions are added, nothing handed in is edited."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.models import User
from interviews.locks import loop_stream
from interviews.models import SeatRole
from scorecard.content import Answer, CardContent, FlagContent, NoteContent, RatingContent
from scorecard.models import Flag, Note, Rating, Scorecard, ScorecardVersion
from scorecard.signals import version_added

CARD_FIELDS = ("recommendation", "correctness", "summary", "follow_up")
NOTE_FIELDS = (
    "at_seconds",
    "kind",
    "text",
    "stage",
    "probe",
    "dimension",
    "signal",
    "polarity",
    "job_related",
)


class WrongState(Exception):
    """What was asked does not fit the scorecard's state; the message says what to do instead."""


def read_content(scorecard: Scorecard, answers: Iterable[Answer] = ()) -> CardContent:
    """The working copy as it stands. Five queries, whatever its size."""
    notes = scorecard.notes.all()
    ratings = scorecard.ratings.prefetch_related("notes")
    flags = scorecard.flags.prefetch_related("notes")
    return CardContent(
        **{name: getattr(scorecard, name) for name in CARD_FIELDS},
        notes=tuple(
            NoteContent(id=str(n.id), **{f: getattr(n, f) for f in NOTE_FIELDS}) for n in notes
        ),
        ratings=tuple(
            RatingContent(r.dimension, r.value, r.rationale, r.not_observed_reason, _cited(r))
            for r in ratings
            if r.value or r.not_observed
        ),
        flags=tuple(FlagContent(f.signal, f.severity, f.explanation, _cited(f)) for f in flags),
        answers=tuple(answers),
    )


def _cited(row: Rating | Flag) -> tuple[str, ...]:
    return tuple(str(note.id) for note in row.notes.all())


def write_content(scorecard: Scorecard, card: CardContent) -> None:
    """Replace the working copy by `card`, in a constant number of queries."""
    with transaction.atomic():
        for rows in (scorecard.flags, scorecard.ratings, scorecard.notes):
            rows.all().delete()
        for name in CARD_FIELDS:
            setattr(scorecard, name, getattr(card, name))
        scorecard.save(update_fields=CARD_FIELDS)
        Note.objects.bulk_create(
            Note(
                id=UUID(note.id),
                scorecard=scorecard,
                position=position,
                **{name: getattr(note, name) for name in NOTE_FIELDS},
            )
            for position, note in enumerate(card.notes)
        )
        ratings = Rating.objects.bulk_create(_rating(scorecard, each) for each in card.ratings)
        flags = Flag.objects.bulk_create(
            Flag(
                scorecard=scorecard,
                signal=each.signal,
                severity=each.severity,
                explanation=each.explanation,
            )
            for each in card.flags
        )
        _cite(Rating.notes.through, "rating_id", ratings, card.ratings)
        _cite(Flag.notes.through, "flag_id", flags, card.flags)


def _rating(scorecard: Scorecard, content: RatingContent) -> Rating:
    return Rating(
        scorecard=scorecard,
        dimension=content.dimension,
        value=content.value,
        not_observed=content.value is None,
        not_observed_reason=content.not_observed_reason,
        rationale=content.rationale,
    )


def _cite(through: Any, key: str, rows: list[Any], contents: tuple[Any, ...]) -> None:
    through.objects.bulk_create(
        through(**{key: row.pk, "note_id": UUID(note)})
        for row, content in zip(rows, contents, strict=True)
        for note in content.notes
    )


@transaction.atomic
def submit(
    scorecard: Scorecard,
    by: User,
    *,
    answers: Iterable[Answer] = (),
    reason: str = "",
    origin: str = "",
    at: datetime | None = None,
    source: dict[str, Any] | None = None,
) -> ScorecardVersion:
    """Freeze the working copy as the next version; an amendment needs a reason.

    The caller has run the checks. Raises WrongState when it was handed in meanwhile, in another
    tab or by another request: the row is locked, so that one of two wins.
    """
    card = Scorecard.objects.select_for_update().get(pk=scorecard.pk)
    if card.is_locked:
        raise WrongState("This scorecard has been submitted already. Amend it to change it.")
    number = card.versions.count() + 1
    if number > 1 and not reason.strip():
        raise WrongState("Say why this scorecard is amended.")
    content = read_content(card, answers)
    at = at or timezone.now()
    version = ScorecardVersion.objects.create(
        scorecard=card,
        number=number,
        origin=origin or ("amendment" if number > 1 else "submission"),
        content=content.to_dict(),
        digest=content.digest(),
        reason=reason.strip(),
        by=by,
        at=at,
        seen_others=_open_to(by, card, at) if number > 1 else 0,
        source=source or {},
    )
    card.state, card.submitted_at = Scorecard.State.SUBMITTED, card.submitted_at or at
    card.save(update_fields=["state", "submitted_at"])
    scorecard.refresh_from_db()
    detail = {"version": number, "reason": reason, **({"source": source} if source else {})}
    audit.record(by, f"scorecard.{version.origin}", card, stream=loop_stream(card.loop), **detail)
    version_added.send(sender=Scorecard, scorecard=card, version=version)
    return version


@transaction.atomic
def begin_amendment(scorecard: Scorecard, by: User) -> None:
    """Open the working copy of a submitted card again; readers keep seeing its last version."""
    _move(scorecard, Scorecard.State.SUBMITTED, Scorecard.State.AMENDING)
    audit.record(by, "scorecard.amendment-begun", scorecard, stream=loop_stream(scorecard.loop))


@transaction.atomic
def discard_amendment(scorecard: Scorecard, by: User) -> None:
    """Put the working copy back to the last version and lock it again."""
    last = scorecard.versions.latest("number")
    card = Scorecard.objects.select_for_update().get(pk=scorecard.pk)
    if card.state != Scorecard.State.AMENDING:
        raise WrongState("This scorecard is not being amended.")
    write_content(card, last.card)
    _move(scorecard, Scorecard.State.AMENDING, Scorecard.State.SUBMITTED)
    audit.record(by, "scorecard.amendment-discarded", scorecard, stream=loop_stream(scorecard.loop))


def _move(scorecard: Scorecard, before: str, after: str) -> None:
    """One conditional UPDATE: of two requests at once, one finds no row and is told so."""
    rows = Scorecard.objects.filter(pk=scorecard.pk, state=before).update(state=after)
    if not rows:
        raise WrongState("The scorecard changed meanwhile. Reload the page.")
    scorecard.refresh_from_db()


def _open_to(user: User, scorecard: Scorecard, at: datetime) -> int:
    """How many other cards of this candidate, handed in by then, the person could have read.

    A shadow's card is none of them: it changes nothing in a packet but its own part.
    """
    candidate = scorecard.loop.candidate_id
    cards = Scorecard.objects.visible_to(user).exclude(seat__person=user)
    cards = cards.exclude(seat__role=SeatRole.SHADOW)
    return cards.filter(seat__interview__loop__candidate=candidate, submitted_at__lte=at).count()
