"""The interviewer's card and the colleague's, both in progress."""

import pytest

from interviews.models import Seat
from scorecard.models import Scorecard
from tests.people import Cast, card_for, some_content


@pytest.fixture
def card(cast: Cast) -> Scorecard:
    return card_for(Seat.objects.get(person=cast.interviewer))


@pytest.fixture
def colleagues_card(cast: Cast) -> Scorecard:
    seat = Seat.objects.get(person=cast.colleague)
    return card_for(seat, some_content(seat))
