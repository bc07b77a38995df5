"""Handing in from the submit page: checked and frozen under one lock, as the person saw it."""

from collections.abc import Iterable

from django.db import transaction

from accounts.models import User
from interviews.models import Seat, SeatRole
from scorecard import submission
from scorecard.checks import check
from scorecard.content import Answer, CardContent
from scorecard.findings import Finding, in_the_way
from scorecard.models import Scorecard, ScorecardVersion
from scorecard.readable import round_of
from scorecard.submission import WrongState
from scorecard.supported_ratings import NO_CONSTRAINT, unsupported_reason


class NotReady(Exception):
    """Findings that must be put right or answered first."""

    def __init__(self, findings: list[Finding]) -> None:
        super().__init__("This scorecard is not ready.")
        self.findings = findings


class Changed(Exception):
    """The card is no longer what the person was shown; the message says so."""


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

    Raises NotReady, Changed, and WrongState where it was handed in meanwhile.
    """
    card = Scorecard.objects.select_for_update().get(pk=scorecard.pk)
    if card.is_locked:
        raise WrongState("This scorecard has been submitted already, in another tab or window.")
    content = submission.read_content(card)
    if content.digest() != seen:
        raise Changed("The scorecard changed since this page was made. Look at it once more.")
    found = findings(card, content)
    answers = list(answers)
    left = in_the_way(found, answers)
    if left:
        raise NotReady(left)
    keys = {finding.key for finding in found}
    kept = [each for each in answers if (each.code, each.where) in keys]
    return submission.submit(card, by, answers=kept, reason=reason)
