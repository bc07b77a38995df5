"""Planning interviews: other people's clocks, people who left, and what was written stays."""

from datetime import UTC, datetime

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from accounts.models import User
from interviews import scheduling
from interviews.models import Candidate, CommitteeSeat, Interview, Seat
from interviews.refusals import Refused
from scorecard.models import Note, Scorecard
from tests.conftest import As
from tests.people import MONDAY, Cast, card_for, make_loop, seat_in, some_content


@pytest.fixture
def client(cast: Cast, as_: As) -> Client:
    User.objects.filter(pk=cast.recruiter.pk).update(time_zone="America/New_York")
    return as_(cast.recruiter)


def fields(who: User, day: str = "2026-12-01", at: str = "09:30-10:30", **more: str) -> dict:
    starts, ends = at.split("-")
    times = {"starts_at": f"{day}T{starts}", "ends_at": f"{day}T{ends}"}
    return {"round": "ml-coding", "lead": str(who.pk), **times, **more}


def faults(response: HttpResponse) -> dict[str, str]:
    assert response.status_code == 200
    return {name: str(errors[0]) for name, errors in response.context["form"].errors.items()}


def test_a_repeated_hour_is_asked_about_on_the_form(cast: Cast, client: Client) -> None:
    page = reverse("add_interview", args=[cast.loop.pk])
    times = fields(cast.stranger, "2026-11-01", "01:15-01:45")
    response = client.post(page, times)
    assert "twice on 1 November 2026" in faults(response)["starts_at"]
    assert 'name="repeated"' in response.content.decode()
    client.post(page, {**times, "repeated": "second"})
    made = Interview.objects.get(round="ml-coding")
    assert made.starts_at == datetime(2026, 11, 1, 6, 15, tzinfo=UTC)
    again = client.get(reverse("edit_interview", args=[made.pk])).context["form"]
    assert again.initial["repeated"] == "second"


def check(client: Client, who: User, **more: str) -> str:
    return client.get(reverse("check_times"), fields(who, **more)).content.decode()


def test_the_form_shows_what_the_time_is_for_the_interviewer(cast: Cast, client: Client) -> None:
    User.objects.filter(pk=cast.stranger.pk).update(time_zone="Asia/Tokyo")
    body = check(client, cast.stranger)
    assert "Tue 1 Dec 2026, 23:30–00:30" in body
    assert "Asia/Tokyo" in body
    assert "outside of working hours" in body


def test_a_second_interview_at_one_time_is_warned_of_and_not_refused(
    cast: Cast, client: Client
) -> None:
    other = make_loop("Staff ML Engineer", "Olu Other")
    taken = datetime(2026, 12, 1, 15, 0, tzinfo=UTC)  # 10:00 in New York
    seat_in(other, cast.stranger, starts_at=taken)
    assert "interviews Olu Other" in check(client, cast.stranger)
    assert "interviews Olu" not in check(client, cast.stranger, at="09:00-10:00")
    page = reverse("add_interview", args=[cast.loop.pk])
    answer = client.post(page, fields(cast.stranger), follow=True).content.decode()
    assert "has another interview at that time, with Olu Other" in answer
    assert Interview.objects.filter(round="ml-coding").exists()


def test_an_overlap_that_the_recruiter_may_not_know_of_is_not_told(
    cast: Cast, client: Client
) -> None:
    other = make_loop("Staff ML Engineer", "Olu Other")
    seat_in(other, cast.stranger, starts_at=datetime(2026, 12, 1, 15, 0, tzinfo=UTC))
    CommitteeSeat.objects.create(
        loop=other, person=cast.recruiter, recused_at=other.created_at, recusal_reason="kin"
    )
    assert "at that time" not in check(client, cast.stranger)


def test_a_cancelled_interview_keeps_its_notes_and_says_so(
    cast: Cast, client: Client, as_: As
) -> None:
    seat = Seat.objects.get(person=cast.colleague)
    card = card_for(seat, some_content(seat))
    page = reverse("cancel_interview", args=[seat.interview_id])
    assert "A Colleague has begun a scorecard here. It stays" in client.get(page).content.decode()
    client.post(page)
    assert Note.objects.filter(scorecard=card).count() == 1
    author = as_(cast.colleague)
    body = author.get(reverse("loop", args=[cast.loop.pk])).content.decode()
    assert "Cancelled, notes are kept" in body
    assert author.get(reverse("live", args=[card.pk])).status_code == 200


