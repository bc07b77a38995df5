"""A reminder as its reader gets it: candidate, round and time, and nothing of an evaluation."""

from collections.abc import Mapping
from datetime import datetime

from django.conf import settings
from django.urls import reverse

from accounts.models import User
from interviews.models import Seat
from mail.models import MailKind
from mail.moments import moment
from mail.texts import Words, fill
from recruiting.reminders.moments import Kind

KINDS = (MailKind.REMINDER, MailKind.ESCALATION)


def letter(
    seat: Seat, to: User, kind: str, round: str, end: datetime, words: Mapping[str, Words]
) -> Words:
    """What to send, times by the reader's clock. `round` is a title, `words` those of KINDS."""
    loop = seat.interview.loop
    values = {
        "candidate": loop.candidate.name,
        "opening": loop.opening.title,
        "round": round,
        "when": moment(end, to.time_zone),
        "reader": to.name,
    }
    if kind == Kind.RECRUITER:
        link = reverse("loop", args=[loop.pk])
        values |= {"interviewer": seat.person.name, "link": f"{settings.SITE_URL}{link}"}
        return fill(words[MailKind.ESCALATION], values)
    link = reverse("open_scorecard", args=[seat.pk])
    return fill(words[MailKind.REMINDER], values | {"link": f"{settings.SITE_URL}{link}"})
