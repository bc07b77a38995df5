"""The live page where something is odd: huge notes, wrong clocks, a browser that stores nothing."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from interviews.models import Interview
from scorecard.models import Note
from tests.scorecard.browser.live import (
    expect_nothing_lost,
    expect_state,
    open_live,
    outbox,
    shown,
    stored,
    wait_until,
    write,
)


def paste(page: Page, text: str) -> None:
    """As the clipboard does it: all at once."""
    page.locator("#note").evaluate(
        """(field, text) => {
            field.setRangeText(text, 0, field.value.length, "end");
            field.dispatchEvent(new InputEvent("input", { inputType: "insertFromPaste" }));
        }""",
        text,
    )


def test_a_note_of_a_hundred_kilobytes(page, card):
    text = ("\u202eشكر 🙂 " + "<b>& twelve more words " * 8000)[:100_000].strip()
    paste(page, text)
    page.keyboard.press("Enter")
    expect_state(page, "Saved")
    assert stored(card) == [text]
    expect_nothing_lost(page, card)
    expect(page.locator("[data-notes] b")).to_have_count(0)


def test_a_note_that_is_too_long_is_refused_with_its_reason_and_kept(page, card):
    paste(page, "x" * 200_001)
    page.keyboard.press("Enter")
    expect_state(page, "1 note not saved")
    expect(page.locator(".extra .why")).to_contain_text("at most 200000 are kept")
    write(page, "the next is not held up")
    wait_until(page, lambda: stored(card) == ["the next is not held up"])
    assert len(outbox(page)) == 1


@pytest.mark.parametrize("hours", [-7, 5])
def test_a_clock_that_is_wrong_by_hours(cast, card, signed_in, hours):
    start = timezone.now() - timedelta(minutes=10)
    Interview.objects.filter(seats=card.seat).update(
        starts_at=start, ends_at=start + timedelta(hours=1)
    )
    page = signed_in(cast.interviewer)
    page.add_init_script(f"""
        const now = Date.now;
        Date.now = () => now() + {hours} * 3600_000;
        globalThis.Date = class extends Date {{
          constructor(...args) {{ super(...(args.length ? args : [Date.now()])); }}
        }};
    """)
    open_live(page, card)
    write(page, "ten minutes in")
    expect_state(page, "Saved")
    assert 595 <= Note.objects.get().at_seconds <= 640
    expect_nothing_lost(page, card)


BROKEN = {
    "no IndexedDB": """Object.defineProperty(window, "indexedDB", {
        get() { throw new Error("not allowed"); },
    });""",
    "full": """IDBObjectStore.prototype.put = () => {
        throw new DOMException("full", "QuotaExceededError");
    };""",
}


@pytest.mark.parametrize("way", BROKEN)
def test_a_browser_that_stores_nothing_says_so_and_sends_all_the_same(cast, card, signed_in, way):
    page = signed_in(cast.interviewer)
    page.add_init_script(BROKEN[way])
    open_live(page, card)
    page.locator("#note").focus()
    page.keyboard.type("kept nowhere but here")
    page.keyboard.press("Enter")
    wait_until(page, lambda: stored(card) == ["kept nowhere but here"])
    expect(page.locator("#note")).to_have_value("")
    page.context.set_offline(True)
    page.keyboard.type("and this while offline")
    page.keyboard.press("Enter")
    expect_state(page, "cannot store notes: 1 note only on this page")
    assert "and this while offline" in [*shown(page), page.locator("#note").input_value()]
    page.context.set_offline(False)
    wait_until(page, lambda: "and this while offline" in stored(card))


def test_leaving_with_words_that_only_this_page_has_is_warned_of(cast, card, signed_in):
    page = signed_in(cast.interviewer)
    page.add_init_script(BROKEN["full"])
    open_live(page, card)
    page.context.set_offline(True)
    page.locator("#note").focus()
    page.keyboard.type("only here")
    expect_state(page, "only on this page")
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.context.new_page()  # goes on while the other one asks
    page.close(run_before_unload=True)
    other = page.context.pages[-1]
    wait_until(other, lambda: asked == ["beforeunload"])


def test_a_browser_that_clears_its_store_meanwhile(page, card):
    """What is typed on goes to the server, and the page does not call saved what is not."""
    write(page, "before")
    expect_state(page, "Saved")
    page.context.set_offline(True)
    page.evaluate("indexedDB.deleteDatabase('scorecard')")
    page.keyboard.type("typed after it")
    expect_state(page, "cannot store notes: 1 note only on this page")
    page.context.set_offline(False)
    page.keyboard.press("Enter")
    expect(page.locator("#note")).to_have_value("")
    expect_state(page, "Saved")
    assert sorted(stored(card)) == ["before", "typed after it"]
