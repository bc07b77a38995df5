"""The words of a reminder: a candidate, a round and a time, and nothing of an evaluation."""

import re
from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.urls import reverse

from accounts.models import User
from hiring_committee.chasing.moments import Kind
from interviews.models import Seat

LONGEST = 60  # characters of a name in a subject
# Line breaks that would begin another header, and marks that turn the direction of what follows.
_UNSAFE = re.compile(r"[\x00-\x1f\x7f\u2028\u2029\u200b-\u200f\u202a-\u202e\u2060-\u206f]+")


def plain(text: str, longest: int = LONGEST) -> str:
    """One line without control signs; cut where it is longer."""
    line = " ".join(_UNSAFE.sub(" ", text).split())
    return line if len(line) <= longest else line[: longest - 1] + "…"


def letter(seat: Seat, to: User, kind: str, round: str, end: datetime) -> tuple[str, str]:
    """Subject and text, times by the reader's clock. `round` is its title."""
    candidate = plain(seat.interview.loop.candidate.name)
    when = end.astimezone(ZoneInfo(to.time_zone)).strftime("%A %-d %B, %H:%M")
    what = f"{plain(round)} with {candidate}"
    if kind == Kind.RECRUITER:
        subject = f"Scorecard missing: {candidate}"
        says = f"{plain(seat.person.name)} was reminded and has not handed in {what}, which ended"
        path = reverse("loop", args=[seat.interview.loop_id])
    else:
        subject = f"Your scorecard is due: {candidate}"
        says = f"Your scorecard of {what} is still to be handed in. The interview ended"
        path = reverse("open_scorecard", args=[seat.pk])
    return subject, f"{says} on {when} ({to.time_zone}).\n\n{settings.SITE_URL}{path}\n"
