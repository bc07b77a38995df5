"""Promise 2 in a real browser: two devices or tabs on one scorecard, and both texts survive."""

from playwright.sync_api import Page, expect

from scorecard.models import Note
from tests.plugins.axe import expect_accessible
from tests.scorecard.browser.live import (
    expect_nothing_lost,
    expect_state,
    open_live,
    shown,
    stored,
    wait_until,
    write,
)


def change(page: Page, old: str, new: str) -> None:
    """Rewrites a note by keyboard: Esc to the notes, e, new words, Enter."""
    page.locator("[data-notes] li", has_text=old).click(position={"x": 4, "y": 4})
    page.keyboard.press("e")
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type(new)
    page.keyboard.press("Enter")


def test_two_devices_changing_one_note_keep_both_texts(page, card, cast, signed_in):
    write(page, "the original")
    expect_state(page, "Saved")
    phone = open_live(signed_in(cast.interviewer), card)
    page.context.set_offline(True)
    change(page, "the original", "from the laptop")
    change(phone, "the original", "from the phone")
    wait_until(page, lambda: stored(card) == ["from the phone"])
    page.context.set_offline(False)
    expect_state(page, "Two versions, compare")
    assert sorted(stored(card)) == ["from the laptop", "from the phone"]
    original = Note.objects.get(text="from the phone")
    assert Note.objects.get(text="from the laptop").conflict_of == original.pk
    versions = page.locator(".versions")
    expect(versions).to_contain_text("from the laptop")
    expect(versions).to_contain_text("from the phone")
    expect_nothing_lost(page, card, "the original")
    page.get_by_role("button", name="Keep this one only").click()
    wait_until(page, lambda: stored(card) == ["from the laptop"])
    expect_state(page, "Saved")


def test_two_tabs_changing_one_note_offline_keep_both_texts(page, card):
    write(page, "the original")
    expect_state(page, "Saved")
    other = open_live(page.context.new_page(), card)
    page.context.set_offline(True)
    # The second tab does not hear of the first: as if it were asleep.
    other.evaluate("() => { BroadcastChannel.prototype.postMessage = () => {}; }")
    page.evaluate("() => { BroadcastChannel.prototype.postMessage = () => {}; }")
    change(page, "the original", "from the first tab")
    change(other, "the original", "from the second tab")
    page.context.set_offline(False)
    wait_until(page, lambda: len(stored(card)) == 2)
    assert sorted(stored(card)) == ["from the first tab", "from the second tab"]
    for tab in (page, other):
        tab.reload()
        expect(tab.locator(".versions")).to_contain_text("from the first tab")
        expect(tab.locator(".versions")).to_contain_text("from the second tab")
        expect_nothing_lost(tab, card)
    expect_accessible(other)


def test_what_one_tab_writes_the_other_shows(page, card):
    other = open_live(page.context.new_page(), card)
    write(page, "written in the first")
    expect(other.locator("[data-notes] .text")).to_have_text("written in the first")
    write(other, "written in the second")
    wait_until(page, lambda: shown(page) == ["written in the first", "written in the second"])
    wait_until(
        page, lambda: sorted(stored(card)) == ["written in the first", "written in the second"]
    )


def test_a_tag_and_a_text_changed_at_once_are_no_conflict(page, card, cast, signed_in):
    write(page, "the original")
    expect_state(page, "Saved")
    phone = open_live(signed_in(cast.interviewer), card)
    page.context.set_offline(True)
    change(page, "the original", "better words")
    phone.locator("[data-notes] li").click(position={"x": 4, "y": 4})
    phone.keyboard.press("-")
    wait_until(page, Note.objects.filter(polarity="risk").exists)
    page.context.set_offline(False)
    expect_state(page, "Saved")
    note = Note.objects.get()
    assert (note.text, note.polarity) == ("better words", "risk")
