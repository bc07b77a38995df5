"""The live page by keyboard alone."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from interviews.models import Interview
from scorecard.models import Note, Scorecard
from tests.scorecard.browser.live import expect_state, shown, stored, wait_until, write
from tests.scorecard.browser.rating import tab_to
from tests.scorecard.rating.pages import FOCUS


@pytest.fixture
def page(clean_page: Page) -> Page:
    return clean_page


def test_signs_at_the_start_of_a_note_tag_it(page, card):
    write(page, "+weighs recall", "-no baseline", "~lists tools", '"I would ship it', '+"why not?')
    write(page, "?what would break it", "30% of sellers - a new fact")
    expect_state(page, "Saved")
    found = {n.text: (n.kind, n.polarity) for n in Note.objects.all()}
    assert found == {
        "weighs recall": ("observation", "strength"),
        "no baseline": ("observation", "risk"),
        "lists tools": ("observation", "noise"),
        "“I would ship it”": ("quote", ""),
        "“why not?”": ("quote", "strength"),
        "what would break it": ("probe", ""),
        "30% of sellers - a new fact": ("observation", ""),
    }


def test_the_palette_finds_a_signal_by_a_piece_of_its_name(page, card):
    page.keyboard.type("#premat")
    page.keyboard.press("Enter")
    page.keyboard.type("starts with a graph network")
    page.keyboard.press("Enter")
    expect_state(page, "Saved")
    note = Note.objects.get()
    assert (note.signal, note.dimension, note.polarity) == (
        "premature-complexity",
        "tradeoffs",
        "risk",
    )
    expect(page.locator("[data-dimension=tradeoffs] td").nth(1)).to_have_text("1")


def test_the_palette_begins_with_what_has_the_sign_of_the_note(page, card):
    page.keyboard.type("-#")
    expect(page.get_by_role("option").first).to_contain_text("risk")
    page.keyboard.type("data")
    page.keyboard.press("Enter")
    expect(page.locator("[data-draft-tags]")).to_contain_text("Ignores the data’s reality")


def test_a_hash_that_is_no_tag_stays_in_the_text(page, card):
    page.keyboard.type("C#")
    page.keyboard.type(" is #")
    page.keyboard.type("1 here")
    page.keyboard.press("Escape")
    page.keyboard.type(" anyway")
    page.keyboard.press("Enter")
    expect_state(page, "Saved")
    assert stored(card) == ["C# is #1 here anyway"]


def test_a_probe_is_put_and_opens_adaptability(page, card):
    row = page.locator("[data-dimension=adaptability] small")
    expect(row).to_contain_text("cannot be rated yet")
    page.keyboard.press("Escape")
    page.keyboard.press("p")
    page.keyboard.press("b")
    expect(page.locator("#note")).to_have_value(
        "I am not convinced. We tried something like that last year and it got us nowhere."
    )
    page.keyboard.press("Enter")
    expect(row).not_to_contain_text("cannot be rated yet")
    expect_state(page, "Saved")
    note = Note.objects.get()
    assert (note.kind, note.probe) == ("probe", "pushback")
    expect(page.locator("[data-probe=pushback]")).to_have_class("done")


def test_a_prompt_is_put_by_its_digit(page, card):
    page.keyboard.press("Escape")
    page.keyboard.type("p2")
    expect(page.locator("[data-prompt]")).to_be_visible()
    expect(page.locator("[data-prompts]")).not_to_have_attribute("open", "")
    expect(page.locator("#note")).to_be_focused()
    expect_state(page, "Saved")
    title = page.locator("[data-prompt-id]").nth(1).text_content()
    assert stored(card) == [f"Prompt: {title}"]


def test_the_keys_are_listed_from_the_field_too(page, card):
    page.keyboard.type("half a no")
    page.keyboard.press("Control+/")
    expect(page.get_by_role("dialog", name="Keys")).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.type("te")
    expect(page.locator("#note")).to_have_value("half a note")


def test_keys_act_on_the_note_that_has_the_focus(page, card):
    """A button under a note that is not the selected one has it, come to by Tab."""
    write(page, "one", "never brought up drift even when nudged")
    page.get_by_role("button", name="none").focus()
    page.keyboard.press("-")
    wait_until(page, Note.objects.filter(polarity="risk").exists)
    assert Note.objects.get(polarity="risk").text.startswith("never")


def test_a_stage_is_ticked_with_its_time_and_unticked(page, card):
    page.keyboard.press("Escape")
    page.keyboard.type("sd")
    expect(page.locator("[data-stage=data] button")).to_have_attribute("aria-pressed", "true")
    expect_state(page, "Saved")
    card.refresh_from_db()
    assert "stage.data" in card.kit
    page.keyboard.type("sd")
    wait_until(page, lambda: "stage.data" not in Scorecard.objects.get(pk=card.pk).kit)


def test_notes_are_selected_tagged_edited_deleted_and_undone_by_keys(page, card):
    write(page, "first", "second", "third")
    page.keyboard.press("Escape")
    page.keyboard.press("k")
    page.keyboard.press("-")
    wait_until(page, Note.objects.filter(text="second", polarity="risk").exists)
    page.keyboard.press("e")
    page.keyboard.type(" and more")
    page.keyboard.press("Enter")
    wait_until(page, Note.objects.filter(text="second and more").exists)
    page.keyboard.press("Delete")
    wait_until(page, lambda: sorted(stored(card)) == ["first", "third"])
    page.keyboard.press("z")
    wait_until(page, lambda: "second and more" in stored(card))
    assert Note.objects.get(text="second and more").polarity == "risk"


def test_a_note_that_was_just_edited_is_deleted_whole_and_what_esc_took_back_stays_so(page, card):
    """Faster than the browser's store, which is slow here."""
    write(page, "first", "second")
    expect_state(page, "Saved")
    page.evaluate("""() => {
        const open = IDBDatabase.prototype.transaction;
        const wait = (until) => { while (performance.now() < until); };
        IDBDatabase.prototype.transaction = function (...args) {
            wait(performance.now() + 40);
            return open.apply(this, args);
        };
    }""")
    page.keyboard.press("Escape")
    for key in ("e", "x", "y", "Enter", "Delete"):
        page.keyboard.press(key)
    expect(page.locator("[data-notes] li")).to_have_count(1)
    for key in ("e", "x", "y", "Escape"):
        page.keyboard.press(key)
    wait_until(page, lambda: stored(card) == ["first"])
    expect_state(page, "Saved")
    assert (shown(page), stored(card)) == (["first"], ["first"])


