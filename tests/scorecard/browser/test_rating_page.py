"""Rating in a real browser: saved as typed, never lost, never overwritten, all by keyboard."""

from itertools import product

import pytest
from playwright.sync_api import expect

from interviews.models import Seat
from scorecard import submission
from scorecard.models import Scorecard
from tests.people import Cast, submitted_card
from tests.plugins.axe import expect_accessible
from tests.scorecard.browser.rating import open_rating, point, rationale, saved, state, tab_to
from tests.scorecard.rating.pages import BAD, FOCUS, GOOD, own_card, ready, with_soft_finding

WIDTHS = (1280, 390)


@pytest.fixture
def card(cast: Cast) -> Scorecard:
    return own_card(cast, ready(ratings=(), recommendation="", summary=""))


def stored(card: Scorecard, dimension: str = "tradeoffs") -> tuple:
    row = card.ratings.get(dimension=dimension)
    return row.value, row.rationale, sorted(str(note.pk) for note in row.notes.all())


def test_it_is_saved_as_one_types(signed_in, cast, card):
    page = open_rating(signed_in(cast.interviewer), card)
    point(page, "3").check()
    rationale(page).fill("weighed recall against the budget")
    page.locator(f"#id_dimension-tradeoffs-notes-{GOOD.id}").check()
    page.locator("#id_card-recommendation-yes").check()
    page.locator("#id_card-summary").fill("weighs costs")
    expect(state(page)).to_contain_text("Saved")
    expect(page.locator('.index a[href="#dimension-tradeoffs"]')).to_contain_text("3")
    saved(page)
    assert stored(card) == (3, "weighed recall against the budget", [GOOD.id])
    card.refresh_from_db()
    assert (card.recommendation, card.summary) == ("yes", "weighs costs")


def test_a_flag_is_saved_once_it_names_its_risk(signed_in, cast, card):
    page = open_rating(signed_in(cast.interviewer), card)
    page.locator("#new-flag > summary").click()
    new = page.locator("#new-flag")
    new.locator("textarea").fill("kept to a deep model")
    expect(state(page)).to_contain_text("names no risk yet")
    assert not card.flags.exists()
    new.locator("select").select_option("premature-complexity")
    expect(state(page)).to_contain_text("Saved")
    flag = card.flags.get()
    assert (flag.severity, flag.explanation) == ("disqualifying", "kept to a deep model")


def test_words_typed_offline_survive_the_tab(signed_in, cast, card):
    page = open_rating(signed_in(cast.interviewer), card)
    page.context.set_offline(True)
    rationale(page).fill("typed without a network")
    expect(state(page)).to_contain_text("Offline, 1 change kept here")
    assert not card.ratings.exists()
    context = page.context
    page.close()
    context.set_offline(False)
    again = open_rating(context.new_page(), card)
    expect(rationale(again)).to_have_value("typed without a network")
    saved(again)
    assert stored(card)[1] == "typed without a network"


def test_two_devices_keep_both_texts(signed_in, cast, card):
    first = open_rating(signed_in(cast.interviewer), card)
    second = open_rating(signed_in(cast.interviewer), card)
    rationale(first).fill("from the first")
    expect(state(first)).to_contain_text("Saved")
    rationale(second).fill("from the second")
    expect(state(second)).to_contain_text("Two versions")
    assert stored(card)[1] == "from the first"
    second.locator(".saving button[name=save]").click()
    expect(second.locator("#conflicts")).to_be_visible()
    expect(second.locator(".conflict")).to_contain_text("from the first")
    expect(rationale(second)).to_have_value("from the second")
    second.get_by_label("Put mine, below, in its place").check()
    second.locator(".saving button[name=save]").click()
    expect(second.locator(".message.success")).to_be_visible()
    assert stored(card)[1] == "from the second"


def test_two_tabs_of_one_browser_follow_each_other(signed_in, cast, card):
    first = open_rating(signed_in(cast.interviewer), card)
    second = open_rating(first.context.new_page(), card)
    rationale(first).fill("typed in the first tab")
    expect(rationale(second)).to_have_value("typed in the first tab")
    rationale(second).fill("and gone on in the second")
    expect(rationale(first)).to_have_value("and gone on in the second")
    saved(second)
    assert stored(card)[1] == "and gone on in the second"


def test_submitted_meanwhile_is_said_and_the_words_stay(signed_in, cast, card):
    page = open_rating(signed_in(cast.interviewer), card)
    submission.submit(card, cast.interviewer)
    rationale(page).fill("too late")
    expect(state(page)).to_contain_text("Submitted meanwhile")
    page.locator(".saving button[name=save]").click()
    expect(page.get_by_role("alert")).to_contain_text("was submitted")
    expect(rationale(page)).to_have_value("too late")
    assert not card.ratings.exists()


def test_a_card_is_rated_and_submitted_by_keyboard_alone(signed_in, cast, card):
    page = open_rating(signed_in(cast.interviewer), card)
    for dimension in FOCUS:
        page.keyboard.press("Alt+ArrowDown")  # from wherever the last one was left
        expect(page.locator(f"#id_dimension-{dimension}-value-1")).to_be_focused()
        page.keyboard.press("3")
        if dimension != "tradeoffs":  # its notes are shown; those of the others wait behind a word
            tab_to(page, f"#dimension-{dimension} .others > summary")
            page.keyboard.press("Enter")
        for note in (GOOD, BAD):
            tab_to(page, f"#id_dimension-{dimension}-notes-{note.id}")
            page.keyboard.press("Space")
    tab_to(page, "#id_card-recommendation-strong_no")
    page.keyboard.press("ArrowRight")
    tab_to(page, ".save-bar button[name=check]")
    page.keyboard.press("Enter")
    page.wait_for_url("**/submit/")
    tab_to(page, "button[name=submit]")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/scorecards/{card.pk}/")
    card.refresh_from_db()
    assert (card.state, card.recommendation) == ("submitted", "no")
    assert card.ratings.filter(value=3).count() == len(FOCUS)


def test_it_works_without_script(signed_in, cast, card):
    page = signed_in(cast.interviewer, java_script_enabled=False)
    page.goto(f"/scorecards/{card.pk}/rate/")
    point(page, "2").check()
    rationale(page).fill("no script here")
    page.locator(".saving button[name=save]").click()
    expect(page.locator(".message.success")).to_contain_text("Saved")
    assert stored(card)[:2] == (2, "no script here")


def test_axe_finds_nothing_and_nothing_is_cut_off(signed_in, cast, card):
    submission.write_content(card, with_soft_finding())
    done = submitted_card(Seat.objects.get(person=cast.colleague))
    paths = {
        cast.interviewer: [f"/scorecards/{card.pk}/{part}" for part in ("rate/", "submit/", "")]
        + ["/scorecards/", "/rubric/"],
        cast.recruiter: [f"/scorecards/{done.pk}/"],
        cast.colleague: [f"/scorecards/{done.pk}/amend/"],
    }
    for reader, visited in paths.items():
        page = signed_in(reader)
        for path, width in product(visited, WIDTHS):
            page.set_viewport_size({"width": width, "height": 900})
            page.goto(path)
            expect_accessible(page)
