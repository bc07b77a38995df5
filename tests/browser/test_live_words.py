"""Promises 1 and 2 in a real browser against the real server: not a word is lost.

After each calamity every note that the page ever called saved is in the database, and every note
that it shows is in the database or still in the browser's outbox.
"""

from contextlib import suppress
from datetime import timedelta

import pytest
from django.conf import global_settings
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.utils import timezone
from playwright.sync_api import Error, Page, Route, expect

from interviews.models import Interview, Seat
from scorecard.models import Note, Scorecard, SyncOperation
from tests.browser.conftest import sign_in
from tests.browser.live import (
    expect_nothing_lost,
    expect_state,
    open_live,
    outbox,
    shown,
    stored,
    wait_until,
    write,
)
from tests.people import PASSWORD, Cast, card_for


@pytest.fixture
def card(cast: Cast) -> Scorecard:
    return card_for(Seat.objects.get(person=cast.interviewer))


@pytest.fixture
def page(cast: Cast, card: Scorecard, signed_in) -> Page:
    return open_live(signed_in(cast.interviewer), card)


def numbered(count: int, start: int = 1) -> list[str]:
    return [f"note number {n}" for n in range(start, start + count)]


def test_what_is_typed_is_stored_before_it_is_called_saved(page, card):
    write(page, *numbered(5))
    expect_state(page, "Saved")
    assert stored(card) == numbered(5)
    expect_nothing_lost(page, card)
    assert outbox(page) == []


def test_an_open_note_is_stored_without_enter(page, card):
    page.keyboard.type("half a thou")
    expect_state(page, "Saved")
    assert stored(card) == ["half a thou"]
    page.keyboard.type("ght")
    page.keyboard.press("Enter")
    wait_until(page, lambda: stored(card) == ["half a thought"])
    expect_nothing_lost(page, card, "half a thou")


def test_a_reload_puts_the_open_note_back_into_the_field(page, card):
    page.keyboard.type("half a thou")
    # Each key is kept as it is typed; the last takes a moment to reach the disk.
    wait_until(page, lambda: "half a thou" in f"{outbox(page)} {stored(card)}")
    page.reload()
    expect(page.locator("#note")).to_have_value("half a thou")
    page.locator("#note").focus()
    page.keyboard.press("End")
    page.keyboard.type("ght")
    page.keyboard.press("Enter")
    wait_until(page, lambda: stored(card) == ["half a thought"])


def test_a_network_that_is_gone_while_one_types(page, card):
    write(page, "before")
    expect_state(page, "Saved")
    page.context.set_offline(True)
    write(page, *numbered(4))
    expect_state(page, "Offline, 4 notes kept here")
    page.wait_for_timeout(5000)
    write(page, *numbered(3, start=5))
    expect_state(page, "Offline, 7 notes kept here")
    expect_nothing_lost(page, card)
    assert stored(card) == ["before"]
    page.context.set_offline(False)
    expect_state(page, "Saved")
    assert stored(card) == ["before", *numbered(7)]
    expect_nothing_lost(page, card)


def test_a_server_killed_in_the_middle_of_a_burst(page, card, web):
    write(page, *numbered(5))
    web.kill()
    write(page, *numbered(5, start=6))
    expect_state(page, "kept here")
    expect_nothing_lost(page, card)
    web.start()
    expect_state(page, "Saved", timeout=60_000)
    assert sorted(stored(card)) == sorted(numbered(10))
    expect_nothing_lost(page, card)


def test_a_server_that_fails_never_gets_a_tick(page, card):
    page.route("**/sync/", lambda route: route.fulfill(status=500, body="boom"))
    write(page, "one")
    expect_state(page, "The server does not answer, 1 note kept here")
    expect(page.locator("[data-save] svg")).to_have_count(0)
    page.unroute("**/sync/")
    expect_state(page, "Saved")
    assert stored(card) == ["one"]


