"""The whole way on real services: an interview is taken, a packet built, the committee reads."""

from datetime import timedelta

import pytest
from django.conf import global_settings
from django.utils import timezone
from playwright.sync_api import Page, expect

from accounts.models import Role
from interviews.models import CommitteeSeat, Loop, Seat
from packets.models import Packet, PacketRequest
from scorecard.models import Scorecard
from tests.people import (
    PASSWORD,
    make_loop,
    person,
    seat_in,
    some_content,
    submitted_card,
)
from tests.scorecard.browser.live import expect_state
from tests.waiting import until

QUOTE = "I took the pager myself for that quarter"
RISK = "argued with the constraint twice"


@pytest.fixture
def loop(rubric, settings) -> Loop:
    """Two rounds: the colleague's is in, the interviewer's has just begun.

    People sign in at a web server of its own settings, so their passwords are hashed as it does.
    """
    settings.PASSWORD_HASHERS = global_settings.PASSWORD_HASHERS
    loop = make_loop(name="Ada Journey")
    colleague = person("A Colleague", Role.INTERVIEWER, password=PASSWORD)
    interviewer = person("An Interviewer", Role.INTERVIEWER, password=PASSWORD)
    seat_in(loop, interviewer, starts_at=timezone.now() - timedelta(minutes=5))
    submitted_card(seat_in(loop, colleague, "ml-coding"))
    member = person("A Committee Member", Role.COMMITTEE, password=PASSWORD)
    CommitteeSeat.objects.create(loop=loop, person=member, is_chair=True)
    person("A Stranger", Role.COMMITTEE, password=PASSWORD)
    return loop


def arrive(page: Page, name: str) -> Page:
    """Sign in as a person does, at the page that everybody is sent to first."""
    page.goto("/")
    page.get_by_label("E-mail").fill(f"{name.lower().replace(' ', '.')}@lumenta.example")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", level=1, name="Today")).to_be_visible()
    return page


def take_notes(page: Page) -> None:
    page.get_by_role("button", name="Begin : scorecard for Ada Journey").click()
    expect(page.locator("html[data-ready]")).to_be_attached()
    page.keyboard.type(f'"{QUOTE}')
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")
    page.keyboard.press("p")
    page.keyboard.press("b")  # the pushback, worded by the kit
    page.keyboard.press("Enter")
    page.keyboard.type("-#rigid")
    page.keyboard.press("Enter")
    page.keyboard.type(f" {RISK}")
    page.keyboard.press("Enter")
    expect_state(page, "Saved")


def rate(page: Page, dimension: str, point: int | None, note: str = "") -> None:
    part = page.locator(f"#dimension-{dimension}")
    if point is None:
        part.get_by_role("radio", name="Not observed").check()
        part.get_by_placeholder("Why?").fill("Time ran out")
        return
    part.locator(f"input[type=radio][value='{point}']").check()
    part.get_by_label("Rationale").fill(f"What the note shows, no more and no less: {point}")
    others = part.get_by_text("Cite another note")
    if not part.get_by_label(note).is_visible():
        others.click()
    part.get_by_label(note).check()


def test_from_the_first_note_to_the_committee(loop: Loop, worker, new_context):
    worker.start()
    page = arrive(new_context().new_page(), "An Interviewer")
    take_notes(page)

    page.get_by_role("link", name="Finish and rate").click()
    rate(page, "production-ownership", 3, QUOTE)
    rate(page, "adaptability", 1, RISK)
    rate(page, "tradeoffs", None)
    rate(page, "communication", None)
    page.get_by_role("button", name="Save and check").first.click()
    expect(page.get_by_role("heading", level=1, name="Submit Ada Journey")).to_be_visible()
    page.get_by_role("button", name="Submit", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("Not submitted")
    expect(page.get_by_text("There is no recommendation yet.").first).to_be_visible()

    page.get_by_role("link", name="Back to rating").click()
    page.get_by_role("button", name="Raise as a flag").first.click()
    flag = page.locator("[data-kind='flag.put']").first
    flag.get_by_label("Explanation").fill("Refused the constraint twice and restated the plan")
    page.get_by_role("radio", name="No", exact=True).check()
    page.get_by_label("Summary").fill("Owns what they build, bends for nothing")
    page.get_by_role("button", name="Save and check").first.click()
    expect(page.get_by_role("heading", level=1, name="Submit Ada Journey")).to_be_visible()
    for answer in page.get_by_label("Reason", exact=False).all():
        answer.fill("It is what was seen in the room")
    page.get_by_role("button", name="Submit", exact=True).click()

    card = Scorecard.objects.get(seat__person__name="An Interviewer")
    until(lambda: card.versions.exists())
    until(lambda: Packet.objects.filter(loop=loop).exists())
    packet = Packet.objects.get(loop=loop)
    assert [flag["signal"] for flag in packet.content["flags"]] == ["rigid-under-constraint"]

    committee = arrive(new_context().new_page(), "A Committee Member")
    committee.get_by_role("link", name="Loops", exact=True).click()
    committee.get_by_role("link", name="Ada Journey").click()
    committee.get_by_role("link", name="Read packet 1").click()
    expect(committee.get_by_role("heading", name="Rigid under constraint").first).to_be_visible()
    expect(committee.get_by_text(RISK).first).to_be_visible()

    stranger = arrive(new_context().new_page(), "A Stranger")
    for address in (f"/packets/{packet.pk}/", f"/scorecards/{card.pk}/", f"/loops/{loop.pk}/"):
        assert stranger.goto(address).status == 404
        assert "Ada Journey" not in stranger.content()


def test_a_packet_requested_while_the_worker_is_dead_is_built_on_its_return(loop: Loop, worker):
    worker.start()
    first = Seat.objects.get(person__name="An Interviewer")
    until(worker.is_ready)
    worker.kill()

    submitted_card(first, some_content(first))
    request = PacketRequest.objects.get(loop=loop)
    assert request.state == "requested"
    assert not Packet.objects.exists()

    worker.start()
    until(lambda: Packet.objects.filter(loop=loop).exists())
    request.refresh_from_db()
    assert request.state == "done"
    assert request.packet == Packet.objects.get()


def test_a_worker_killed_in_the_middle_leaves_the_packet_to_the_next(loop: Loop, worker):
    """What it had claimed is taken up again once its lease is over."""
    first = Seat.objects.get(person__name="An Interviewer")
    submitted_card(first, some_content(first))
    long_ago = timezone.now() - timedelta(minutes=5)
    PacketRequest.objects.filter(loop=loop).update(state="running", started_at=long_ago, attempts=1)
    worker.start()
    until(lambda: Packet.objects.filter(loop=loop).exists())
    assert PacketRequest.objects.get(loop=loop).state == "done"
