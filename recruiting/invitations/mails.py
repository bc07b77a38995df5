"""Inviting interviewers: what changed is told by mail, once, in the transaction of the change."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from email.utils import parseaddr
from typing import Any
from uuid import UUID, uuid5

from django.conf import settings
from django.db import transaction
from django.db.models import F, QuerySet
from django.urls import reverse
from django.utils import timezone

from accounts import audit
from accounts.models import User
from interviews.locks import lock_loop, loop_stream
from interviews.models import Interview, Seat
from interviews.rounds import round_choices
from mail import outbox
from mail.kinds import Words, plain
from mail.models import Mail
from mail.texts import words_for
from recruiting.invitations import calendar
from recruiting.invitations.changes import Message, Times, messages
from recruiting.local_times import span_in_words
from recruiting.models import Invitation

HOST = "scorecard"  # of a UID, which is a name and no address


@dataclass(frozen=True)
class Notice:
    """A message that is to go out; its reader has no seat where they are no longer to come."""

    interview: Interview
    person: User
    message: Message
    seat: Seat | None


def invite(interviews: Iterable[Interview]) -> list[Invitation]:
    """Tell everybody concerned what they do not know yet. Seven queries, however many there are.

    The rows of the interviews are locked: of two changes at once the second sees the first.
    """
    ids = [interview.pk for interview in interviews]
    locked = list(_locked(ids).order_by("pk"))
    if not locked:
        return []
    now = timezone.now()
    seats: dict[UUID, dict[User, Seat]] = defaultdict(dict)
    last: dict[UUID, dict[User, Message]] = defaultdict(dict)
    for seat in _seats(ids):
        seats[seat.interview_id][seat.person] = seat
    for row in _last_invitations(ids):
        message = Message(row.sequence, row.is_cancellation, times_of(row))
        last[row.interview_id][row.person] = message
    notices = [
        Notice(interview, person, message, seats[interview.pk].get(person))
        for interview in locked
        for person, message in messages(
            () if interview.cancelled_at else seats[interview.pk],
            times_of(interview),
            last[interview.pk],
            now,
        ).items()
    ]
    return _write(notices, now)


@transaction.atomic
def send_again(by: User, interview: Interview, people: Collection[UUID]) -> list[Invitation]:
    """The invitation as it stands, once more, to those of these people who sit in the interview.

    Nobody is invited to what is cancelled or over. A higher number lets a calendar that has the
    entry take it for the newest.
    """
    lock_loop(interview.loop)  # before the row, as whoever changes the interview does
    interview = _locked([interview.pk]).get()
    now, times = timezone.now(), times_of(interview)
    if interview.cancelled_at or times.is_over(now):
        return []
    told = {row.person_id: row.sequence for row in _last_invitations([interview.pk])}
    notices = []
    for seat in _seats([interview.pk]):
        if seat.person_id in people:
            message = Message(told.get(seat.person_id, -1) + 1, False, times, is_first=True)
            notices.append(Notice(interview, seat.person, message, seat))
            stream, email = loop_stream(interview.loop), seat.person.email
            audit.record(by, "interview.invited", interview, stream=stream, person=email)
    return _write(notices, now)


def invited(interview: Interview) -> list[tuple[Seat, Invitation | None]]:
    """Everybody who can be invited, with the last that they were told; two queries."""
    rows = Invitation.objects.filter(interview=interview).select_related("mail")
    last = {row.person_id: row for row in rows.order_by("sequence")}
    return [(seat, last.get(seat.person_id)) for seat in _seats([interview.pk])]


def times_of(row: Interview | Invitation) -> Times:
    return Times(row.round, row.starts_at, row.ends_at, row.day)


def entry(
    interview: Interview, person: User, title: str, times: Times, stamp: datetime, **more: Any
) -> calendar.Entry:
    """The same uid in every message and in the feed: a calendar then knows it for one entry."""
    uid = f"{uuid5(interview.pk, str(person.pk))}@{HOST}"
    summary = f"{plain(title)}: {plain(interview.loop.candidate.name)}"
    return calendar.Entry(uid, summary, times, stamp, **more)


def kit_address(seat: Seat) -> str:
    return f"{settings.SITE_URL}{reverse('open_scorecard', args=[seat.pk])}"


def _locked(interviews: Sequence[UUID]) -> QuerySet[Interview]:
    rows = Interview.objects.select_for_update(of=("self",)).filter(pk__in=interviews)
    return rows.select_related("loop__candidate", "loop__opening")


def _seats(interviews: Sequence[UUID]) -> QuerySet[Seat]:
    """Without those who left, and without the candidate themselves."""
    seats = Seat.objects.filter(interview__in=interviews, person__is_active=True)
    seats = seats.exclude(interview__loop__candidate__account=F("person"))
    seats = seats.exclude(interview__loop__candidate__email=F("person__email"))
    return seats.select_related("person")


def _last_invitations(interviews: Sequence[UUID]) -> QuerySet[Invitation]:
    """The last of each person to each interview."""
    rows = Invitation.objects.filter(interview__in=interviews).select_related("person")
    rows = rows.order_by("interview_id", "person_id", "-sequence")
    return rows.distinct("interview_id", "person_id")


def _write(notices: Sequence[Notice], now: datetime) -> list[Invitation]:
    """The mails, and the rows that say who was told what."""
    if not notices:
        return []
    titles, words = dict(round_choices()), words_for("invitation", "cancellation")
    made = [
        Invitation(
            interview=each.interview,
            person=each.person,
            sequence=each.message.sequence,
            is_cancellation=each.message.is_cancellation,
            **asdict(each.message.times),
            mail=_mail(each, words, titles, now),
        )
        for each in notices
    ]
    outbox.put([invitation.mail for invitation in made])
    return Invitation.objects.bulk_create(made)


def _mail(
    notice: Notice, words: Mapping[str, Words], titles: Mapping[str, str], now: datetime
) -> Mail:
    interview, person, message = notice.interview, notice.person, notice.message
    cancels, times = message.is_cancellation, message.times
    kind = "cancellation" if cancels else "invitation"
    title = titles.get(times.round, times.round)
    link = kit_address(notice.seat) if notice.seat else ""
    url = "" if cancels else link
    shown = entry(interview, person, title, times, now, url=url, sequence=message.sequence)
    values = {
        "candidate": interview.loop.candidate.name,
        "opening": interview.loop.opening.title,
        "round": title,
        "when": span_in_words(times.starts_at, times.ends_at, times.day, person.time_zone),
        "link": link,
        "reader": person.name,
        "news": "Interview" if message.is_first else "Interview moved",
    }
    sender = parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
    method, file = calendar.message(shown, sender, person.email, cancels=cancels)
    about = {"to": person.email, "person": person, "loop": interview.loop}
    return outbox.write(kind, words[kind], values, method=method, calendar=file, **about)
