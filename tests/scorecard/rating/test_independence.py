"""Promise 3 on these pages: while one's own card is due, nothing of a colleague's shows.

An oracle: every page must be the same to the letter, whatever the colleague wrote and whether.
"""

import re

import pytest
from django.urls import reverse

from interviews.models import Seat
from scorecard import submission
from scorecard.content import FlagContent
from tests.people import Cast, submitted_card
from tests.scorecard.rating.pages import BAD, GOOD, LONG, note, own_card, ready, signed_in

NAMES = ("rate", "submit_scorecard", "scorecard")


def pages(cast: Cast, card) -> list[str]:
    client = signed_in(cast.interviewer)
    urls = [reverse(name, args=[card.pk]) for name in NAMES] + [reverse("my_scorecards")]
    return [_same_ids(client.get(url).content.decode()) for url in urls]


def _same_ids(page: str) -> str:
    """Without tokens and the id that is made anew for each empty flag."""
    page = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page)
    new = re.search(r'name="flags" value="([-0-9a-f]{36})"', page)
    return page.replace(new.group(1), "NEW") if new else page


@pytest.mark.parametrize("recommendation", ["strong_no", "strong_yes"])
def test_no_page_differs_by_what_a_colleague_handed_in(cast, recommendation):
    card = own_card(cast, ready())
    before = pages(cast, card)
    renamed = note(71, "the colleague saw this", dimension="tradeoffs", polarity="risk")
    flag = FlagContent("premature-complexity", "disqualifying", LONG, (renamed.id,))
    content = ready(recommendation=recommendation, notes=(renamed,), ratings=(), flags=(flag,))
    submitted_card(Seat.objects.get(person=cast.colleague), content)
    assert pages(cast, card) == before


def test_an_amendment_begun_opens_nothing_to_those_who_still_owe(cast):
    card = own_card(cast, ready())
    submission.submit(card, cast.interviewer)
    url = reverse("scorecard", args=[card.pk])
    assert signed_in(cast.colleague).get(url).status_code == 404
    submission.begin_amendment(card, cast.interviewer)
    assert signed_in(cast.colleague).get(url).status_code == 404
    assert {GOOD.id, BAD.id} <= {str(each.pk) for each in card.notes.all()}
