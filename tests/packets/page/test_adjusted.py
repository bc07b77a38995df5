"""Adjusted estimates on the page: in words, clipped to the scale, after everything raw."""

import re

import pytest

from calibration.severity.snapshot import KnownSeverity
from packets import charts
from tests.packets.content.loops import AMARA, LEILA, packet_of, source_of
from tests.packets.content.test_adjusted import with_snapshot
from tests.packets.page.reading import Element, read, row, store


def shown(slug: str = AMARA, **changes) -> Element:
    return read(store(with_snapshot(source_of(slug), **changes)))


@pytest.mark.django_db
def test_without_a_calibration_there_is_none_and_the_page_says_why() -> None:
    part = read(store(packet_of(AMARA))).one("section", id="numbers")
    assert "Adjusted estimates Not enough to say." in part.text
    assert not part.all("h3", id="adjusted")


@pytest.mark.django_db
def test_a_row_has_one_decimal_a_range_a_word_and_what_it_rests_on() -> None:
    part = shown().one("section", id="numbers")
    table = part.all("table")[-1]
    title, estimate, likely, bar, sources, _ = row(table, "Trade-offs")
    assert len(estimate) == 3
    assert estimate[1] == "."
    low, high = (float(each) for each in likely.split(" to "))
    assert 1 <= low <= float(estimate) <= high <= 4
    assert bar == "too close to call" or " likely to be 3 or more" in f" {bar}"
    assert "rating" in sources
    assert "round" in sources
    assert "There is no overall score" in part.text
    assert "%" not in part.text


@pytest.mark.django_db
def test_of_what_nobody_assessed_it_says_what_is_usual() -> None:
    packet = with_snapshot(source_of(LEILA))
    (free, *_) = [id for id, each in packet["statistics"]["dimensions"].items() if not each["n"]]
    known = with_snapshot(
        source_of(LEILA), base_rates={free: {packet["opening"]["level"]: [20] * 4}}
    )
    part = read(store(known)).one("section", id="numbers")
    assert "of 80 ratings of others at this level 20 were a 1, 20 a 2" in part.text


@pytest.mark.django_db
def test_its_rows_stand_in_the_order_of_the_raw_ones() -> None:
    raw, adjusted = (
        [line.all("th")[0].text for line in table.all("tr")[1:]]
        for table in shown().one("section", id="numbers").all("table")[:2]
    )
    assert adjusted == [title for title in raw if title in adjusted]


@pytest.mark.django_db
def test_what_nobody_rated_stands_apart_without_a_number() -> None:
    packet = with_snapshot(source_of(LEILA))
    unrated = [d["id"] for d in packet["dimensions"] if not d["supported"]]
    part = read(store(packet)).one("section", id="numbers")
    assert unrated
    for id in unrated:
        title = packet["titles"]["dimensions"][id]
        assert f"{title} (not assessed)" in part.text


@pytest.mark.django_db
def test_an_interviewers_severity_is_in_points_with_its_range() -> None:
    source = source_of(AMARA)
    who = source.seats[0].person
    known = KnownSeverity(-0.31, 0.15, 14, 12, "tends stricter")
    part = shown(severities={who: known}).one("section", id="people")
    said = "0.3 of a point lower than colleagues, likely 0.5 lower to 0.1 lower; 14 cards"
    assert f"Tends stricter {said}, 12 candidates" in part.text
    assert "Not enough history" in part.text, "of the others nothing is said"


def test_a_strip_draws_twenty_dots_and_says_how_many_are_at_the_bar() -> None:
    strip = charts.Strip("Depth", [1 + at * 0.15 for at in range(20)], 2.5, "10 of 20 at 3 or more")
    svg = charts.quantiles([strip])
    assert svg.count("<circle") == 20
    assert "10 of 20 at 3 or more" in svg
    piles = [float(x) for x in re.findall(r'<circle cx="([\d.]+)"', svg)]
    bar = float(re.search(r'x1="([\d.]+)"[^>]*class="barline"', svg)[1])
    assert sum(x > bar for x in piles) == 10
    assert bar not in piles
    assert "style=" not in svg
    assert "<desc" in svg