def test_a_note_is_moved_past_its_neighbour_and_back_and_keeps_the_focus(page, card):
    """Notes of one second, as they are typed here, can be told apart, too."""
    write(page, "first", "second", "third")
    page.keyboard.press("ArrowUp")  # from the empty field
    for order, key in (
        (["first", "third", "second"], "Alt+ArrowUp"),
        (["third", "first", "second"], "Alt+ArrowUp"),
        (["third", "first", "second"], "Alt+ArrowUp"),
        (["first", "third", "second"], "Control+z"),
        (["first", "third", "second"], "ArrowDown"),
        (["first", "second", "third"], "Alt+ArrowUp"),
    ):
        page.keyboard.press(key)
        expect(page.locator("[data-notes] .text")).to_have_text(order)
    expect(page.locator("li.note:focus .text")).to_have_text("second")
    expect_state(page, "Saved")
    page.reload()
    expect(page.locator("html[data-ready]")).to_be_attached()
    assert shown(page) == ["first", "second", "third"]


def test_what_is_typed_while_the_page_opens_costs_no_suggestion(page, card):
    write(page, "never brought up drift even when nudged")
    expect_state(page, "Saved")
    answers = []
    page.route(
        "**/sync/",
        lambda way: answers.append(way) if way.request.method == "GET" else way.continue_(),
    )
    page.reload()
    expect(page.locator("html[data-ready]")).to_be_attached()
    wait_until(page, lambda: answers)
    expect(page.get_by_role("button", name="none")).to_have_count(0)
    page.keyboard.type("30%")
    expect_state(page, "Saved")
    for way in answers:
        way.continue_()
    expect(page.get_by_role("button", name="none")).to_be_visible()


def test_u_goes_to_the_next_note_without_a_tag(page, card):
    write(page, "plain one", "plain two")
    expect(page.locator("[data-untagged-text]")).to_contain_text("2 notes")
    page.keyboard.press("Escape")
    page.keyboard.press("k")
    page.keyboard.press("u")
    expect(page.locator("li[aria-current] .text")).to_have_text("plain two")
    page.keyboard.press("u")
    expect(page.locator("li[aria-current] .text")).to_have_text("plain one")


def test_single_letters_can_be_switched_off(page, card):
    write(page, "one")
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    page.get_by_label("Single letters act as keys").uncheck()
    page.get_by_role("button", name="Close").click()
    expect(page.locator("#note")).not_to_be_focused()
    for key in ("k", "x", "-"):
        page.keyboard.press(key)
    expect(page.locator("#note")).to_have_value("")
    write(page, "two")  # sent after whatever those keys had changed
    wait_until(page, lambda: sorted(stored(card)) == ["one", "two"])
    assert not Note.objects.exclude(polarity="").exists()


