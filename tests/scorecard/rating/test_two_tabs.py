"""Two tabs or devices on one card: a stale page overwrites nothing, and both texts are shown."""

import pytest

from scorecard import submission
from scorecard.models import Scorecard
from tests.people import Cast
from tests.scorecard.rating.pages import (
    BAD,
    GOOD,
    form_of,
    open_form,
    own_card,
    rate_url,
    ready,
    signed_in,
    submit_url,
)

RATIONALE = "dimension-tradeoffs-rationale"


@pytest.fixture
def card(cast: Cast) -> Scorecard:
    return own_card(cast, ready(ratings=(), recommendation="", summary=""))


@pytest.fixture
def client(cast: Cast):
    return signed_in(cast.interviewer)


def rationale(card: Scorecard, dimension: str = "tradeoffs") -> str:
    return card.ratings.get(dimension=dimension).rationale


def test_two_texts_for_one_thing_are_both_shown_and_none_is_lost(client, card):
    first, second = open_form(client, rate_url(card)), open_form(client, rate_url(card))
    client.post(rate_url(card), first | {RATIONALE: "from the first tab"})
    answer = client.post(rate_url(card), second | {RATIONALE: "from the second tab"})
    assert answer.status_code == 409
    text = answer.content.decode()
    assert "from the first tab" in text
    assert "from the second tab" in text
    assert rationale(card) == "from the first tab"


@pytest.mark.parametrize(
    ("take", "kept"), [("mine", "from the second tab"), ("saved", "from the first tab")]
)
def test_the_writer_chooses_after_seeing_both(client, card, take, kept):
    first, second = open_form(client, rate_url(card)), open_form(client, rate_url(card))
    client.post(rate_url(card), first | {RATIONALE: "from the first tab"})
    answer = client.post(rate_url(card), second | {RATIONALE: "from the second tab"})
    shown = form_of(answer, rate_url(card))
    assert (
        client.post(rate_url(card), shown | {"dimension-tradeoffs-take": take}).status_code == 302
    )
    assert rationale(card) == kept


def test_a_stale_page_changes_what_was_touched_on_it_and_nothing_else(client, card):
    first, second = open_form(client, rate_url(card)), open_form(client, rate_url(card))
    client.post(rate_url(card), first | {RATIONALE: "from the first tab"})
    touched = {"dimension-decomposition-rationale": "from the second tab"}
    assert client.post(rate_url(card), second | touched).status_code == 302
    assert rationale(card) == "from the first tab"
    assert rationale(card, "decomposition") == "from the second tab"


def test_a_page_that_showed_a_conflict_puts_back_nothing_else_that_it_had(client, card):
    """What was untouched on the stale page is shown as stored, and not as the page had it."""
    first, second = open_form(client, rate_url(card)), open_form(client, rate_url(card))
    other = {"dimension-decomposition-rationale": "only in the first", "card-summary": "first"}
    client.post(rate_url(card), first | other | {RATIONALE: "from the first tab"})
    answer = client.post(rate_url(card), second | {RATIONALE: "from the second tab"})
    shown = form_of(answer, rate_url(card))
    assert shown["dimension-decomposition-rationale"] == ["only in the first"]
    client.post(rate_url(card), shown | {"dimension-tradeoffs-take": "mine"})
    card.refresh_from_db()
    assert rationale(card) == "from the second tab"
    assert rationale(card, "decomposition") == "only in the first"
    assert card.summary == "first"


def test_a_page_with_an_error_is_still_as_old_as_it_was(client, card):
    first, second = open_form(client, rate_url(card)), open_form(client, rate_url(card))
    client.post(rate_url(card), first | {RATIONALE: "from the first tab"})
    wrong = second | {"dimension-depth-base": "0:", "dimension-tradeoffs-value": "9"}
    shown = form_of(client.post(rate_url(card), wrong), rate_url(card))
    answer = client.post(
        rate_url(card), shown | {"dimension-tradeoffs-value": "3", RATIONALE: "from the second"}
    )
    assert answer.status_code == 409
    assert rationale(card) == "from the first tab"


