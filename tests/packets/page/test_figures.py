"""Every figure of the page leads to the notes behind it, and to notes that are there."""

import pytest

from tests.packets.content.loops import JULIAN, LOOPS, VIKTOR
from tests.packets.page.reading import Element, read_demo
from tests.packets.page.test_lens import dead_links

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("slug", LOOPS)
def test_no_link_within_a_packet_is_dead(slug: str) -> None:
    assert dead_links(read_demo(slug)) == []


def unlinked(cells: list[Element]) -> list[str]:
    """Cells that are a figure other than 0, and no link."""
    return [cell.text for cell in cells if cell.text.strip("0 ").isdigit() and not cell.all("a")]


def test_every_figure_of_the_heat_table_and_the_tallies_is_a_link() -> None:
    page = read_demo(VIKTOR)
    assert unlinked(page.one("table", css="heat").one("tbody").all("td")) == []
    tally = page.one("dl", css="tally").all("dd", css="n")
    assert [cell.text for cell in tally] == ["0", "3", "1"]
    assert unlinked(tally) == []
    contradicted = tally[1].one("a").attrs["href"]
    notes = page.one("section", id=contradicted[1:]).all("li", css="ev")
    assert len(notes) == 8  # of Ingrid, Olivia and Kwame


def test_every_number_says_whose_it_is_and_leads_there() -> None:
    page = read_demo(VIKTOR)
    numbers = page.one("section", id="numbers")
    assert [cell.text for cell in numbers.all("td") if any(map(str.isdigit, cell.text))] == [
        cell.text for cell in numbers.all("td") if cell.all("a", css="fig") or cell.text == "0"
    ]
    (tradeoffs,) = [row for row in numbers.all("tr") if row.text.startswith("Trade-offs")]
    assert [(a.text, a.attrs["href"]) for a in tradeoffs.all("a", css="fig")][:2] == [
        ("3, Ravi Subramanian, Olivia Brandt and Kwame Mensah", "#ev-tradeoffs"),
        ("1, Ingrid Solheim", "#ev-tradeoffs-2"),
    ]
    assert (
        "Ingrid Solheim Applied modelling Rated 4" in page.one("section", id="ev-tradeoffs-2").text
    )
    recommended = numbers.one("div", css="notes").all("a", css="fig")
    assert [(a.text, a.attrs["href"]) for a in recommended] == [
        ("1, Ravi Subramanian", "#card-1"),
        ("3, Tomasz Wierzbicki, Olivia Brandt and Kwame Mensah", "#people"),
        ("1, Ingrid Solheim", "#card-2"),
        ("4 of 5 on the same side", "#people"),
    ]


def test_who_wrote_how_much_and_the_tie_breaker_lead_to_their_notes() -> None:
    page = read_demo(VIKTOR)
    rows = page.one("section", id="people").one("tbody").all("tr")
    for row in rows:
        anchors = {a.attrs["href"] for a in row.all("a", css="fig")}
        assert len(anchors) == 1
        assert row.one("th").text[:5] in page.one(id=anchors.pop()[1:]).text
    tie = page.one("section", id="tie-breaker").all("a")
    assert [a.attrs["href"] for a in tie] == ["#ev-communication"] * 2


def test_a_mark_of_the_timeline_and_its_figure_lead_to_the_very_note() -> None:
    page = read_demo(VIKTOR)
    order = page.one("section", id="order")
    (time,) = [a for a in order.one("table").all("a") if a.text == "24:00"]  # Ravi's model
    (mark,) = [
        a for a in order.one("svg").all("a") if a.attrs["aria-label"] == "model, Ravi Subramanian"
    ]
    assert time.attrs["href"] == mark.attrs["href"]
    note = page.one("li", id=time.attrs["href"][1:])
    assert note.one("time").text == "24:00"
    assert "stage: Model choice" in note.text


def test_it_opens_on_its_flags_and_its_questions() -> None:
    page = read_demo(VIKTOR)
    flags, questions = page.one("div", css="opens").all("section")
    assert "Ignores the data’s reality Disqualifying open" in flags.text
    assert "0 bear it out, 3 saw otherwise" in flags.text
    links = [a.attrs["href"] for a in questions.all("a")]
    assert links == ["#q-1", "#q-2", "#q-3", "#q-4", "#q-5", "#q-6"]
    assert page.one("li", id="q-6").text.startswith("Leverage and restraint")


def test_the_lower_bars_stand_under_the_level_s_own() -> None:
    lower = read_demo(JULIAN).one("details", id="lower-levels")
    assert [line.text for line in lower.all("li")] == [
        "Mid Below: Trade-offs",
        "Junior Met in every dimension",
    ]
