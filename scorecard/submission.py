"""Submitting a scorecard, and amending it: versions are added, nothing submitted is edited."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.models import User
from interviews.locks import loop_stream
from interviews.models import Seat, SeatRole
from scorecard.checks import check
from scorecard.content import Answer, CardContent, FlagContent, NoteContent, RatingContent
from scorecard.findings import Finding, in_the_way
from scorecard.models import Flag, Note, Rating, Scorecard, ScorecardVersion
from scorecard.readable import round_of
from scorecard.signals import version_added
from scorecard.supported_ratings import NO_CONSTRAINT, unsupported_reason

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


class NotReady(Exception):
    """Findings that must be put right or answered first."""

    def __init__(self, findings: list[Finding]) -> None:
        super().__init__("This scorecard is not ready.")
        self.findings = findings


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


def findings(scorecard: Scorecard, content: CardContent) -> list[Finding]:
    """What the checks say of this content of the card."""
    round = round_of(scorecard.rubric, scorecard.seat.interview.round)
    company = _in_company(scorecard, content)
    return check(content, scorecard.rubric, round, in_company=company)


def _in_company(scorecard: Scorecard, content: CardContent) -> bool:
    """Does a rating lack a constraint that somebody else in the room may have put?

    Who sat in the room is no secret. What they wrote is one until this card is in, and it is not
    looked at.
    """
    reasons = (unsupported_reason(each, content, scorecard.rubric) for each in content.ratings)
    if NO_CONSTRAINT not in reasons:
        return False
    seats = Seat.objects.filter(interview=scorecard.seat.interview_id)
    return seats.exclude(pk=scorecard.seat_id).exclude(role=SeatRole.SHADOW).exists()


@transaction.atomic
def hand_in(
    scorecard: Scorecard, by: User, *, seen: str, answers: Iterable[Answer], reason: str = ""
) -> ScorecardVersion:
    """Submit the card if it still is what was `seen` (a content digest) and nothing is in the way.

    Raises NotReady, and WrongState where it changed or was handed in meanwhile.
    """
    card = Scorecard.objects.select_for_update().get(pk=scorecard.pk)
    if card.is_locked:
        raise WrongState("This scorecard has been submitted already, in another tab or window.")
    content = read_content(card)
    if content.digest() != seen:
        raise WrongState("The scorecard changed since this page was made. Look at it once more.")
    found = findings(card, content)
    answers = list(answers)
    left = in_the_way(found, answers)
    if left:
        raise NotReady(left)
    keys = {finding.key for finding in found}
    kept = [each for each in answers if (each.code, each.where) in keys]
    return submit(card, by, answers=kept, reason=reason)


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
