"""The packet in a real browser: keys, links into closed parts, progress, print, accessibility."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from accounts.models import User
from interviews.models import Loop
from packets import build_jobs
from packets.models import Packet
from tests.packets.content.loops import HANNAH, LEILA, VIKTOR, packet_of
from tests.packets.page.reading import member_of, store
from tests.people import make_loop, person, seat_in, submitted_card
from tests.plugins.axe import expect_accessible


@pytest.fixture
def loop(db) -> Loop:
    return make_loop(name="Viktor Desrosiers")


@pytest.fixture
def reader(loop: Loop) -> User:
    return member_of(loop)


@pytest.fixture
def opened(loop: Loop, reader: User, signed_in) -> Iterator[Page]:
    """Viktor's packet, open in the reader's browser; anything on its console fails the test."""
    packet = store(packet_of(VIKTOR), loop)
    page = signed_in(reader)
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(f"/packets/{packet.pk}/")
    yield page
    assert complaints == []


def here(page: Page) -> str:
    return page.evaluate("document.activeElement.id")


def test_j_and_k_go_from_part_to_part(opened: Page) -> None:
    opened.keyboard.press("j")
    assert here(opened) == "flags"
    opened.keyboard.press("j")
    assert here(opened) == "consistency"
    expect(opened.locator(".toc a[aria-current]")).to_have_text("Consistency1 split")
    opened.keyboard.press("k")
    assert here(opened) == "flags"


def test_e_opens_all_evidence_and_closes_it(opened: Page) -> None:
    note = opened.locator("#evidence").get_by_text("Listed three leakage paths")
    expect(note).to_be_hidden()
    opened.keyboard.press("e")
    expect(note).to_be_visible()
    opened.keyboard.press("e")
    expect(note).to_be_hidden()


def test_the_keys_can_be_switched_off_for_good(opened: Page) -> None:
    switch = opened.get_by_role("button", name="Keys")
    switch.click()
    expect(switch).to_have_attribute("aria-pressed", "false")
    opened.keyboard.press("j")
    assert here(opened) != "flags"
    opened.reload()
    expect(switch).to_have_attribute("aria-pressed", "false")


def test_a_cell_opens_the_notes_behind_it_and_a_note_its_scorecard(opened: Page) -> None:
    opened.get_by_role("region", name="Ratings by interviewer").get_by_role(
        "link", name="1 of 4, 4 notes, part of a disagreement"
    ).click()
    behind = opened.locator("#ev-data-assumptions-1")
    expect(behind).to_be_in_viewport()
    behind.get_by_role("link", name="14:40").click()
    expect(opened.locator("#cards :target")).to_be_in_viewport()
    expect(opened.locator("#cards :target")).to_contain_text("Nothing, you said it's given")


def test_what_prints_has_every_part_open(opened: Page) -> None:
    opened.emulate_media(media="print")
    opened.evaluate("dispatchEvent(new Event('beforeprint'))")
    expect(opened.locator("#evidence").get_by_text("Listed three leakage paths")).to_be_visible()
    expect(opened.locator("#cards dl").first).to_be_visible()
    expect(opened.locator(".toc")).to_be_hidden()
    opened.evaluate("dispatchEvent(new Event('afterprint'))")
    opened.emulate_media(media="screen")
    expect(opened.locator("#cards dl").first).to_be_hidden()


def test_progress_leads_to_the_packet_by_itself(
    loop: Loop, reader: User, signed_in, rubric
) -> None:
    submitted_card(seat_in(loop, person("P One"), "behavioral"))
    row = loop.packet_requests.get()
    page = signed_in(reader)
    page.goto(f"/loops/{loop.pk}/packet/")
    expect(page.get_by_role("status")).to_contain_text("The packet: requested, 0 %")
    build_jobs.PACKETS.run(row.pk)
    page.wait_for_url(f"**/packets/{Packet.objects.get().pk}/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Viktor Desrosiers")


def test_a_failure_appears_by_itself_with_its_reason(
    loop: Loop, reader: User, signed_in, rubric
) -> None:
    submitted_card(seat_in(loop, person("P One"), "behavioral"))
    row = loop.packet_requests.get()
    page = signed_in(reader)
    page.goto(f"/loops/{loop.pk}/packet/")
    row.state, row.error, row.finished_at = "failed", "The rubric is gone.", row.requested_at
    row.save()
    expect(page.get_by_text("The rubric is gone.")).to_be_visible()
    expect(page.get_by_role("button", name="Try again")).to_be_visible()


def test_axe_finds_nothing_and_nothing_is_cut_off(rubric, signed_in) -> None:
    loops = {slug: make_loop(name=slug.title()) for slug in (VIKTOR, LEILA, HANNAH)}
    reader = member_of(loops[VIKTOR])
    reader.roles = ["recruiter"]
    reader.save()
    page = signed_in(reader)
    for slug, loop in loops.items():
        packet = store(packet_of(slug), loop)
        for width in (1280, 390):
            page.set_viewport_size({"width": width, "height": 900})
            page.goto(f"/packets/{packet.pk}/")
            page.evaluate("document.querySelectorAll('details').forEach((each) => (each.open = 1))")
            expect_accessible(page)