def test_an_answer_lost_after_the_commit_is_sent_again_and_stored_once(page, card):
    lost: list[int] = []

    def lose(route: Route) -> None:
        answer = route.fetch()
        if len(lost) < 2:
            lost.append(answer.status)
            route.abort()
        else:
            route.fulfill(response=answer)

    page.route("**/sync/", lose)
    write(page, "said once")
    expect_state(page, "Saved")
    assert lost == [200, 200]
    assert stored(card) == ["said once"]
    assert Note.objects.get().revision == 1
    assert SyncOperation.objects.filter(kind="note.put").count() == 1


def test_words_changed_while_the_answer_was_lost_are_stored_too(page, card):
    lost: list[int] = []

    def lose(route: Route) -> None:
        answer = route.fetch()
        if not lost:
            lost.append(answer.status)
            route.abort()
        else:
            route.fulfill(response=answer)

    page.route("**/sync/", lose)
    page.keyboard.type("first words")
    wait_until(page, lambda: lost)
    page.keyboard.type(" and more")
    page.keyboard.press("Enter")
    expect_state(page, "Saved")
    assert stored(card) == ["first words and more"]
    expect_nothing_lost(page, card)


def test_a_tab_closed_offline_gives_its_words_to_the_next(page, card):
    write(page, "before")
    expect_state(page, "Saved")
    page.context.set_offline(True)
    write(page, *numbered(3))
    page.keyboard.type("unfinished")
    expect_state(page, "Offline, 4 notes kept here")
    context = page.context
    page.close()
    context.set_offline(False)
    again = open_live(context.new_page(), card)
    expect_state(again, "Saved")
    assert stored(card) == ["before", *numbered(3), "unfinished"]


def test_a_tab_that_crashes_offline_gives_its_words_to_the_next(page, card):
    page.context.set_offline(True)
    write(page, *numbered(3))
    expect_state(page, "Offline, 3 notes kept here")
    context = page.context
    with suppress(Error):  # the answer to a crash is that there is none
        page.goto("chrome://crash", timeout=3000)
    page.close()
    context.set_offline(False)
    again = open_live(context.new_page(), card)
    expect_state(again, "Saved")
    assert stored(card) == numbered(3)


def test_a_reload_offline_loses_nothing(page, card):
    page.context.set_offline(True)
    write(page, *numbered(2))
    expect_state(page, "Offline, 2 notes kept here")
    with suppress(Error):  # there is no page without a network
        page.reload()
    page.context.set_offline(False)
    open_live(page, card)
    expect_state(page, "Saved")
    assert stored(card) == numbered(2)


def test_a_session_that_ended_keeps_the_words_until_one_signs_in_again(page, card, cast, settings):
    settings.PASSWORD_HASHERS = global_settings.PASSWORD_HASHERS  # as the server's own settings
    cast.interviewer.set_password(PASSWORD)
    cast.interviewer.save()
    page.context.clear_cookies()
    sign_in(page.context, cast.interviewer)
    write(page, "before")
    expect_state(page, "Saved")
    page.context.set_offline(True)
    write(page, *numbered(2))
    Session.objects.all().delete()
    cache.clear()
    page.context.set_offline(False)
    expect_state(page, "Signed out: sign in again, 2 notes kept here")
    expect_nothing_lost(page, card)
    with page.context.expect_page() as opened:
        page.locator("[data-save] a").click()
    form = opened.value
    form.get_by_label("E-mail").fill(cast.interviewer.email)
    form.get_by_label("Password").fill(PASSWORD)
    form.get_by_role("button", name="Sign in").click()
    expect(form.locator("html[data-ready]")).to_be_attached()
    wait_until(page, lambda: sorted(stored(card)) == ["before", *numbered(2)])
    expect_state(page, "Saved")
    expect_nothing_lost(page, card)


def test_somebody_else_signed_in_neither_gets_nor_loses_the_words(page, card, cast):
    page.context.set_offline(True)
    write(page, "mine")
    sign_in(page.context, cast.colleague)
    page.context.set_offline(False)
    expect_state(page, "Signed in as somebody else, 1 note kept here")
    assert stored(card) == []
    sign_in(page.context, cast.interviewer)
    expect_state(page, "Saved", timeout=40_000)
    assert stored(card) == ["mine"]


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
