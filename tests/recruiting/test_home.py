"""Home: what needs me today, counted from what I may see."""

from datetime import datetime, timedelta

import pytest
from django.urls import reverse

from accounts.models import Role, User
from interviews.models import CommitteeSeat, SeatRole
from tests.conftest import DAY, HOUR, As
from tests.people import Cast, make_loop, person, seat_in, submitted_card


@pytest.fixture
def ada(rubric) -> User:
    return person("Ada", Role.INTERVIEWER, time_zone="Asia/Tokyo")


def home(as_: As, user: User) -> str:
    return as_(user).get(reverse("home")).content.decode()


def between(body: str, start: str, end: str) -> str:
    return body[body.index(start) :].partition(end)[0]


def test_an_interview_going_on_comes_first_in_the_readers_own_time(
    ada: User, as_: As, now: datetime
) -> None:
    begun = now.replace(minute=0, second=0) - timedelta(minutes=5)
    seat_in(make_loop(name="Now"), ada, starts_at=now - timedelta(minutes=5))
    seat_in(make_loop(name="Later"), ada, "ml-coding", starts_at=begun + 2 * DAY)
    context = as_(ada).get(reverse("home")).context["interviewer"]
    assert [str(p.seat.interview.loop.candidate) for p in context["ahead"]] == ["Now", "Later"]
    body = home(as_, ada)
    tokyo = (now - timedelta(minutes=5) + 9 * HOUR).strftime("%H:%M")
    row = between(body, "Now</bdi>" if "Now</bdi>" in body else ">Now<", "</tr>")
    assert tokyo in row
    assert "now</span>" in row


def test_a_scorecard_is_due_from_the_end_and_late_a_day_after(
    ada: User, as_: As, now: datetime
) -> None:
    seat_in(make_loop(name="Due"), ada, starts_at=now - 3 * HOUR)
    seat_in(make_loop(name="Late"), ada, "ml-coding", starts_at=now - 3 * DAY)
    body = home(as_, ada)
    assert "Due, over for 2 h" in body
    assert "Missing for 2 days" in body
    due = as_(ada).get(reverse("home")).context["interviewer"]["due"]
    assert [str(p.seat.interview.loop.candidate) for p in due] == ["Late", "Due"]


def test_cancelled_and_handed_in_are_not_due(ada: User, as_: As, now: datetime) -> None:
    done = seat_in(make_loop(name="Done"), ada, starts_at=now - 3 * HOUR)
    submitted_card(done)
    off = seat_in(make_loop(name="Off"), ada, "ml-coding", starts_at=now - 3 * HOUR)
    off.interview.cancelled_at = now
    off.interview.save()
    body = home(as_, ada)
    assert "You owe no scorecard." in body
    assert "Done" in between(body, "Handed in lately", "</section>")
    assert "Off" not in body


def test_an_all_day_event_is_due_the_day_after(ada: User, as_: As, now: datetime) -> None:
    for name, day in (("Yesterday", now.date() - DAY), ("Tomorrow", now.date() + DAY)):
        seat = seat_in(make_loop(name=name), ada, starts_at=now)
        seat.interview.starts_at = seat.interview.ends_at = None
        seat.interview.day = day
        seat.interview.save()
    context = as_(ada).get(reverse("home")).context["interviewer"]
    assert [str(p.seat.interview.loop.candidate) for p in context["due"]] == ["Yesterday"]
    assert [str(p.seat.interview.loop.candidate) for p in context["ahead"]] == ["Tomorrow"]


def test_recruiters_read_who_is_missing_and_for_how_long(
    cast: Cast, as_: As, now: datetime
) -> None:
    loop = make_loop(name="Waiting")
    seat_in(loop, cast.colleague, starts_at=now - 4 * HOUR)
    shadowed = seat_in(loop, cast.interviewer, "ml-coding", starts_at=now - 30 * HOUR)
    seat_in(loop, cast.shadow, role=SeatRole.SHADOW, interview=shadowed.interview)
    rows = as_(cast.recruiter).get(reverse("home")).context["recruiter"]["rows"]
    waiting = {str(each.candidate): [p.seat.person for p in late] for each, late in rows}
    assert waiting["Waiting"] == [cast.interviewer, cast.colleague]
    body = home(as_, cast.recruiter)
    assert "0 of 2" in between(body, "Waiting<", "</tr>")


def test_a_recruiter_who_owes_a_card_is_not_told_who_else_does(
    cast: Cast, as_: As, now: datetime
) -> None:
    loop = make_loop(name="Own")
    seat_in(loop, cast.colleague, starts_at=now - 4 * HOUR)
    seat_in(loop, cast.recruiter, "ml-coding", starts_at=now - 4 * HOUR)
    context = as_(cast.recruiter).get(reverse("home")).context
    assert "Own" not in [str(loop.candidate) for loop, _ in context["recruiter"]["rows"]]
    assert [str(p.seat.interview.loop.candidate) for p in context["interviewer"]["due"]] == ["Own"]


def test_committees_are_those_one_sits_on_and_is_not_recused_from(cast: Cast, as_: As) -> None:
    make_loop(name="Elsewhere")
    for who, shown in ((cast.committee, True), (cast.recused, False)):
        body = home(as_, who)
        assert ("Noor Example" in body) is shown
        assert "Elsewhere" not in body
        assert ("You sit on no committee at present." in body) is not shown


def test_nobody_is_left_with_an_empty_page(rubric, as_: As) -> None:
    says = {
        Role.INTERVIEWER: "No interview is planned with you.",
        Role.RECRUITER: "Nobody owes you a scorecard.",
        Role.COMMITTEE: "You sit on no committee at present.",
        Role.ADMINISTRATOR: "You look after",
    }
    for role, sentence in says.items():
        assert sentence in home(as_, person(f"A {role}", role))
    assert "You have no role yet." in home(as_, person("Nobody"))


@pytest.mark.parametrize("many", [1, 8])
def test_home_asks_the_same_queries_for_one_and_many(
    rubric, as_: As, now: datetime, django_assert_num_queries, many: int
) -> None:
    everything = person("Everything", *Role.values)
    other = person("Other", Role.INTERVIEWER)
    for n in range(many):
        seat_in(make_loop(name=f"Ahead {n}"), everything, starts_at=now + DAY)
        seat_in(make_loop(name=f"Missing {n}"), other, starts_at=now - DAY)
        loop = make_loop(name=f"Judged {n}")
        submitted_card(seat_in(loop, other, starts_at=now - DAY))
        CommitteeSeat.objects.create(loop=loop, person=everything)
    client = as_(everything)
    client.get(reverse("home"))  # the session is read from the cache from now on
    with django_assert_num_queries(27):
        client.get(reverse("home"))
