"""A private feed: one's own interviews, for whoever has its address, until that is renewed."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from accounts.models import AuditEvent, User
from interviews.models import Interview, Seat
from recruiting.invitations import feeds
from recruiting.models import CalendarFeed
from tests.people import Cast, card_for, make_loop, person, seat_in, some_content

SOON = (timezone.now() + timedelta(days=3)).replace(minute=30, second=0, microsecond=0)


def path(who: User) -> str:
    """Where the page says that the feed is; made or renewed by this."""
    client = Client()
    client.force_login(who)
    there = CalendarFeed.objects.filter(person=who).exists()
    client.post(reverse("renew_calendar" if there else "my_calendar"))
    return (
        client.get(reverse("my_calendar")).context["address"].removeprefix(feeds.settings.SITE_URL)
    )


def events(address: str) -> list:
    response = Client().get(address)
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    return Calendar.from_ical(response.content).walk("VEVENT")


def test_it_holds_ones_own_interviews_and_the_way_to_the_kit(cast, settings) -> None:
    settings.SITE_URL = "https://scorecard.example"
    seat = seat_in(cast.loop, cast.interviewer, starts_at=SOON)
    card_for(seat, some_content(seat))
    seat_in(cast.loop, cast.colleague, starts_at=SOON)  # somebody else's
    cancelled = seat_in(cast.loop, cast.interviewer, starts_at=SOON)
    Interview.objects.filter(pk=cancelled.interview_id).update(cancelled_at=timezone.now())
    day = Interview.objects.create(loop=cast.loop, round="behavioral", day=SOON.date())
    Seat.objects.create(interview=day, person=cast.interviewer)
    found = {event["SUMMARY"]: event for event in events(path(cast.interviewer))}
    texts = [event.to_ical().decode() for event in events(path(cast.interviewer))]
    assert len(texts) == 2
    assert not any("budget" in text for text in texts)
    at = f"DTSTART:{SOON:%Y%m%dT%H%M%S}Z"
    whole = f"DTSTART;VALUE=DATE:{SOON:%Y%m%d}"
    assert sorted([at in text, whole in text] for text in texts) == [[False, True], [True, False]]
    assert set(found) == {"Behavioural: Noor Example"}
    link = f"https://scorecard.example{reverse('open_scorecard', args=[seat.pk])}"
    assert any(link in text.replace("\r\n ", "") for text in texts)
    ends = [e["DTEND"].dt for e in events(path(cast.interviewer)) if type(e["DTEND"].dt) is date]
    assert ends == [SOON.date() + timedelta(days=1)]


def test_nobody_finds_an_interview_about_themselves(cast) -> None:
    seat_in(cast.loop, cast.candidate_account, starts_at=SOON)
    assert events(path(cast.candidate_account)) == []


def test_a_name_adds_no_line_of_its_own(cast) -> None:
    loop = make_loop(name="Hostile Name")
    loop.candidate.name = "A\r\nBEGIN:VEVENT\r\nSUMMARY:b\u202e;,\\" + "\N{GRINNING FACE}" * 80
    loop.candidate.save()
    seat_in(loop, cast.stranger, starts_at=SOON)
    (event,) = events(path(cast.stranger))
    assert "A BEGIN:VEVENT SUMMARY:b ;,\\" in event["SUMMARY"]
    assert "\n" not in event["SUMMARY"]
    assert "\u202e" not in event["SUMMARY"]


def test_a_wrong_a_renewed_and_a_revoked_address_are_nothing(cast) -> None:
    first = path(cast.interviewer)
    second = path(cast.interviewer)
    key = str(CalendarFeed.objects.get().key)
    forged = reverse("calendar_feed", args=[f"{key}.{'A' * 43}"])
    for wrong in (first, forged, second.replace(".ics", "x.ics"), "/calendar/x.ics"):
        assert Client().get(wrong).status_code == 404, wrong
    assert Client().get(second).status_code == 200
    client = Client()
    client.force_login(cast.interviewer)
    client.post(reverse("revoke_calendar"))
    assert Client().get(second).status_code == 404
    lines = AuditEvent.objects.filter(action__startswith="calendar.").order_by("seq")
    assert [line.action for line in lines] == [
        "calendar.made",
        "calendar.renewed",
        "calendar.revoked",
    ]


@pytest.mark.parametrize("name", ["renew_calendar", "revoke_calendar"])
def test_an_address_that_others_subscribed_to_ends_on_a_second_word_alone(cast, name) -> None:
    address = path(cast.interviewer)
    client = Client()
    client.force_login(cast.interviewer)
    asked = client.get(reverse(name)).content.decode()
    assert "goes on showing what it fetched last" in asked
    client.post(reverse("my_calendar"))  # the button of a page from before it was on
    assert Client().get(address).status_code == 200


def test_who_left_is_told_nothing_more(cast) -> None:
    address = path(cast.interviewer)
    User.objects.filter(pk=cast.interviewer.pk).update(is_active=False)
    assert Client().get(address).status_code == 404


@pytest.mark.parametrize("many", [1, 6])
def test_queries_of_the_feed(cast: Cast, many: int, django_assert_num_queries) -> None:
    who = person("Somebody Busy")
    for n in range(many):
        seat_in(cast.loop, who, starts_at=SOON + timedelta(days=n))
    address = path(who)
    events(address)  # the rubric's titles are read once a process
    with django_assert_num_queries(3):
        assert len(events(address)) == many
