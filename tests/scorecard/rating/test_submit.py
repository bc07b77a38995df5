"""Submitting: what stands in the way, what may be stood by, who will read it, and the record."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from interviews.models import Interview, Seat, SeatRole
from scorecard.content import Answer, FlagContent, RatingContent
from scorecard.models import Scorecard
from scorecard.submission import findings, hand_in, read_content
from tests.people import Cast, card_for, seat_in
from tests.scorecard.rating.pages import (
    ASKED,
    BAD,
    FOCUS,
    GOOD,
    LONG,
    note,
    open_form,
    own_card,
    rate_url,
    ready,
    signed_in,
    submit_url,
    with_soft_finding,
)

SOFT = "reason-yes-over-disqualifying-recommendation"


@pytest.fixture
def client(cast: Cast):
    return signed_in(cast.interviewer)


def state(card: Scorecard) -> str:
    card.refresh_from_db()
    return card.state


def test_a_whole_card_is_submitted(client, cast):
    card = own_card(cast, ready())
    answer = client.post(submit_url(card), open_form(client, submit_url(card)))
    assert answer.url == reverse("scorecard", args=[card.pk])
    assert state(card) == "submitted"
    assert card.versions.get().by == cast.interviewer


def test_a_hard_finding_stops_it_and_leads_to_its_place(client, cast):
    card = own_card(cast, ready(recommendation=""))
    page = client.get(submit_url(card)).content.decode()
    assert f'href="{rate_url(card)}?checked#recommendation"' in page
    answer = client.post(submit_url(card), open_form(client, submit_url(card)))
    assert answer.status_code == 409
    assert "one thing" in answer.content.decode() or "1 thing" in answer.content.decode()
    assert state(card) == "draft"


def test_the_rating_page_repeats_the_findings_beside_their_things(client, cast):
    card = own_card(cast, with_soft_finding())
    card.ratings.filter(dimension="tradeoffs").delete()
    words = ("Trade-offs is not rated", "hold a disqualifying flag")
    plain = client.get(rate_url(card)).content.decode()
    checked = client.get(rate_url(card) + "?checked").content.decode()
    assert not [each for each in words if each in plain]
    assert [each for each in words if each in checked] == list(words)


def test_every_finding_leads_to_a_place_that_is_there(client, cast):
    """A card in which nearly everything is wrong: each link's anchor is on the page it names."""
    far = note(36, "she has two kids", dimension="depth", signal="", polarity="risk")
    tagged = note(37, dimension="responsible-ml", signal="fairness-aware", polarity="strength")
    flag = FlagContent("premature-complexity", "disqualifying", "")
    ratings = (
        RatingContent("tradeoffs", 4, "smart", notes=(BAD.id,)),
        RatingContent("adaptability", 3, LONG, notes=(GOOD.id,)),
        RatingContent("communication", None),
    )
    notes = (GOOD, BAD, far, tagged)
    card = own_card(cast, ready(notes=notes, ratings=ratings, flags=(flag,), summary="Awesome"))
    Interview.objects.filter(pk=card.seat.interview_id).update(round="ml-coding")
    card = Scorecard.objects.get(pk=card.pk)
    found = findings(card, read_content(card))
    assert len({each.code for each in found}) >= 10
    rating_page = client.get(rate_url(card)).content.decode()
    for each in found:
        if not each.on_live_page:
            assert f'id="{each.where}"' in rating_page, each.code
    assert any(each.where == f"note-{far.id}" for each in found)


def test_no_reason_gets_past_a_hard_finding(client, cast):
    card = own_card(cast, ready(recommendation=""))
    page = open_form(client, submit_url(card)) | {
        "reason-no-recommendation-recommendation": "I would rather not"
    }
    assert client.post(submit_url(card), page).status_code == 409
    assert state(card) == "draft"


def test_noise_alone_never_gets_in(client, cast):
    noise = note(34, dimension="tradeoffs", polarity="noise")
    ratings = tuple(RatingContent(each, 3, LONG, notes=(noise.id,)) for each in FOCUS)
    card = own_card(cast, ready(notes=(GOOD, BAD, ASKED, noise), ratings=ratings))
    assert client.post(submit_url(card), open_form(client, submit_url(card))).status_code == 409


def test_a_soft_finding_is_stood_by_with_a_reason_that_enters_the_record(client, cast):
    card = own_card(cast, with_soft_finding())
    page = open_form(client, submit_url(card))
    assert page[SOFT] == [""]
    assert client.post(submit_url(card), page).status_code == 409
    assert state(card) == "draft"
    why = "It would be a first role, with a mentor beside them"
    assert client.post(submit_url(card), page | {SOFT: why}).status_code == 302
    answers = card.versions.get().content["answers"]
    assert answers == [{"code": "yes-over-disqualifying", "where": "recommendation", "reason": why}]
    assert why in client.get(reverse("scorecard", args=[card.pk])).content.decode()


