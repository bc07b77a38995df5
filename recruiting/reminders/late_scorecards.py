"""Asking for late scorecards: each reminder is a row with its mail, and neither is made twice."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q, QuerySet, UUIDField, Value
from django.urls import reverse

from accounts.models import Role, User
from interviews.models import Opening, Seat, SeatRole
from interviews.rounds import round_choices
from mail import outbox
from mail.kinds import Words
from mail.models import Mail
from mail.texts import words_for
from recruiting.local_times import moment_in_words
from recruiting.models import Reminder, ReminderSchedule
from recruiting.reminders.schedule import Kind, Moment, Schedule, due, moments
from scorecard.access import loops_read_by
from scorecard.progress import end_of

Late = tuple[Seat, Moment]
LOOK_BACK = timedelta(days=45)  # the longest schedule, with its weekends, is shorter


def remind(now: datetime) -> list[Reminder]:
    """Write the reminders that are due now and were not written before; returns those.

    Eight queries to find that, and seven for each that is written.
    """
    _withdraw(Reminder.objects.filter(seat__scorecard__submitted_at__isnull=False))
    late = [(seat, moment) for seat in _late_seats(now) if (moment := _due(seat, now))]
    written = _written(late)
    titles, words = dict(round_choices()), words_for("reminder", "escalation")
    made = [
        _write(seat, person, moment, titles, words)
        for seat, moment, person in _addressed(late)
        if (seat.pk, person.pk, moment.at) not in written
    ]
    return [reminder for reminder in made if reminder]


def _withdraw(reminders: QuerySet[Reminder]) -> None:
    """Take back those that still wait for a mail server."""
    waiting = Mail.objects.filter(state=Mail.State.QUEUED, pk__in=reminders.values("mail"))
    waiting.update(state=Mail.State.WITHDRAWN)


def _written(late: list[Late]) -> set[tuple[UUID, UUID, datetime]]:
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


@transaction.atomic
def _write(
    seat: Seat,
    person: User,
    moment: Moment,
    titles: Mapping[str, str],
    words: Mapping[str, Words],
) -> Reminder | None:
    """The reminder and its mail; None where there is one, or the scorecard came in meanwhile."""
    Seat.objects.select_for_update(of=("self",)).get(pk=seat.pk)
    about = {"seat": seat, "person": person, "moment": moment.at}
    if (
        Seat.objects.filter(pk=seat.pk, scorecard__submitted_at__isnull=False).exists()
        or Reminder.objects.filter(**about).exists()
    ):
        return None
    kind = moment.kind if person == seat.person else Kind.RECRUITER
    mail = _mail(seat, person, kind, titles, words)
    _withdraw(Reminder.objects.filter(seat=seat, person=person))  # nobody gets a heap of them
    outbox.put([mail])
    return Reminder.objects.create(
        **about, kind=kind, interview=seat.interview, whose=seat.person, mail=mail
    )


def _mail(
    seat: Seat, to: User, kind: Kind, titles: Mapping[str, str], words: Mapping[str, Words]
) -> Mail:
    """Candidate, round and time by the reader's clock, and nothing of an evaluation."""
    interview, loop = seat.interview, seat.interview.loop
    end = end_of(interview)
    assert end is not None  # or no moment would have come
    if kind == Kind.RECRUITER:
        name, path = "escalation", reverse("loop", args=[loop.pk])
    else:
        name, path = "reminder", reverse("open_scorecard", args=[seat.pk])
    values = {
        "candidate": loop.candidate.name,
        "opening": loop.opening.title,
        "round": titles.get(interview.round, interview.round),
        "when": moment_in_words(end, to.time_zone),
        "link": f"{settings.SITE_URL}{path}",
        "reader": to.name,
        "interviewer": seat.person.name,
    }
    return outbox.write(name, words[name], values, to=to.email, person=to, loop=loop)
