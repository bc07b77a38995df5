"""Promise 1 in a real browser against the real server: not a word is lost.

After each calamity every note that the page ever called saved is in the database, and every note
that it shows is in the database or still in the browser's outbox.
"""

from contextlib import suppress
from threading import Thread

import pytest
from django.conf import global_settings
from django.contrib.sessions.models import Session
from django.core.cache import cache
from playwright.sync_api import Error, Route, expect

from scorecard.models import Note, SyncOperation
from tests.people import PASSWORD
from tests.plugins.browser import sign_in
from tests.scorecard.browser.live import (
    SAFE,
    expect_nothing_lost,
    expect_state,
    open_live,
    outbox,
    stored,
    wait_until,
    write,
)


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


# IndexedDB that takes for ever: a transaction that writes does not come to its end.
SLOW = """() => {
    const hold = (store) => { store.get("nothing").onsuccess = () => hold(store); };
    IDBObjectStore.prototype.put = function () { hold(this); };
}"""


@pytest.mark.parametrize("way", ["reload", "another tab"])
@pytest.mark.parametrize("end", ["", "Enter"])
def test_words_that_the_outbox_had_not_yet_taken_are_there_after(page, card, way, end):
    write(page, "before")
    expect_state(page, "Saved")
    page.evaluate(SLOW)
    page.keyboard.type("the very last words")
    if end:
        page.keyboard.press(end)
    if way == "reload":
        page.reload()
    else:
        page.close()
        page = open_live(page.context.new_page(), card)
    wait_until(page, lambda: sorted(stored(card)) == ["before", "the very last words"])
    expect_state(page, "Saved")
    expect_nothing_lost(page, card)
    assert page.evaluate("Object.keys(localStorage).filter((n) => n.startsWith('unsent'))") == []


def test_a_note_being_rewritten_when_the_page_ended_has_the_new_words(page, card):
    write(page, "old words")
    expect_state(page, "Saved")
    page.evaluate(SLOW)
    page.keyboard.press("Escape")
    page.keyboard.press("e")
    page.keyboard.type(", and better ones")
    expect_state(page, "Saving")  # the outbox does not have them yet
    page.reload()
    wait_until(page, lambda: stored(card) == ["old words, and better ones"])


def test_a_network_that_is_gone_for_two_minutes_while_one_types(cast, card, signed_in):
    page = signed_in(cast.interviewer)
    page.clock.install()
    open_live(page, card)
    write(page, "before")
    expect_state(page, "Saved")
    page.context.set_offline(True)
    for minute in range(2):
        write(page, *numbered(4, start=1 + 4 * minute))
        for _ in range(12):
            page.clock.fast_forward(5_000)  # with every retry that is due by then
        expect_state(page, f"Offline, {4 * (minute + 1)} notes kept here")
        expect_nothing_lost(page, card)
    assert stored(card) == ["before"]
    page.context.set_offline(False)
    expect_state(page, "Saved")
    assert stored(card) == ["before", *numbered(8)]
    expect_nothing_lost(page, card)


def test_a_server_killed_in_the_middle_of_a_burst(page, card, web):
    killing = Thread(target=web.kill)  # while notes are typed, sent and stored
    for text in numbered(12):
        page.keyboard.type(text)
        page.keyboard.press("Enter")
        if text == "note number 6":
            killing.start()
    killing.join()
    expect_state(page, "kept here")
    expect_nothing_lost(page, card)
    web.start()
    page.evaluate("dispatchEvent(new Event('focus'))")  # one comes back to the window
    expect_state(page, "Saved", timeout=60_000)
    assert sorted(stored(card)) == sorted(numbered(12))
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
    expect_nothing_lost(page, card)


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
    wait_until(page, lambda: "unfinished" in f"{outbox(page)}")  # the last key, too
    context = page.context
    page.close()
    context.set_offline(False)
    again = open_live(context.new_page(), card)
    expect_state(again, "Saved")
    assert stored(card) == ["before", *numbered(3), "unfinished"]
    expect_nothing_lost(again, card)


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
    expect_nothing_lost(again, card)


def test_a_reload_offline_loses_nothing(page, card):
    page.context.set_offline(True)
    write(page, *numbered(2))
    expect_state(page, "Offline, 2 notes kept here")
    with suppress(Error):  # there is no page without a network
        page.reload()
    page.context.set_offline(False)  # Chromium may now load the page by itself, which then sends
    open_live(page, card)
    expect_state(page, SAFE)
    assert stored(card) == numbered(2)
    expect_nothing_lost(page, card)


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