def test_a_refused_submission_keeps_the_reasons_that_were_typed(client, cast):
    card = own_card(cast, with_soft_finding())
    card.ratings.filter(dimension="tradeoffs").delete()
    page = open_form(client, submit_url(card)) | {SOFT: "typed already"}
    assert "typed already" in client.post(submit_url(card), page).content.decode()


def test_an_invented_answer_does_not_enter_the_record(cast):
    card = own_card(cast, ready())
    invented = Answer("vague", "dimension-depth", "nobody asked")
    seen = read_content(card).digest()
    version = hand_in(card, cast.interviewer, seen=seen, answers=[invented])
    assert version.card.answers == ()


def test_a_challenged_remark_leads_to_its_note_on_the_live_page(client, cast):
    told = note(35, "she has two kids", dimension="tradeoffs", polarity="risk")
    card = own_card(cast, ready(notes=(GOOD, BAD, ASKED, told)))
    page = client.get(submit_url(card)).content.decode()
    assert f'href="{reverse("live", args=[card.pk])}#note-{told.id}"' in page
    form = open_form(client, submit_url(card))
    assert client.post(submit_url(card), form).status_code == 409
    form |= {f"reason-remark-note-{told.id}": "The role is a games designer’s for kids"}
    assert client.post(submit_url(card), form).status_code == 302


def test_it_says_who_will_read_it_and_nothing_of_what_they_did(client, cast):
    text = client.get(submit_url(own_card(cast, ready()))).content.decode()
    for reader in (cast.committee, cast.recruiter):
        assert reader.name in text
    for other in (cast.recused, cast.colleague, cast.stranger, cast.shadow):
        assert other.name not in text


def test_what_was_submitted_is_not_edited_in_place(client, cast):
    card = own_card(cast, ready())
    client.post(submit_url(card), open_form(client, submit_url(card)))
    page = client.get(rate_url(card))
    assert page.status_code == 302
    for change in (
        lambda: card.ratings.update(value=1),
        lambda: card.notes.update(text="other"),
        lambda: Scorecard.objects.filter(pk=card.pk).update(recommendation="no"),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()


@pytest.mark.parametrize("count", [1, 60])
def test_queries_do_not_grow_with_notes(client, cast, count):
    notes = tuple(
        note(n, dimension="tradeoffs", polarity="strength") for n in range(100, 100 + count)
    )
    card = own_card(cast, ready(notes=(GOOD, BAD, ASKED, *notes)))
    client.get(submit_url(card))
    with CaptureQueriesContext(connection) as queries:
        page = open_form(client, submit_url(card))
    assert len(queries) == 10
    with CaptureQueriesContext(connection) as queries:
        client.post(submit_url(card), page)
    assert len(queries) <= 45  # the request for a packet is among them, and not ours to count


# --- What a colleague in the same room may have put -----------------------------------------------
@pytest.mark.parametrize("lead_put_it", [True, False])
def test_a_second_interviewer_stands_by_a_constraint_that_the_lead_may_have_put(cast, lead_put_it):
    """The check is the same whatever the lead wrote: it must not tell."""
    lead = own_card(cast, ready(notes=(GOOD, BAD, ASKED) if lead_put_it else (GOOD, BAD)))
    interview = lead.seat.interview
    seat = seat_in(cast.loop, cast.stranger, role=SeatRole.SECOND, interview=interview)
    good = note(41, dimension="tradeoffs", polarity="strength")
    bad = note(42, dimension="tradeoffs", polarity="risk")
    both = (good.id, bad.id)
    rated = tuple(RatingContent(each, 3, LONG, notes=both) for each in FOCUS)
    card = card_for(seat, ready(notes=(good, bad), ratings=rated))
    [finding] = findings(card, read_content(card))
    assert (finding.code, finding.level) == ("no-constraint", "soft")
    answer = Answer("no-constraint", "dimension-adaptability", "the lead halved the budget at 30")
    hand_in(card, cast.stranger, seen=read_content(card).digest(), answers=[answer])
    assert card.versions.get().card.answers == (answer,)


def test_a_shadow_in_the_room_is_no_such_colleague(cast):
    card = own_card(cast, ready(notes=(GOOD, BAD)))
    assert Seat.objects.filter(interview=card.seat.interview, role=SeatRole.SHADOW).exists()
    [finding] = findings(card, read_content(card))
    assert (finding.code, finding.level) == ("no-constraint", "hard")
