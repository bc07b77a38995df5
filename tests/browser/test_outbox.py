"""The outbox's rules under histories that nobody would think of: two devices, two tabs each."""

import os
from pathlib import Path

import pytest
from playwright.sync_api import Page

MODEL = (Path(__file__).parent / "outbox_model.js").read_text()
CALL = MODEL[MODEL.index("async (") :]

SEEDS = int(os.environ.get("OUTBOX_SEEDS", "150"))
FIRST = int(os.environ.get("OUTBOX_FIRST", "0"))


@pytest.fixture
def page(new_context) -> Page:
    made = new_context().new_page()
    made.goto("/healthz")
    return made


def test_no_history_of_typing_sending_and_losing_answers_loses_a_word(page: Page):
    """Each history: sixty random steps, then quiet. A writer's last words are stored somewhere."""
    found = page.evaluate(CALL, {"seeds": SEEDS, "from": FIRST, "base": "/static/js/live/"})
    assert found == []
