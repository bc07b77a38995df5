"""Amending: asked first, discarded without a trace, submitted with a reason, read as changes."""

import pytest
from django.urls import reverse

from accounts.models import AuditEvent
from interviews.models import Seat
from scorecard import submission
from scorecard.content import Answer
from scorecard.models import Scorecard
from tests.people import Cast, submitted_card
from tests.scorecard.rating.pages import (
    LONG,
    open_form,
    own_card,
    rate_url,
    ready,
    signed_in,
    submit_url,
    with_soft_finding,
)


@pytest.fixture
def client(cast: Cast):
    return signed_in(cast.interviewer)


@pytest.fixture
def card(cast: Cast) -> Scorecard:
    card = own_card(cast, ready())
    submission.submit(card, cast.interviewer)
    return card


def url(name: str, card: Scorecard) -> str:
    return reverse(name, args=[card.pk])


def state(card: Scorecard) -> str:
    card.refresh_from_db()
    return card.state


def change(client, card: Scorecard, **more: str) -> None:
    page = open_form(client, rate_url(card))
    fields = {"dimension-tradeoffs-value": "1", "card-summary": "thought again"} | more
    assert client.post(rate_url(card), page | fields).status_code == 302


def test_asking_changes_nothing(client, card):
    assert client.get(url("amend", card)).status_code == 200
    assert state(card) == "submitted"


def test_an_amendment_is_a_version_with_a_reason_and_readers_see_both(client, cast, card):
    assert client.post(url("amend", card)).url == rate_url(card)
    assert "You are amending" in client.get(rate_url(card)).content.decode()
    change(client, card)
    page = open_form(client, submit_url(card))
    page |= {"reason-against-evidence-dimension-tradeoffs": "n/a"}
    assert client.post(submit_url(card), page).status_code == 200  # asks for the reason
    assert state(card) == "amending"
    assert client.post(submit_url(card), page | {"reason": "Read my notes"}).status_code == 302
    assert state(card) == "submitted"
    assert [v.content["summary"] for v in card.versions.all()] == [
        "Weighs costs aloud",
        "thought again",
    ]
    text = signed_in(cast.recruiter).get(url("scorecard", card)).content.decode()
    for words in ("Read my notes", "<del>Weighs costs aloud</del>", "<ins>thought again</ins>"):
        assert words in text


def test_while_it_is_amended_readers_see_the_last_version(client, cast, card):
    client.post(url("amend", card))
    change(client, card)
    text = signed_in(cast.recruiter).get(url("scorecard", card)).content.decode()
    assert "Weighs costs aloud" in text
    assert "thought again" not in text
    assert "amend" not in text


def test_discarding_puts_everything_back(client, card):
    before = submission.read_content(card)
    client.post(url("amend", card))
    change(client, card)
    assert client.post(url("discard_amendment", card)).url == url("scorecard", card)
    assert state(card) == "submitted"
    assert set(submission.read_content(card).ratings) == set(before.ratings)
    assert submission.read_content(card).summary == before.summary
    assert card.versions.count() == 1


def test_beginning_twice_and_discarding_twice_do_no_harm(client, card):
    assert client.post(url("amend", card)).status_code == 302
    assert client.post(url("amend", card)).url == rate_url(card)
    client.post(url("discard_amendment", card))
    answer = client.post(url("discard_amendment", card), follow=True)
    assert "not being amended" in answer.content.decode()
    assert state(card) == "submitted"


def test_a_card_in_progress_needs_no_amendment(client, cast):
    card = own_card(cast, ready())
    assert client.post(url("amend", card)).url == rate_url(card)
    assert state(card) == "draft"


def test_beginning_and_discarding_are_recorded(client, cast, card):
    client.post(url("amend", card))
    client.post(url("discard_amendment", card))
    actions = AuditEvent.objects.filter(actor=cast.interviewer).order_by("seq")
    assert [each.action for each in actions][-2:] == [
        "scorecard.amendment-begun",
        "scorecard.amendment-discarded",
    ]


def test_earlier_answers_are_offered_again(client, cast):
    card = own_card(cast, with_soft_finding())
    answer = Answer("yes-over-disqualifying", "recommendation", "a first role")
    submission.submit(card, cast.interviewer, answers=[answer])
    client.post(url("amend", card))
    page = open_form(client, submit_url(card))
    assert page["reason-yes-over-disqualifying-recommendation"] == ["a first role"]


def test_readers_learn_how_much_the_amender_could_have_seen(client, cast, card):
    submitted_card(Seat.objects.get(person=cast.colleague))
    client.post(url("amend", card))
    change(client, card, **{"dimension-tradeoffs-rationale": LONG})
    page = open_form(client, submit_url(card)) | {"reason": "After the debrief"}
    client.post(submit_url(card), page)
    text = client.get(url("scorecard", card)).content.decode()
    assert "after seeing 1 other" in text
