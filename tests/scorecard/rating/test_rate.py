"""The rating page: what it offers, what it saves without script, and who may see it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from interviews.models import Interview, Seat
from scorecard import submission
from scorecard.content import RatingContent
from scorecard.models import Scorecard
from tests.people import Cast, card_for, make_loop, seat_in
from tests.scorecard.rating.pages import (
    ASKED,
    BAD,
    FOCUS,
    GOOD,
    note,
    open_form,
    own_card,
    rate_url,
    ready,
    signed_in,
)


@pytest.fixture
def card(cast: Cast) -> Scorecard:
    return own_card(cast, ready(ratings=(), recommendation=""))


@pytest.fixture
def client(cast: Cast):
    return signed_in(cast.interviewer)


def saved(card: Scorecard, dimension: str = "tradeoffs") -> dict:
    row = card.ratings.get(dimension=dimension)
    fields = ("value", "not_observed", "not_observed_reason", "rationale")
    return {name: getattr(row, name) for name in fields}


def test_nothing_is_chosen_beforehand(client, card):
    page = open_form(client, rate_url(card))
    assert not [name for name in page if name.endswith("-value")]
    assert "card-recommendation" not in page
    assert {f"dimension-{each}-base" for each in FOCUS} <= set(page)


def test_every_focus_dimension_shows_its_four_anchors(client, card):
    text = client.get(rate_url(card)).content.decode()
    for dimension in FOCUS:
        for anchor in card.rubric.dimensions[dimension].anchors.values():
            assert anchor.split(",")[0].replace("'", "&#x27;").replace('"', "&quot;") in text


def test_an_untouched_page_saves_nothing(client, card):
    answer = client.post(rate_url(card), open_form(client, rate_url(card)))
    assert answer.status_code == 302
    assert not card.ratings.exists()
    assert not card.flags.exists()
    card.refresh_from_db()
    assert card.field_revisions == {}


def test_a_rating_is_saved_with_what_it_rests_on(client, card):
    page = open_form(client, rate_url(card))
    page |= {
        "dimension-tradeoffs-value": "2",
        "dimension-tradeoffs-rationale": "first line\r\nsecond line  ",
        "dimension-tradeoffs-notes": [GOOD.id, BAD.id],
        "card-recommendation": "no",
    }
    assert client.post(rate_url(card), page).status_code == 302
    assert saved(card) == {
        "value": 2,
        "not_observed": False,
        "not_observed_reason": "",
        "rationale": "first line\nsecond line",
    }
    cited = card.ratings.get().notes.all()
    assert {str(each.pk) for each in cited} == {GOOD.id, BAD.id}
    card.refresh_from_db()
    assert card.recommendation == "no"


def test_not_observed_is_no_number(client, card):
    page = open_form(client, rate_url(card))
    page |= {
        "dimension-tradeoffs-value": "none",
        "dimension-tradeoffs-not_observed_reason": "time ran out",
    }
    client.post(rate_url(card), page)
    assert saved(card) | {"rationale": ""} == {
        "value": None,
        "not_observed": True,
        "not_observed_reason": "time ran out",
        "rationale": "",
    }


def test_a_second_look_shows_what_was_saved(client, card):
    page = open_form(client, rate_url(card))
    page |= {"dimension-tradeoffs-value": "2", "dimension-tradeoffs-notes": [BAD.id]}
    client.post(rate_url(card), page)
    again = open_form(client, rate_url(card))
    assert again["dimension-tradeoffs-value"] == ["2"]
    assert again["dimension-tradeoffs-notes"] == [BAD.id]


@pytest.mark.parametrize("value", ["7", "0", "-1", "3.5", "one"])
def test_no_other_number_is_a_rating_and_the_words_stay(client, card, value):
    page = open_form(client, rate_url(card))
    page |= {"dimension-tradeoffs-value": value, "dimension-tradeoffs-rationale": "kept words"}
    answer = client.post(rate_url(card), page)
    assert answer.status_code == 422
    assert "kept words" in answer.content.decode()
    assert not card.ratings.exists()


def test_only_notes_of_this_card_are_cited(client, cast, card):
    other = card_for(Seat.objects.get(person=cast.shadow), ready(notes=(note(5),), ratings=()))
    page = open_form(client, rate_url(card))
    page |= {
        "dimension-tradeoffs-value": "3",
        "dimension-tradeoffs-notes": [str(other.notes.get().pk)],
    }
    answer = client.post(rate_url(card), page)
    assert answer.status_code == 422
    assert "note 5" not in answer.content.decode()
    assert not card.ratings.exists()


def test_a_note_with_an_unanswered_remark_is_not_cited(cast):
    told = note(35, "she has two kids", dimension="tradeoffs", polarity="risk")
    card = own_card(cast, ready(notes=(GOOD, BAD, ASKED, told), ratings=()))
    client = signed_in(cast.interviewer)
    html = client.get(rate_url(card)).content.decode()
    assert f'id="id_dimension-tradeoffs-notes-{told.id}" disabled' in html
    cites = {"dimension-tradeoffs-value": "2", "dimension-tradeoffs-notes": [told.id]}
    answer = client.post(rate_url(card), open_form(client, rate_url(card)) | cites)
    assert answer.status_code == 409
    assert "has to be answered first" in answer.content.decode()
    assert not card.ratings.exists()
    card.notes.filter(pk=told.id).update(job_related="the product is for kids")
    page = open_form(client, rate_url(card)) | cites
    assert client.post(rate_url(card), page).status_code == 302
    assert card.ratings.get().notes.get().pk == card.notes.get(pk=told.id).pk


# --- Flags ---------------------------------------------------------------------------------------


def raise_flag(page: dict, **more: str | list[str]) -> dict:
    id = page["flags"][-1]
    fields = {"signal": "premature-complexity", "explanation": "kept to it"} | more
    return page | {f"flag-{id}-{name}": value for name, value in fields.items()}


def test_a_flag_starts_as_severe_as_the_rubric_has_it(client, card):
    client.post(rate_url(card), raise_flag(open_form(client, rate_url(card)), notes=[BAD.id]))
    flag = card.flags.get()
    assert (flag.signal, flag.severity, flag.explanation) == (
        "premature-complexity",
        "disqualifying",
        "kept to it",
    )
    assert [str(each.pk) for each in flag.notes.all()] == [BAD.id]


def test_the_interviewer_sets_the_severity(client, card):
    page = raise_flag(open_form(client, rate_url(card)), severity="concern")
    client.post(rate_url(card), page)
    assert card.flags.get().severity == "concern"


def test_a_flag_posted_twice_is_one_flag(client, card):
    page = raise_flag(open_form(client, rate_url(card)))
    client.post(rate_url(card), page)
    client.post(rate_url(card), page)
    assert card.flags.count() == 1


def test_only_a_risk_is_flagged(client, card):
    page = raise_flag(open_form(client, rate_url(card)), signal="explicit-tradeoffs")
    assert client.post(rate_url(card), page).status_code == 422
    assert not card.flags.exists()


def test_an_explanation_without_a_risk_is_asked_about_and_kept(client, card):
    page = raise_flag(open_form(client, rate_url(card)), signal="", explanation="half a thought")
    answer = client.post(rate_url(card), page)
    assert answer.status_code == 422
    assert "half a thought" in answer.content.decode()


def test_one_risk_is_flagged_once_and_the_second_text_stays(client, card):
    client.post(rate_url(card), raise_flag(open_form(client, rate_url(card))))
    second = raise_flag(open_form(client, rate_url(card)), explanation="again, other words")
    answer = client.post(rate_url(card), second)
    assert answer.status_code == 409
    assert "again, other words" in answer.content.decode()
    assert card.flags.get().explanation == "kept to it"


def test_a_flag_is_withdrawn(client, card):
    client.post(rate_url(card), raise_flag(open_form(client, rate_url(card))))
    page = open_form(client, rate_url(card))
    client.post(rate_url(card), page | {f"flag-{page['flags'][0]}-withdraw": "on"})
    assert not card.flags.exists()


def test_a_noted_risk_is_offered_as_a_flag_with_its_notes(client, card):
    page = open_form(client, rate_url(card))
    answer = client.post(rate_url(card), page | {"raise": "premature-complexity"})
    assert answer.url == f"{rate_url(card)}?flag=premature-complexity#new-flag"
    offered = client.get(answer.url)
    assert offered.status_code == 200
    flag = offered.context["page"].new_flags[0].form
    assert (flag.signal_id, flag.cited) == ("premature-complexity", [BAD.id])


# --- Which dimensions ----------------------------------------------------------------------------


def test_other_dimensions_stand_under_also_seen_only_where_noted(cast):
    far = note(40, dimension="responsible-ml", signal="fairness-aware", polarity="strength")
    card = own_card(cast, ready(notes=(GOOD, BAD, ASKED, far), ratings=()))
    page = signed_in(cast.interviewer).get(rate_url(card)).context["page"]
    assert [each.dimension.id for each in page.focus] == list(FOCUS)
    assert [each.dimension.id for each in page.also_seen] == ["responsible-ml"]


def test_correctness_is_asked_only_where_the_round_has_an_exercise(cast):
    card = own_card(cast)
    page = open_form(signed_in(cast.interviewer), rate_url(card))
    assert "card-correctness-base" not in page
    Interview.objects.filter(pk=card.seat.interview_id).update(round="ml-coding")
    page = open_form(signed_in(cast.interviewer), rate_url(card))
    assert "card-correctness-base" in page


def test_an_interview_that_is_no_round_of_the_rubric_asks_for_nothing(cast):
    card = own_card(cast)
    Interview.objects.filter(pk=card.seat.interview_id).update(round="phone-screen")
    answer = signed_in(cast.interviewer).get(rate_url(card))
    assert answer.status_code == 200
    assert answer.context["page"].focus == []


def test_adaptability_waits_for_a_constraint(cast):
    card = own_card(cast, ready())
    client = signed_in(cast.interviewer)
    assert "cannot be rated yet" not in client.get(rate_url(card)).content.decode()
    card.notes.filter(probe="pushback").update(probe="why")
    assert "cannot be rated yet" in client.get(rate_url(card)).content.decode()


# --- Who -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "who",
    ["colleague", "shadow", "recruiter", "committee", "recused", "administrator", "stranger"],
)
@pytest.mark.parametrize("name", ["rate", "submit_scorecard", "amend", "discard_amendment"])
def test_only_its_author_writes_a_card(cast, card, who, name):
    client = signed_in(getattr(cast, who))
    url = reverse(name, args=[card.pk])
    assert client.post(url, {}).status_code == 404
    if name != "discard_amendment":
        assert client.get(url).status_code == 404
    card.refresh_from_db()
    assert card.state == "draft"


def test_a_submitted_card_sends_to_its_reading(client, cast):
    card = own_card(cast, ready())
    submission.submit(card, cast.interviewer)
    answer = client.get(rate_url(card))
    assert answer.url == reverse("scorecard", args=[card.pk])


# --- Cost ----------------------------------------------------------------------------------------

OPENING = 6  # user, card, notes, ratings, their notes, flags
SAVING = 17


def many(count: int):
    notes = tuple(
        note(n, dimension=FOCUS[n % 7], signal="", polarity="strength") for n in range(1, count + 1)
    )
    ratings = tuple(RatingContent(each, 3, "said so", notes=(notes[0].id,)) for each in FOCUS)
    return ready(notes=notes, ratings=ratings)


@pytest.mark.parametrize("count", [1, 60])
def test_queries_do_not_grow_with_notes(cast, count):
    card = own_card(cast, many(count))
    client = signed_in(cast.interviewer)
    client.get(rate_url(card))  # the rubric is read once a process
    with CaptureQueriesContext(
        connection,
    ) as opened:
        page = open_form(client, rate_url(card))
    page |= {f"dimension-{each}-value": "2" for each in FOCUS}
    with CaptureQueriesContext(connection) as posted:
        client.post(rate_url(card), page)
    assert (len(opened), len(posted)) == (OPENING, SAVING)


def test_two_loops_of_one_interviewer_do_not_mix(cast):
    mine = own_card(cast, ready())
    other = card_for(seat_in(make_loop(name="Somebody Else"), cast.interviewer, "ml-system-design"))
    page = open_form(signed_in(cast.interviewer), rate_url(other))
    assert page["dimension-tradeoffs-rationale"] == [""]
    assert mine.ratings.count() == 7
    assert not other.ratings.exists()
