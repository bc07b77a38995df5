"""Interviewers are told of each change once, by a calendar message without an evaluation."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from accounts.models import AuditEvent
from interviews import scheduling
from interviews.models import Interview
from interviews.rounds import round_choices
from interviews.signals import interviews_changed
from mail import outbox
from mail.models import Mail
from recruiting.invitations import mails
from recruiting.invitations.changes import Message, Times, messages
from recruiting.models import Invitation
from tests.people import Cast, card_for, some_content

START = (timezone.now() + timedelta(days=30)).replace(hour=13, minute=0, second=0, microsecond=0)
NOW = datetime(2026, 5, 4, 12, tzinfo=UTC)
BEFORE = Times("behavioral", NOW + timedelta(days=1), NOW + timedelta(days=1, hours=1), None)
LATER = Times("behavioral", NOW + timedelta(days=2), NOW + timedelta(days=2, hours=1), None)
OVER = Times("behavioral", NOW - timedelta(hours=2), NOW - timedelta(hours=1), None)


def plan(cast: Cast, **changes) -> dict:
    times = {"starts_at": START, "ends_at": START + timedelta(hours=1)}
    return {"round": "behavioral", "lead": cast.stranger, **times, **changes}


def told() -> list[tuple[str, str, int]]:
    """Who was told what with which number, since this was last asked."""
    waiting = Mail.objects.filter(state="queued").select_related("invitation__person")
    found = [(m.invitation.person.name, m.method, m.invitation.sequence) for m in waiting]
    waiting.update(state="failed", error="read by the test")
    return sorted(found)


def test_each_change_is_told_once_to_those_concerned(cast) -> None:
    interview = scheduling.schedule(cast.recruiter, cast.loop, **plan(cast))
    assert told() == [("A Stranger", "REQUEST", 0)]
    scheduling.reschedule(cast.recruiter, interview, **plan(cast))
    assert told() == []  # nothing is otherwise
    moved = plan(cast, starts_at=START - timedelta(hours=1))
    scheduling.reschedule(cast.recruiter, interview, **moved)
    assert told() == [("A Stranger", "REQUEST", 1)]
    scheduling.reschedule(cast.recruiter, interview, **moved | {"lead": cast.colleague})
    assert told() == [("A Colleague", "REQUEST", 0), ("A Stranger", "CANCEL", 2)]
    scheduling.reschedule(cast.recruiter, interview, **moved | {"second": cast.colleague})
    assert told() == [("A Stranger", "REQUEST", 3)]
    scheduling.cancel(cast.recruiter, interview)
    scheduling.cancel(cast.recruiter, interview)
    assert told() == [("A Colleague", "CANCEL", 1), ("A Stranger", "CANCEL", 4)]


def test_an_invitation_is_sent_again_to_whom_it_was_lost_on(cast, as_) -> None:
    interview = scheduling.schedule(cast.recruiter, cast.loop, **plan(cast, second=cast.colleague))
    told()
    page = reverse("invitations", args=[interview.pk])
    client = as_(cast.recruiter)
    client.post(page, {"person": str(cast.stranger.pk)})
    assert told() == [("A Stranger", "REQUEST", 1)]
    assert "Interview: " in Mail.objects.latest("created_at").subject
    client.post(page, {"person": "all"})
    assert told() == [("A Colleague", "REQUEST", 1), ("A Stranger", "REQUEST", 2)]
    assert AuditEvent.objects.filter(action="interview.invited").count() == 3
    scheduling.reschedule(cast.recruiter, interview, **plan(cast, lead=cast.colleague))
    told()
    client.post(page, {"person": str(cast.stranger.pk)})  # who gave up the seat meanwhile
    assert told() == []


def test_nobody_is_invited_again_to_what_is_over_or_cancelled(cast, as_) -> None:
    interview = scheduling.schedule(cast.recruiter, cast.loop, **plan(cast))
    told()
    over = {"starts_at": NOW - timedelta(days=400), "ends_at": NOW - timedelta(days=399, hours=23)}
    Interview.objects.filter(pk=interview.pk).update(**over)
    page = reverse("invitations", args=[interview.pk])
    assert "It is over" in as_(cast.recruiter).get(page).content.decode()
    as_(cast.recruiter).post(page, {"person": "all"})
    assert told() == []
    Interview.objects.filter(pk=interview.pk).update(cancelled_at=timezone.now())
    assert as_(cast.recruiter).post(page, {"person": "all"}).status_code == 404


def test_a_change_that_is_undone_tells_nobody(cast) -> None:
    with transaction.atomic():
        scheduling.schedule(cast.recruiter, cast.loop, **plan(cast))
        transaction.set_rollback(True)
    assert not Mail.objects.exists()
    assert not Invitation.objects.exists()


def test_neither_the_past_nor_who_left_nor_the_candidate_is_invited(cast) -> None:
    past = {"starts_at": NOW - timedelta(days=400), "ends_at": NOW - timedelta(days=399, hours=23)}
    scheduling.schedule(cast.recruiter, cast.loop, **plan(cast, **past))
    interview = Interview.objects.create(
        loop=cast.loop, round="behavioral", starts_at=START, ends_at=START + timedelta(hours=1)
    )
    interview.seats.create(person=cast.candidate_account, role="lead")
    interview.seats.create(person=cast.stranger, role="second")
    type(cast.stranger).objects.filter(pk=cast.stranger.pk).update(is_active=False)
    interviews_changed.send(sender=Interview, interviews=[interview], by=None)
    assert told() == []


def test_the_mail_and_its_calendar_name_the_kit_the_time_and_no_evaluation(cast, settings) -> None:
    settings.SITE_URL = "https://scorecard.example"
    settings.DEFAULT_FROM_EMAIL = "Hiring <hiring@lumenta.example>"
    cast.loop.candidate.name = 'Noor"\r\nATTENDEE:mailto:evil@x.example\u202e; <b>,' + "x" * 150
    cast.loop.candidate.save()
    type(cast.stranger).objects.filter(pk=cast.stranger.pk).update(time_zone="Asia/Tokyo")
    interview = scheduling.schedule(cast.recruiter, cast.loop, **plan(cast))
    seat = interview.seats.get()
    card_for(seat, some_content(seat))
    mail = Mail.objects.get()
    assert "\n" not in mail.subject
    assert "\u202e" not in mail.subject + mail.body
    assert "22:00 to 23:00 (Asia/Tokyo)" in mail.body
    assert "budget" not in mail.body
    calendar = Calendar.from_ical(mail.calendar)
    (event,) = calendar.walk("VEVENT")
    assert (calendar["METHOD"], event["ATTENDEE"]) == ("REQUEST", f"mailto:{cast.stranger.email}")
    assert event["ORGANIZER"] == "mailto:hiring@lumenta.example"
    assert event["CLASS"] == "PRIVATE"
    assert f"DTSTART:{START:%Y%m%dT%H%M%S}Z" in mail.calendar
    assert event["URL"] == f"https://scorecard.example/interviews/{seat.pk}/scorecard/"
    assert outbox.sweep() == 1


def test_many_at_once_cost_no_more_queries(cast, django_assert_num_queries) -> None:
    round_choices()  # the rubric is read once a process
    for many in (1, 5):
        made = []
        for n in range(many):
            at = START + timedelta(days=n, minutes=many)
            end = at + timedelta(hours=1)
            made.append(
                Interview.objects.create(
                    loop=cast.loop, round="behavioral", starts_at=at, ends_at=end
                )
            )
            made[-1].seats.create(person=cast.stranger, role="lead")
        with django_assert_num_queries(7):
            assert len(mails.invite(made)) == many


@pytest.mark.parametrize(
    ("seated", "times", "last", "expected"),
    [
        (["a"], BEFORE, None, Message(0, False, BEFORE, True)),
        (["a"], BEFORE, Message(0, False, BEFORE), None),
        (["a"], LATER, Message(0, False, BEFORE), Message(1, False, LATER, False)),
        (["a"], BEFORE, Message(4, True, BEFORE), Message(5, False, BEFORE, True)),
        ([], BEFORE, Message(0, False, BEFORE), Message(1, True, BEFORE, False)),
        ([], BEFORE, Message(1, True, BEFORE), None),
        (["a"], OVER, None, None),
        (["a"], OVER, Message(0, False, BEFORE), Message(1, False, OVER, False)),
        ([], OVER, Message(0, False, OVER), None),
    ],
)
def test_what_one_person_is_told(seated, times, last, expected) -> None:
    found = messages(seated, times, {"a": last} if last else {}, NOW)
    assert found == ({"a": expected} if expected else {})


def test_a_whole_day_is_over_at_its_end() -> None:
    today = Times("behavioral", None, None, date(2026, 5, 4))
    assert not today.is_over(NOW)
    assert today.is_over(NOW + timedelta(hours=12))
