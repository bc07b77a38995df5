"""How many queries an import takes, as literals: by card, whatever a card holds."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from interviews.signals import loop_changed
from rubric.models import RubricVersion
from scorecard.signals import version_added
from tests.ats.files import CODING, LOOP, a_loop, import_loop_file

pytestmark = pytest.mark.django_db


# Of a file with one loop; of each scorecard in it (12 write it, 15 hand it in); of a file again.
# A new candidate may have an account, and a new loop a committee: one look at each. A loop that is
# there is locked.
FIRST, EACH, AGAIN = 19, 27, 14


@pytest.fixture(autouse=True)
def published(rubric: RubricVersion, monkeypatch: pytest.MonkeyPatch) -> RubricVersion:
    """Without what other apps do when a card comes in: the packet counts its own queries."""
    for signal in (version_added, loop_changed):
        monkeypatch.setattr(signal, "receivers", [])
    return rubric


def loop_of(cards: int, notes: int = 3) -> Any:
    """A loop of so many interviews that are handed in, and one that is awaited."""
    loop = LOOP | {"interviews": []}
    for number in range(cards):
        design = a_loop()["interviews"][0] | {"id": f"70{number}"}
        design["interviewer"] = {"name": f"N {number}", "email": f"n{number}@lumenta.example"}
        design["notes"] = design["notes"] * notes
        loop["interviews"].append(design)
    loop["interviews"].append(CODING)
    return loop


def queries(loop: Any) -> int:
    import_loop_file(LOOP | {"interviews": [CODING | {"id": "1"}]}, dry_run=True)  # warms caches
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert import_loop_file(loop).ok
    return len(captured)


def test_queries_by_card():
    assert queries(loop_of(1)) == FIRST + EACH


def test_six_cards_take_six_times_those_of_one_and_no_more():
    assert queries(loop_of(6)) == FIRST + 6 * EACH


def test_the_size_of_a_card_does_not_count():
    assert queries(loop_of(1, notes=50)) == FIRST + EACH


def test_an_import_that_adds_nothing_takes_the_same_few_at_any_size():
    for cards in (1, 6):
        import_loop_file(loop_of(cards))
        assert queries(loop_of(cards)) == AGAIN
