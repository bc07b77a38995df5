"""Sending reminders: the row first, then the mail, and no mail without a row of its own."""

import logging
from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import F, Q, QuerySet, UUIDField, Value

from accounts.models import Role, User
from interviews.models import Opening, Seat, SeatRole
from interviews.rounds import round_choices
from mail.editing import words_for
from mail.local_mailbox import OpenMail
from mail.texts import Words
from recruiting.models import Reminder, ReminderSchedule
from recruiting.reminders.letters import KINDS, letter
from recruiting.reminders.moments import Kind, Moment, Schedule, due, moments
from scorecard.access import loops_read_by
from scorecard.progress import end_of

log = logging.getLogger(__name__)

Late = tuple[Seat, Moment]
LOOK_BACK = timedelta(days=45)  # the longest schedule, with its weekends, is shorter


def remind(now: datetime) -> list[Reminder]:
    """Send the reminders that are due now and were not begun before; returns those it began.

    Seven queries to find that, and four for each that is sent.
    """
    late = [(seat, moment) for seat in _late_seats(now) if (moment := _due(seat, now))]
    begun = _begun(late)
    titles, words = dict(round_choices()), words_for(KINDS)
    sent = []
    for seat, moment, person in _addressed(late):
        if (seat.pk, person.pk, moment.at) in begun:
            continue
        reminder = _begin(seat, person, moment)
        if reminder:
            _send(reminder, seat, titles, words)
            sent.append(reminder)
    return sent


def _begun(late: list[Late]) -> set[tuple[UUID, UUID, datetime]]:
    """Seat, person and moment of every reminder that exists for these seats."""
    reminders = Reminder.objects.filter(seat__in=[seat for seat, _ in late])
    reminders = reminders.filter(moment__in={moment.at for _, moment in late})
    return set(reminders.values_list("seat", "person", "moment"))


def _late_seats(now: datetime) -> QuerySet[Seat]:
    """Seats of interviews that are over, without their scorecard. Shadows are not chased."""
    over = Q(interview__ends_at__range=(now - LOOK_BACK, now))
    over |= Q(interview__day__range=((now - LOOK_BACK).date(), now.date()))
    return (
        Seat.objects.filter(over, interview__cancelled_at=None)
        .exclude(role=SeatRole.SHADOW)
        .exclude(scorecard__submitted_at__isnull=False)
        .exclude(interview__loop__candidate__account=F("person"))
        .exclude(interview__loop__candidate__email=F("person__email"))
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


def _addressed(late: list[Late]) -> Iterator[tuple[Seat, Moment, User]]:
    """Whom to remind: the interviewer; at the end, or at once if they have left, the recruiters."""
    theirs = [pair for pair in late if _is_for_recruiters(*pair)]
    readers = _recruiters_of({seat.interview.loop_id for seat, _ in theirs})
    for seat, moment in late:
        if _is_for_recruiters(seat, moment):
            for person in readers[seat.interview.loop_id]:
                yield seat, moment, person
        else:
            yield seat, moment, seat.person


def _is_for_recruiters(seat: Seat, moment: Moment) -> bool:
    return moment.kind == Kind.RECRUITER or not seat.person.is_active


def _recruiters_of(loops: set[UUID]) -> dict[UUID, list[User]]:
    """By loop, the recruiters who may know what it lacks: not recused, and owing no card.

    One query for all of them, by the same rule as their pages.
    """
    found: dict[UUID, list[User]] = defaultdict(list)
    people = User.objects.filter(is_active=True, roles__contains=[Role.RECRUITER])
    recruiters = {person.pk: person for person in people} if loops else {}
    readable = [
        loops_read_by(person)
        .filter(pk__in=loops)
        .order_by()
        .values_list("pk", Value(person.pk, output_field=UUIDField()))
        for person in recruiters.values()
    ]
    if readable:
        first, *others = readable
        for loop, person in first.union(*others, all=True):
            found[loop].append(recruiters[person])
    return found


def _begin(seat: Seat, person: User, moment: Moment) -> Reminder | None:
    """The committed row; None where it was begun before or the card came in meanwhile."""
    with transaction.atomic():
        Seat.objects.select_for_update(of=("self",)).get(pk=seat.pk)
        if Seat.objects.filter(pk=seat.pk, scorecard__submitted_at__isnull=False).exists():
            return None
        kind = moment.kind if person == seat.person else Kind.RECRUITER
        about = {"kind": kind, "interview": seat.interview, "whose": seat.person}
        reminder, is_new = Reminder.objects.get_or_create(
            seat=seat, person=person, moment=moment.at, defaults=about
        )
        return reminder if is_new else None


def _send(reminder: Reminder, seat: Seat, titles: dict[str, str], words: dict[str, Words]) -> None:
    """Hand the mail over once; a failure is noted in the row and not tried again."""
    end = end_of(seat.interview)
    assert end is not None  # or no moment would have come
    round = titles.get(seat.interview.round, seat.interview.round)
    try:
        said = letter(seat, reminder.person, reminder.kind, round, end, words)
        loop = seat.interview.loop_id
        mail = OpenMail(said.subject, said.body, to=[reminder.person.email], loop=loop)
        mail.send()
    except Exception as error:  # whatever the mail server's client raises
        log.warning("Reminder %s was not sent: %s", reminder.pk, error)
        reminder.state = Reminder.State.FAILED
        reminder.error = f"The mail server did not take it ({type(error).__name__})."
    else:
        reminder.state = Reminder.State.SENT
    reminder.save(update_fields=["state", "error"])