def test_moving_and_swapping_leave_every_word_where_it_is(cast: Cast, client: Client) -> None:
    seat = Seat.objects.get(person=cast.interviewer)
    card = card_for(seat, some_content(seat))
    before = list(Note.objects.values("scorecard", "text", "at_seconds"))
    page = reverse("edit_interview", args=[seat.interview_id])
    same_round = {"round": "ml-system-design", "shadow": str(cast.stranger.pk)}
    assert client.post(page, fields(cast.interviewer, **same_round)).status_code == 302
    assert Scorecard.objects.get(pk=card.pk).seat == seat
    assert list(Note.objects.values("scorecard", "text", "at_seconds")) == before
    refused = faults(client.post(page, fields(cast.stranger, round="ml-system-design")))
    assert "Add the other one as second interviewer, or cancel" in refused["lead"]


def test_who_left_cannot_be_seated_and_their_seats_say_so(cast: Cast, client: Client) -> None:
    User.objects.filter(pk__in=[cast.stranger.pk, cast.colleague.pk]).update(is_active=False)
    cast.stranger.refresh_from_db()
    with pytest.raises(Refused, match="has left. Choose somebody else"):
        scheduling.schedule(
            cast.recruiter,
            cast.loop,
            round="ml-coding",
            starts_at=datetime(2026, 12, 1, 9, tzinfo=UTC),
            ends_at=datetime(2026, 12, 1, 10, tzinfo=UTC),
            lead=cast.stranger,
        )
    for page in (reverse("loop", args=[cast.loop.pk]), reverse("home")):
        assert "has left</span>" in client.get(page).content.decode()
    interview = Interview.objects.get(round="behavioral")
    form = client.get(reverse("edit_interview", args=[interview.pk])).content.decode()
    assert f"{cast.colleague.name}, has left ({cast.colleague.email})" in form


def test_nobody_interviews_or_judges_themselves(cast: Cast, client: Client) -> None:
    page = reverse("add_interview", args=[cast.loop.pk])
    refused = faults(client.post(page, fields(cast.candidate_account)))
    assert "is the candidate" in refused["lead"]
    User.objects.filter(pk=cast.candidate_account.pk).update(roles=["committee"])
    page = reverse("add_committee_seat", args=[cast.loop.pk])
    refused = faults(client.post(page, {"person": cast.candidate_account.pk}))
    assert "is the candidate" in refused["person"]


def test_an_account_is_linked_to_a_candidate_unless_it_sits_in_their_loop(
    cast: Cast, client: Client, as_: As
) -> None:
    page = reverse("edit_candidate", args=[cast.loop.candidate_id])
    who = {"name": "Noor E.", "email": "NOOR.example@mailbox.example"}
    refused = faults(client.post(page, {**who, "account": cast.colleague.pk}))
    assert "sits in a loop of this candidate" in refused["account"]
    refused = faults(client.post(page, {**who, "email": cast.colleague.email}))
    assert "sits in a loop of this candidate" in refused["email"]
    client.post(page, {**who, "account": cast.stranger.pk})
    candidate = Candidate.objects.get(pk=cast.loop.candidate_id)
    assert (candidate.name, candidate.account) == ("Noor E.", cast.stranger)
    assert as_(cast.stranger).get(reverse("loop", args=[cast.loop.pk])).status_code == 404


def test_a_recused_recruiter_who_interviews_there_plans_nothing(cast: Cast, as_: As) -> None:
    User.objects.filter(pk=cast.interviewer.pk).update(roles=["interviewer", "recruiter"])
    who, interview = as_(cast.interviewer), Interview.objects.get(round="behavioral")
    pages = [
        reverse("add_interview", args=[cast.loop.pk]),
        reverse("edit_interview", args=[interview.pk]),
        reverse("cancel_interview", args=[interview.pk]),
        reverse("edit_candidate", args=[cast.loop.candidate_id]),
    ]
    assert [who.get(page).status_code for page in pages] == [200] * 4
    CommitteeSeat.objects.create(
        loop=cast.loop, person=cast.interviewer, recused_at=MONDAY, recusal_reason="Old friends"
    )
    assert [who.get(page).status_code for page in pages] == [404] * 4
    loop = who.get(reverse("loop", args=[cast.loop.pk])).content.decode()
    assert not any(page in loop for page in pages)


def test_a_recruiter_who_is_the_candidate_finds_no_page_about_themselves(
    cast: Cast, as_: As
) -> None:
    Candidate.objects.update(account=cast.recruiter)
    page = reverse("edit_candidate", args=[cast.loop.candidate_id])
    assert as_(cast.recruiter).get(page).status_code == 404
