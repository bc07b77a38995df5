"""The live page on every size of screen, for every reader."""

import pytest
from playwright.sync_api import Page, expect

from interviews.models import Candidate
from scorecard.models import Note
from tests.plugins.axe import expect_accessible
from tests.scorecard.browser.live import expect_state, open_live, write


@pytest.fixture
def page(clean_page: Page) -> Page:
    return clean_page


def test_the_newest_note_stays_in_sight_when_suggestions_come_under_it(page, card):
    page.set_viewport_size({"width": 640, "height": 400})  # 1280 wide at 200 %
    write(page, "one", "two", "three", "four", "five", "never brought up drift even when nudged")
    expect(page.locator("li.note").last.get_by_role("button", name="none")).to_be_in_viewport(
        ratio=1
    )
    page.keyboard.press("Escape")
    expect(page.locator("li.note").last).to_be_focused()


def test_a_finger_has_buttons_for_what_the_keys_do(cast, card, signed_in):
    phone = signed_in(
        cast.interviewer, viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True
    )
    Candidate.objects.update(name="Wolfeschlegelsteinhausenbergerdorff-Featherstonehaugh Maria")
    open_live(phone, card)
    whole = """e => e.scrollHeight <= e.clientHeight && e.scrollWidth <= e.clientWidth
      && e.getBoundingClientRect().right <= 390"""
    assert phone.locator("#keys").evaluate(whole)  # no button is cut, below or beside
    assert phone.locator(".save.narrow").evaluate(whole)  # nor the state, by a long name
    phone.set_viewport_size({"width": 390, "height": 400})  # its keyboard takes the rest
    phone.locator("#note").tap()
    for part in (".save.narrow", "#keys", "[data-empty]"):
        expect(phone.locator(part)).to_be_in_viewport(ratio=1)
    phone.set_viewport_size({"width": 390, "height": 844})
    phone.get_by_role("link", name="Kit").tap()
    phone.locator("[data-probe=pushback] button").tap()
    expect(phone.locator("#note")).to_be_focused()  # which stands in another tab
    phone.keyboard.press("Enter")
    phone.get_by_role("button", name="risk").tap()
    phone.keyboard.type("no baseline")
    phone.keyboard.press("Enter")
    expect(phone.locator("li.note")).to_have_count(2)  # or the probe is the last as yet
    phone.locator("li.note").last.tap()
    change = phone.get_by_role("group", name="Change the note at")
    change.get_by_role("button", name="Quote").tap()
    change.get_by_role("button", name="strength").tap()
    expect(change.get_by_role("button", name="strength")).to_have_attribute("aria-pressed", "true")
    expect_state(phone, "Saved")
    expect_accessible(phone)
    found = Note.objects.get(probe="")
    assert (found.text, found.kind, found.polarity) == ("“no baseline”", "quote", "strength")


SIZES = [(1280, 800), (820, 1100), (640, 400), (390, 844)]  # 640: 1280 wide at 200 %


def test_axe_finds_nothing_and_nothing_is_cut_off(page, card):
    write(page, "+weighs recall", '-"the labels are fine', "~tools", "?why", "a plain one")
    expect_state(page, "Saved")
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        page.reload()
        expect(page.locator("html[data-ready]")).to_be_attached()
        for pane in ("", "#kit", "#coverage"):
            page.goto(f"/scorecards/{card.pk}/live/{pane}")
            expect_accessible(page)


def test_axe_finds_nothing_in_what_opens_on_the_way(page, card):
    expect_accessible(page)  # nothing is written yet
    for key in ("#", "Control+/"):
        page.keyboard.press(key)
        expect(page.locator("dialog[open]")).to_be_visible()
        expect_accessible(page)
        page.keyboard.press("Escape")
    page.keyboard.press("Control+a")  # the sign that was no tag
    page.keyboard.press("Delete")
    write(page, "she is too old for this", "never brought up drift even when nudged")
    expect(page.get_by_role("status")).to_contain_text("Age is no evidence")  # read aloud
    page.get_by_role("button", name="It is job-related because").click()
    expect(page.get_by_label("This is job-related because").first).to_be_focused()
    expect_accessible(page)
    page.keyboard.press("Escape")
    expect(page.locator("li.note:focus .text")).to_have_text("she is too old for this")
    page.keyboard.press("e")
    expect(page.get_by_label("Words of the note")).to_be_focused()
    page.context.set_offline(True)
    page.keyboard.type(" job")
    page.keyboard.press("Enter")
    page.keyboard.press("Delete")
    expect(page.locator("[data-notice]")).to_contain_text("Note deleted")
    expect_state(page, "Offline")
    expect_accessible(page)
    page.keyboard.press("z")
    expect(page.locator("[data-notice]")).to_be_hidden()
    page.context.set_offline(False)
    expect_state(page, "Saved")
