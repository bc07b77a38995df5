"""A lens regroups: every rating and note is there as before, and nothing besides."""

from collections import Counter

import pytest
from django.urls import reverse

from packets.page.packet_page import packet_page
from tests.packets.content.loops import MARCUS, VIKTOR, packet_of, rubric
from tests.packets.page.reading import Element, member_of, page, signed_in, store
from tests.packets.page.test_words import HEADER, page_of
from tests.people import make_loop

LENSES = list(rubric().lenses)


def lens_page(lens: str):
    return packet_page({"packet": HEADER, **packet_of(MARCUS)}, lens)


@pytest.mark.parametrize("lens", LENSES)
def test_every_dimension_is_in_every_lens_and_its_evidence_stands_once(lens):
    plain, seen = page_of(packet_of(MARCUS)), lens_page(lens)
    firsts = [row for group in seen.evidence_groups for row in group.rows]
    assert sorted(row.id for row in firsts) == sorted(row.id for row in plain.evidence)
    assert {row.id: row for row in firsts} == {row.id: row for row in plain.evidence}
    heat = [row for group in seen.heat_groups for row in group.all]
    assert {row.id: row for row in heat} == {row.id: row for row in plain.heat.rows}


@pytest.mark.parametrize("lens", LENSES)
def test_facets_stand_as_the_rubric_has_them(lens):
    groups = lens_page(lens).heat_groups
    drawn = {group.title: {row.id for row in group.all} for group in groups}
    for facet in rubric().lenses[lens].facets:
        assert drawn[facet.title] == set(facet.dimensions)


def test_what_a_lens_leaves_out_is_shown_as_left_out():
    last = lens_page("hidden-scorecard").heat_groups[-1]
    assert last.title == "In no part of this lens"
    assert {row.id for row in last.rows} == {
        *("hypothesis-validation", "depth", "production-ownership"),
        *("responsible-ml", "adaptability"),
    }


def test_a_derived_facet_has_words_and_no_number():
    groups = {group.title: group for group in lens_page("strong-answer").heat_groups}
    assert groups["Consistency"].all == []
    assert groups["Consistency"].says.startswith("Not rated")


def test_a_lens_that_is_none_leaves_the_ten_dimensions():
    for wrong in ("", "no-such-lens", "<script>"):
        assert [group.title for group in lens_page(wrong).heat_groups] == [""]


def test_a_packet_from_before_lenses_were_kept_offers_none():
    content = {key: part for key, part in packet_of(MARCUS).items() if key != "lenses"}
    assert page_of(content).lens.choices == []


def opened(lens: str) -> Element:
    loop = make_loop()
    client = signed_in(member_of(loop))
    url = reverse("packet", args=[store(packet_of(VIKTOR), loop).pk])
    return page(client.get(url, {"lens": lens} if lens else {}))


@pytest.mark.django_db
def test_the_switch_is_seven_links_that_need_no_script():
    shown = opened("mental-profile").one("nav", css="lens")
    links = {link.attrs["href"]: link for link in shown.all("a")}
    assert list(links) == ["?#lens", *(f"?lens={id}#lens" for id in LENSES)]
    current = [link.text for link in links.values() if "aria-current" in link.attrs]
    assert current == ["The interviewer's mental profile"]


@pytest.mark.django_db
def test_through_a_lens_no_anchor_is_there_twice_and_each_link_leads_somewhere():
    found = opened("engineering-maturity")
    ids = Counter(each.attrs["id"] for each in found.walk() if each.attrs.get("id"))
    assert [id for id, n in ids.items() if n > 1] == []
    assert dead_links(found) == []


def dead_links(found: Element) -> list[str]:
    ids = {each.attrs.get("id") for each in found.walk()}
    links = (link.attrs.get("href", "") for link in found.all("a"))
    return sorted({link for link in links if link.startswith("#") and link[1:] not in ids})
