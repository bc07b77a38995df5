"""The committee's way in two browsers: blind votes, a flag resolved, a decision recorded."""

import pytest
from playwright.sync_api import Page, expect

from accounts.models import Role
from hiring_committee.models import Decision, FlagResolution
from interviews import committee_seats
from tests.hiring_committee.committee import Committee, make_committee, seat_of
from tests.packets.content.loops import VIKTOR
from tests.people import person
from tests.plugins.axe import expect_accessible

FLAG = "Ignores the data’s reality"
REASON = "The member's own reason"


@pytest.fixture
def committee(rubric) -> Committee:
    """A chair and a member sit; the third is recused. One disqualifying flag is open."""
    made = make_committee(VIKTOR)
    committee_seats.recuse(
        made.recruiter, seat_of(made.third, made.loop).get(), "A former colleague."
    )
    return made


def vote(page: Page, choice: str, reason: str) -> None:
    page.get_by_role("radio", name=choice, exact=True).check()
    page.get_by_label("Reason").fill(reason)
    page.get_by_role("button", name="Look it over").click()
    expect(page.get_by_role("heading", level=1, name="Give this vote?")).to_be_visible()
    page.get_by_role("button", name="Give it").click()


def vote_twice(page: Page, debrief: str, reason: str) -> None:
    page.goto(debrief)
    vote(page, "No", f"{reason}, first")
    page.get_by_role("link", name="Read packet 1").click()
    page.get_by_role("link", name="Debrief").click()
    vote(page, "Yes", reason)
    expect(page.get_by_text("Your second vote is in.")).to_be_visible()


def expect_usable(page: Page) -> None:
    for width in (390, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        expect_accessible(page)


def resolve(page: Page) -> None:
    page.get_by_role("link", name=f"Resolve “{FLAG}”").click()
    expect_usable(page)
    page.get_by_role("radio", name="Mitigated").check()
    page.get_by_label("Why?").fill("Three others asked for the data, and saw it looked at.")
    page.get_by_role("button", name="Look it over").click()
    expect(page.get_by_role("alert")).to_contain_text("Choose the notes by which it is mitigated")
    page.get_by_role("checkbox", name="Ingrid Solheim, 3:30").check()
    page.get_by_role("button", name="Look it over").click()
    page.get_by_role("button", name="Record it").click()
    expect(page.get_by_text(f"{FLAG}: kept under your name.")).to_be_visible()


def test_two_vote_twice_resolve_the_flag_and_decide(committee: Committee, signed_in) -> None:
    debrief = f"/loops/{committee.loop.pk}/debrief/"
    chair, member = signed_in(committee.chair), signed_in(committee.member)
    vote_twice(member, debrief, REASON)
    chair.goto(debrief)
    expect(chair.get_by_text("hidden until you vote").first).to_be_visible()
    assert REASON not in chair.content()
    vote_twice(chair, debrief, "The chair's own reason")
    expect(chair.get_by_text(REASON, exact=True)).to_be_visible()
    expect_usable(chair)
    assert chair.get_by_role("button", name="Look it over").count() == 0  # the flag is in the way

    resolve(chair)
    assert FlagResolution.objects.get().by == committee.chair
    chair.get_by_role("link", name="Debrief").click()
    expect_usable(chair)
    chair.get_by_role("radio", name="Hire", exact=True).check()
    chair.get_by_label("Reason").fill("Met everywhere but one, and that was asked again.")
    chair.get_by_role("button", name="Look it over").click()
    chair.get_by_role("button", name="Record the decision").click()
    expect(chair.get_by_text("The decision is recorded.")).to_be_visible()
    assert Decision.objects.get().decided_by == committee.chair

    outsiders = signed_in(committee.third), signed_in(person("A Stranger", Role.COMMITTEE))
    for page in outsiders:
        for address in (debrief, f"/packets/{committee.packet.pk}/discussion/"):
            response = page.goto(address)
            assert response
            assert response.status == 404
            assert committee.loop.candidate.name not in page.content()
