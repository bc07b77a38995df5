"""Sending reminders: the row first, then the mail, and no mail without a row of its own."""

import logging
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.db.models import F, Q, QuerySet

from accounts.models import Role, User
from hiring_committee.chasing.letters import letter
from hiring_committee.chasing.moments import Kind, Moment, Schedule, due, moments
from hiring_committee.models import Reminder, ReminderSchedule, loops_read_by
from hiring_committee.progress import end_of
from hiring_committee.rounds import round_choices
from interviews.models import Loop, Opening, Seat, SeatRole

log = logging.getLogger(__name__)

LOOK_BACK = timedelta(days=45)  # the longest schedule, with its weekends, is shorter


def remind(now: datetime) -> list[Reminder]:
    """Send what is due at this moment and was not begun before; the reminders that it began."""
    titles = dict(round_choices())
    sent = []
    for seat in _late_seats(now):
        moment = _due(seat, now)
        for person in _recipients(seat, moment) if moment else ():
            reminder = _begin(seat, person, moment)
            if reminder:
                _send(reminder, titles)
                sent.append(reminder)
    return sent


def _late_seats(now: datetime) -> QuerySet[Seat]:
    """Seats of interviews that are over, without their scorecard. Shadows are not chased."""
    over = Q(interview__ends_at__range=(now - LOOK_BACK, now))
    over |= Q(interview__day__range=((now - LOOK_BACK).date(), now.date()))
    return (
        Seat.objects.filter(over, interview__cancelled_at=None)
        .exclude(role=SeatRole.SHADOW)
        .exclude(scorecard__submitted_at__isnull=False)
        .exclude(interview__loop__candidate__account=F("person"))
        .select_related("person", "interview__loop__candidate")
        .select_related("interview__loop__opening__reminder_schedule")
        .order_by("interview__ends_at", "pk")
    )


def _due(seat: Seat, now: datetime) -> Moment | None:
    schedule, end = schedule_of(seat.interview.loop.opening), end_of(seat.interview)
    if schedule is None or end is None or end > now:
        return None
    return due(moments(end, seat.person.time_zone, schedule), now)


def schedule_of(opening: Opening) -> Schedule | None:
    """The opening's own, or the usual one; None where reminders are switched off."""
    own: ReminderSchedule | None = getattr(opening, "reminder_schedule", None)
    if own is None:
        return Schedule()
    return Schedule(own.first_after_hours, own.hour, own.days) if own.is_on else None


def _recipients(seat: Seat, moment: Moment) -> Iterable[User]:
    """The interviewer; the recruiters in the end, and at once where the interviewer has left."""
    if moment.kind != Kind.RECRUITER and seat.person.is_active:
        return [seat.person]
    return _recruiters_of(seat.interview.loop)


def _recruiters_of(loop: Loop) -> Iterator[User]:
    """Those who may know what this loop lacks: none recused, none who owes a card themselves."""
    for person in User.objects.filter(is_active=True, roles__contains=[Role.RECRUITER]):
        if loops_read_by(person).filter(pk=loop.pk).exists():
            yield person


def _begin(seat: Seat, person: User, moment: Moment) -> Reminder | None:
    """The row, committed; None where somebody began it before or the card came in meanwhile."""
    with transaction.atomic():
        Seat.objects.select_for_update(of=("self",)).get(pk=seat.pk)
        if Seat.objects.filter(pk=seat.pk, scorecard__submitted_at__isnull=False).exists():
            return None
        kind = moment.kind if person == seat.person else Kind.RECRUITER
        reminder, is_new = Reminder.objects.get_or_create(
            seat=seat, person=person, moment=moment.at, defaults={"kind": kind}
        )
        return reminder if is_new else None


def _send(reminder: Reminder, titles: dict[str, str]) -> None:
    """Hand the mail over, once: a fault is kept with the row, and the next moment is another."""
    seat = reminder.seat
    end = end_of(seat.interview)
    assert end is not None  # or no moment would have come
    round = titles.get(seat.interview.round, seat.interview.round)
    try:
        subject, text = letter(seat, reminder.person, reminder.kind, round, end)
        send_mail(subject, text, settings.DEFAULT_FROM_EMAIL, [reminder.person.email])
    except Exception as error:  # whatever the mail server's client raises
        log.warning("Reminder %s was not sent: %s", reminder.pk, error)
        reminder.state = Reminder.State.FAILED
        reminder.error = f"The mail server did not take it ({type(error).__name__})."
    else:
        reminder.state = Reminder.State.SENT
    reminder.save(update_fields=["state", "error"])
