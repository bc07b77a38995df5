"""Inviting interviewers: what changed is told by mail, once, in the transaction of the change."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from email.utils import parseaddr
from typing import TypeVar
from uuid import UUID, uuid5

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.urls import reverse
from django.utils import timezone

from accounts import audit
from accounts.models import User
from interviews.locks import lock_loop, loop_stream
from interviews.models import Interview, Seat
from interviews.rounds import round_choices
from mail import editing, outbox
from mail.models import Mail, MailKind
from mail.moments import span
from mail.texts import Words, fill, plain
from recruiting.invitations import calendar
from recruiting.invitations.changes import Message, Times, Told, messages
from recruiting.models import Invitation

HOST = "scorecard"  # of a UID, which is a name and no address
R = TypeVar("R", Seat, Invitation)


def invite(interviews: Iterable[Interview]) -> list[Invitation]:
    """Tell everybody concerned what they do not know yet. Seven queries, however many there are.

    The rows of the interviews are locked: of two changes at once the second sees the first.
    """
    ids = [interview.pk for interview in interviews]
    rows = Interview.objects.select_for_update(of=("self",)).order_by("pk")
    locked = list(rows.filter(pk__in=ids).select_related("loop__candidate", "loop__opening"))
    if not locked:
        return []
    seats, now = _seats(ids), timezone.now()
    seated, told = _by_interview(seats), _by_interview(_told(ids))
    wanted = [
        (interview, person, message)
        for interview in locked
        for person, message in _messages(
            interview, seated.get(interview.pk, []), told.get(interview.pk, []), now
        ).items()
    ]
    return _write(wanted, {(seat.interview_id, seat.person_id): seat for seat in seats}, now)


@transaction.atomic
def send_again(by: User, interview: Interview, people: Collection[UUID]) -> list[Invitation]:
    """The invitation as it stands, once more, to those of these people who sit in the interview.

    Nobody is invited to what is cancelled or over.
    """
    lock_loop(interview.loop)  # before the row, as whoever changes the interview does
    row = Interview.objects.select_for_update(of=("self",))
    interview = row.select_related("loop__candidate", "loop__opening").get(pk=interview.pk)
    now, times = timezone.now(), _times(interview)
    if interview.cancelled_at or times.is_over(now):
        return []
    told = {row.person_id: row for row in _told([interview.pk])}
    seats = {
        (interview.pk, seat.person_id): seat
        for seat in _seats([interview.pk])
        if seat.person_id in people
    }
    wanted = [
        (interview, seat.person, _once_more(told.get(seat.person_id), times))
        for seat in seats.values()
    ]
    for _, person, _ in wanted:
        audit.record(by, "interview.invited", interview, stream=loop_stream(interview.loop),
                     person=person.email)  # fmt: skip
    return _write(wanted, seats, now)


def _once_more(last: Invitation | None, times: Times) -> Message:
    """With a higher number, so that a calendar that has the entry takes it for the newest."""
    return Message(last.sequence + 1 if last else 0, False, times, is_first=True)


@dataclass(frozen=True)
class Invited:
    """Somebody who sits in an interview, and the last calendar message to them about it."""

    seat: Seat
    last: Invitation | None


def invited(interview: Interview) -> list[Invited]:
    """Everybody who can be invited, with what they were told; two queries."""
    rows = Invitation.objects.filter(interview=interview).select_related("mail")
    last = {row.person_id: row for row in rows.order_by("sequence")}
    return [Invited(seat, last.get(seat.person_id)) for seat in _seats([interview.pk])]


def is_over(interview: Interview) -> bool:
    return _times(interview).is_over(timezone.now())


def _seats(interviews: Sequence[UUID]) -> list[Seat]:
    """Without those who left, and without the candidate themselves."""
    seats = Seat.objects.filter(interview__in=interviews, person__is_active=True)
    candidate = "interview__loop__candidate"
    seats = seats.exclude(**{f"{candidate}__account": F("person")})
    return list(
        seats.exclude(**{f"{candidate}__email": F("person__email")}).select_related("person")
    )


def _told(interviews: Sequence[UUID]) -> list[Invitation]:
    """The last invitation of each person to each interview."""
    rows = Invitation.objects.filter(interview__in=interviews).select_related("person")
    rows = rows.order_by("interview_id", "person_id", "-sequence")
    return list(rows.distinct("interview_id", "person_id"))


def _by_interview(rows: Iterable[R]) -> dict[UUID, list[R]]:
    found: dict[UUID, list[R]] = {}
    for row in rows:
        found.setdefault(row.interview_id, []).append(row)
    return found


def _messages(
    interview: Interview, seats: list[Seat], told: list[Invitation], now: datetime
) -> Mapping[User, Message]:
    seated = [seat.person for seat in seats]
    known = {row.person: Told(row.sequence, row.is_cancellation, _times(row)) for row in told}
    return messages([] if interview.cancelled_at else seated, _times(interview), known, now)


def _times(row: Interview | Invitation) -> Times:
    return Times(row.round, row.starts_at, row.ends_at, row.day)


def _write(
    wanted: list[tuple[Interview, User, Message]],
    seats: Mapping[tuple[UUID, UUID], Seat],
    now: datetime,
) -> list[Invitation]:
    """The mails and the rows that say who was told what."""
    if not wanted:
        return []
    titles = dict(round_choices())
    words = editing.words_for([MailKind.INVITATION, MailKind.CANCELLATION])
    made = []
    for interview, person, message in wanted:
        seat = seats.get((interview.pk, person.pk))
        mail = _mail(interview, person, message, seat, words, titles, now)
        times = message.times
        made.append(
            Invitation(
                interview=interview,
                person=person,
                sequence=message.sequence,
                is_cancellation=message.is_cancellation,
                round=times.round,
                starts_at=times.starts_at,
                ends_at=times.ends_at,
                day=times.day,
                mail=mail,
            )
        )
    outbox.put([invitation.mail for invitation in made])
    return Invitation.objects.bulk_create(made)


def _mail(
    interview: Interview,
    person: User,
    message: Message,
    seat: Seat | None,
    words: Mapping[str, Words],
    titles: Mapping[str, str],
    now: datetime,
) -> Mail:
    kind = MailKind.CANCELLATION if message.is_cancellation else MailKind.INVITATION
    title = titles.get(message.times.round, message.times.round)
    link = kit_address(seat) if seat else ""
    filled = fill(words[kind], _values(interview, person, message, title, link))
    return Mail(
        kind=kind,
        to=person.email,
        loop=interview.loop,
        subject=filled.subject,
        body=filled.body,
        method="CANCEL" if message.is_cancellation else "REQUEST",
        calendar=calendar.message(
            _entry(interview, person, message, title, link, now),
            organiser=parseaddr(settings.DEFAULT_FROM_EMAIL)[1],
            attendee=person.email,
            cancels=message.is_cancellation,
        ),
    )


def _values(
    interview: Interview, person: User, message: Message, title: str, link: str
) -> dict[str, str]:
    """What the placeholders of the mail stand for."""
    times = message.times
    return {
        "candidate": interview.loop.candidate.name,
        "opening": interview.loop.opening.title,
        "round": title,
        "when": span(times.starts_at, times.ends_at, times.day, person.time_zone),
        "link": link,
        "reader": person.name,
        "news": "Interview" if message.is_first else "Interview moved",
    }


def _entry(
    interview: Interview, person: User, message: Message, title: str, link: str, now: datetime
) -> calendar.Entry:
    return calendar.Entry(
        uid=uid(interview, person),
        summary=summary(title, interview),
        start=message.times.starts_at,
        end=message.times.ends_at,
        day=message.times.day,
        stamp=now,
        url="" if message.is_cancellation else link,
        sequence=message.sequence,
    )


def uid(interview: Interview, person: User) -> str:
    """The same in every message and in the feed: a calendar then knows it for one entry."""
    return f"{uuid5(interview.pk, str(person.pk))}@{HOST}"


def summary(title: str, interview: Interview) -> str:
    return f"{plain(title)}: {plain(interview.loop.candidate.name)}"


def kit_address(seat: Seat) -> str:
    return f"{settings.SITE_URL}{reverse('open_scorecard', args=[seat.pk])}"