def test_a_paragraph_has_lines_and_hostile_text_is_text(page, card):
    page.keyboard.type("<img src=x onerror=alert(1)>")
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("second line \u202e reversed")
    page.keyboard.press("Enter")
    expect_state(page, "Saved")
    expect(page.locator("[data-notes] img")).to_have_count(0)
    assert stored(card) == ["<img src=x onerror=alert(1)>\nsecond line \u202e reversed"]
    assert shown(page) == stored(card)


def test_the_clock_counts_from_the_start_of_the_interview(page, card):
    start = timezone.now() - timedelta(minutes=32, seconds=5)
    Interview.objects.filter(seats=card.seat).update(
        starts_at=start, ends_at=start + timedelta(hours=1)
    )
    page.reload()
    expect(page.locator(".kit [data-clock]")).to_contain_text("32:")
    expect(page.locator("[data-left]")).to_contain_text("left of 60")


def test_the_way_on_is_the_rating_and_takes_everything_along(page, card):
    write(page, "one")
    page.keyboard.type("the last words")
    page.keyboard.press("Escape")
    page.keyboard.press("r")
    page.wait_for_url(f"**/scorecards/{card.pk}/rate/")
    assert stored(card) == ["one", "the last words"]


def test_the_way_on_is_held_while_notes_wait(page, card):
    page.context.set_offline(True)
    write(page, "only here")
    page.get_by_role("link", name="Finish").click()
    expect(page.locator("[data-notice]")).to_contain_text("1 note kept here")
    expect(page.get_by_role("status")).to_contain_text("Offline, 1 note kept here")  # read aloud
    page.context.set_offline(False)
    expect_state(page, "Saved")
    expect(page.get_by_role("status")).to_contain_text("Saved")


def take_sixty_notes(page: Page) -> None:
    signs = ["+#data fi", "-#ignores", "~#tool", '"', "-#unstated", "+#explicit"]
    for n in range(59):
        sign, _, tag = signs[n % 6].partition("#")
        page.keyboard.type(sign)
        if tag:
            page.keyboard.type(f"#{tag}")
            page.keyboard.press("Enter")
        page.keyboard.type(f"note {n}")
        page.keyboard.press("Enter")
    for key in ("Escape", "p", "b", "Enter"):  # the pushback, as the kit words it
        page.keyboard.press(key)
    expect_state(page, "Saved", timeout=40_000)


def rate_everything(page: Page, note: Note) -> None:
    for dimension in FOCUS:
        tab_to(page, f"#id_dimension-{dimension}-value-1")
        page.keyboard.press("3")
        if dimension != note.dimension:
            tab_to(page, f"#dimension-{dimension} .others > summary")
            page.keyboard.press("Enter")
        tab_to(page, f"#id_dimension-{dimension}-notes-{note.pk}")
        page.keyboard.press("Space")
    tab_to(page, "#id_card-recommendation-strong_no")
    page.keyboard.press("ArrowRight")
    tab_to(page, ".save-bar button[name=check]")
    page.keyboard.press("Enter")


def test_an_hour_of_sixty_notes_is_taken_rated_and_submitted_without_the_mouse(page, card):
    take_sixty_notes(page)
    notes = Note.objects.filter(scorecard=card)
    typed = [f"“note {n}”" if n % 6 == 3 else f"note {n}" for n in range(59)]
    assert sorted(notes.filter(probe="").values_list("text", flat=True)) == sorted(typed)
    assert notes.filter(kind="probe", probe="pushback").count() == 1
    assert notes.filter(signal="ignores-data-reality", polarity="risk").count() == 10
    assert notes.filter(signal="explicit-tradeoffs", polarity="strength").count() == 9
    expect(page.locator("[data-dimension=data-assumptions] td").nth(1)).to_have_text("20")
    page.keyboard.press("Escape")
    page.keyboard.press("r")
    page.wait_for_url("**/rate/")
    rate_everything(page, notes.get(text="note 0"))
    page.wait_for_url("**/submit/")
    for answer in page.locator("form textarea").all():
        tab_to(page, f"#{answer.get_attribute('id')}")
        page.keyboard.type("It is what was seen in the room")
    tab_to(page, "button[name=submit]")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/scorecards/{card.pk}/")
    card.refresh_from_db()
    assert (card.state, card.recommendation) == ("submitted", "no")
    assert len(card.versions.get().card.notes) == 60
    assert {each.value for each in card.versions.get().card.ratings} == {3}
