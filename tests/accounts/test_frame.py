"""What all pages have in common: their policy, their places by role, their refusals."""

import re

import pytest
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse

from interviews.models import Seat
from tests.conftest import As
from tests.people import Cast

INLINE = re.compile(r"<style|<script(?![^>]*\bsrc=)|\sstyle=|\son[a-z]+=\"|javascript:", re.I)


def test_pages_come_with_a_policy_that_allows_nothing_inline(cast: Cast, as_: As) -> None:
    policy = as_(cast.recruiter).get(reverse("home")).headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy


@pytest.mark.parametrize("name", ["home", "loops", "openings", "add_opening", "profile"])
def test_pages_have_nothing_inline(cast: Cast, as_: As, name: str) -> None:
    assert not INLINE.search(as_(cast.recruiter).get(reverse(name)).content.decode())


def test_the_sign_in_page_of_a_demo_has_nothing_inline(db, client: Client, settings) -> None:
    settings.DEMO = True
    assert not INLINE.search(client.get(reverse("account_login")).content.decode())


@pytest.mark.parametrize(
    ("who", "has", "has_not"),
    [
        ("interviewer", {"home", "my_scorecards", "loops", "rubric"}, {"openings", "people"}),
        ("recruiter", {"home", "loops", "openings", "import"}, {"my_scorecards", "audit"}),
        ("committee", {"home", "loops", "rubric"}, {"openings", "import", "my_scorecards"}),
        ("administrator", {"home", "people", "audit", "rubric"}, {"loops", "openings"}),
    ],
)
def test_the_top_bar_has_the_places_of_ones_role(
    cast: Cast, as_: As, who: str, has: set, has_not: set
) -> None:
    body = as_(getattr(cast, who)).get(reverse("home")).content.decode()
    bar = body[: body.index("<main")]
    assert [name for name in has if f'href="{reverse(name)}"' not in bar] == []
    assert [name for name in has_not if f'href="{reverse(name)}"' in bar] == []


def test_the_place_one_is_at_is_marked(cast: Cast, as_: As) -> None:
    """Also on a page of a loop whose address does not begin with the list's."""
    for name, pk in (("loop", cast.loop.pk), ("edit_candidate", cast.loop.candidate_id)):
        body = as_(cast.recruiter).get(reverse(name, args=[pk])).content.decode()
        assert re.findall(r'href="([^"]+)" aria-current="page"', body) == [reverse("loops")]


def test_the_page_that_begins_a_scorecard_belongs_to_ones_own(cast: Cast, as_: As) -> None:
    seat = Seat.objects.get(person=cast.interviewer)
    body = as_(cast.interviewer).get(reverse("open_scorecard", args=[seat.pk])).content.decode()
    assert re.findall(r'href="([^"]+)" aria-current="page"', body) == [reverse("my_scorecards")]


def test_a_missing_page_says_so_in_the_house_style(cast: Cast, as_: As) -> None:
    response = as_(cast.stranger).get("/no/such/page")
    assert response.status_code == 404
    assert "No such page" in response.content.decode()


def test_an_unknown_address_asks_nobody_to_sign_in(db, client: Client) -> None:
    assert client.get("/no/such/page").status_code == 404


def test_a_page_for_another_role_says_so(cast: Cast, as_: As) -> None:
    response = as_(cast.stranger).get(reverse("people"))
    assert response.status_code == 403
    assert "Not for your role" in response.content.decode()


def test_a_form_out_of_date_says_what_to_do(cast: Cast) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.stranger)
    response = client.post(reverse("profile"), {"name": "X", "time_zone": "UTC"})
    assert response.status_code == 403
    assert "This form is out of date" in response.content.decode()


def test_the_page_for_a_mistake_of_ours_needs_nothing_that_may_be_broken() -> None:
    assert "Something broke" in render_to_string("500.html")


def test_names_are_text_wherever_they_come_from(cast: Cast, as_: As) -> None:
    cast.loop.candidate.name = "<script>alert(1)</script>"
    cast.loop.candidate.save()
    client = as_(cast.recruiter)
    for url in (reverse("home"), reverse("loops"), reverse("loop", args=[cast.loop.pk])):
        body = client.get(url).content.decode()
        assert "<script>alert" not in body
        assert "&lt;script&gt;alert" in body


@pytest.mark.parametrize("name", ["home", "loops", "search", "my_scorecards", "rubric"])
def test_no_cache_keeps_what_a_signed_in_person_was_shown(cast: Cast, as_: As, name: str) -> None:
    """The next one at the machine goes back to a page that asks who they are."""
    assert "no-store" in as_(cast.committee).get(reverse(name))["Cache-Control"]