def test_the_same_words_in_both_are_no_conflict(client, card):
    first, second = open_form(client, rate_url(card)), open_form(client, rate_url(card))
    for page in (first, second):
        assert client.post(rate_url(card), page | {RATIONALE: "the same"}).status_code == 302


def test_each_field_of_the_verdict_collides_by_itself(client, card):
    first, second = open_form(client, rate_url(card)), open_form(client, rate_url(card))
    client.post(rate_url(card), first | {"card-summary": "first", "card-recommendation": "yes"})
    mine = {"card-summary": "second", "card-follow_up": "ask about drift"}
    answer = client.post(rate_url(card), second | mine)
    assert answer.status_code == 409
    card.refresh_from_db()
    assert (card.summary, card.recommendation, card.follow_up) == (
        "first",
        "yes",
        "ask about drift",
    )
    shown = form_of(answer, rate_url(card))
    assert shown["card-summary"] == ["second"]
    assert shown["card-recommendation"] == ["yes"]


def test_a_flag_withdrawn_elsewhere_and_edited_here_is_asked_about(client, card):
    page = open_form(client, rate_url(card))
    id = page["flags"][0]
    given = {"signal": "premature-complexity", "explanation": "kept to it", "notes": [BAD.id]}
    client.post(rate_url(card), page | {f"flag-{id}-{k}": v for k, v in given.items()})
    first, second = open_form(client, rate_url(card)), open_form(client, rate_url(card))
    client.post(rate_url(card), first | {f"flag-{id}-withdraw": "on"})
    answer = client.post(rate_url(card), second | {f"flag-{id}-explanation": "more on it"})
    assert answer.status_code == 409
    assert "more on it" in answer.content.decode()
    assert not card.flags.exists()


def test_a_flag_raised_elsewhere_survives_a_stale_page(client, card):
    first, second = open_form(client, rate_url(card)), open_form(client, rate_url(card))
    id = first["flags"][0]
    client.post(rate_url(card), first | {f"flag-{id}-signal": "blind-to-harm"})
    assert client.post(rate_url(card), second | {RATIONALE: "typed here"}).status_code == 302
    assert card.flags.get().signal == "blind-to-harm"


def test_a_page_posted_after_submission_changes_nothing_and_keeps_its_words(client, cast, card):
    submission.write_content(card, ready())
    stale = open_form(client, rate_url(card))
    submission.submit(card, cast.interviewer)
    answer = client.post(rate_url(card), stale | {RATIONALE: "typed too late"})
    assert answer.status_code == 409
    text = answer.content.decode()
    assert "typed too late" in text
    assert "Not saved" in text
    assert "typed too late" not in str(submission.read_content(card).to_dict())


def test_a_note_deleted_elsewhere_is_not_cited_silently(client, card):
    page = open_form(client, rate_url(card))
    card.notes.filter(pk=GOOD.id).delete()
    answer = client.post(rate_url(card), page | {"dimension-tradeoffs-notes": [GOOD.id]})
    assert answer.status_code == 422
    assert "deleted meanwhile" in answer.content.decode()


def test_what_is_submitted_is_what_was_shown(client, card):
    submission.write_content(card, ready())
    page = open_form(client, submit_url(card))
    card.ratings.filter(dimension="tradeoffs").update(value=1)
    answer = client.post(submit_url(card), page)
    assert answer.status_code == 409
    assert "changed since this page was made" in answer.content.decode()
    card.refresh_from_db()
    assert card.state == "draft"


def test_of_two_submissions_one_wins_and_the_other_is_told(client, card):
    submission.write_content(card, ready())
    page = open_form(client, submit_url(card))
    assert client.post(submit_url(card), page).status_code == 302
    answer = client.post(submit_url(card), page)
    assert answer.status_code == 409
    assert "submitted already" in answer.content.decode()
    assert card.versions.count() == 1
