"""The outbox under histories that nobody would think of, and when its sender tries again."""

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


# A sender whose one operation never arrives, by a clock that a test moves.
SENDER = """async () => {
  const { Sender } = await import("/static/js/live/sender.js");
  const store = { claim: async () => [{ id: "1" }] };
  const sender = new Sender({ store, clock: {}, answered() {}, changed() {} });
  sender.alone = (work) => work();
  sender.post = async () => {
    window.attempts += 1;
    return new Response("", { status: 503 });
  };
  Object.assign(window, { sender, attempts: 0 });
}"""
LONGEST = 10_000  # milliseconds between two retries


@pytest.fixture
def failing(page: Page) -> Page:
    """Such a sender, that has not yet tried."""
    page.clock.install(time=0)
    page.clock.pause_at(1000)
    page.evaluate(SENDER)
    return page


def attempts(page: Page) -> int:
    return page.evaluate("window.attempts")


def test_typing_while_the_server_is_away_puts_no_retry_off(failing: Page):
    for _key in range(12):
        failing.evaluate("sender.soon(800)")
        failing.clock.run_for(900)
    while_typing = attempts(failing)
    assert while_typing >= 12
    failing.clock.run_for(LONGEST)
    assert attempts(failing) > while_typing


def test_retries_become_rarer_and_never_rare(failing: Page):
    failing.evaluate("sender.soon(0)")
    failing.clock.run_for(10 * LONGEST)
    first = attempts(failing)
    assert 10 <= first <= 25
    failing.clock.run_for(LONGEST)
    assert attempts(failing) > first


@pytest.mark.parametrize("event", ["online", "focus", "visibilitychange"])
def test_a_network_or_a_writer_that_is_back_is_answered_at_once(failing: Page, event: str):
    failing.evaluate("sender.soon(0)")
    failing.clock.run_for(10 * LONGEST)
    before = attempts(failing)
    target = "document" if event == "visibilitychange" else "window"
    failing.evaluate(f"{target}.dispatchEvent(new Event('{event}'))")
    failing.clock.run_for(0)
    assert attempts(failing) == before + 1
    failing.clock.run_for(1000)
    assert attempts(failing) == before + 2  # and from there as if it had only begun to fail
