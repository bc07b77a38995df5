"""What a committee reads in the packets of the six public loops."""

import re

import pytest

from tests.packets.content.loops import (
    AMARA,
    HANNAH,
    JULIAN,
    LEILA,
    LOOPS,
    MARCUS,
    VIKTOR,
    packet_of,
)
from tests.packets.page.reading import Element, read_demo, row

pytestmark = pytest.mark.django_db

PARTS = [
    *("flags", "consistency", "coverage", "bar", "evidence", "order", "numbers"),
    *("people", "tie-breaker", "questions", "cards"),
]


def fired(page: Element) -> dict[str, str]:
    """The rules that fired: name to reason and condition."""
    rules = page.one(css="verdict").all("dl", css="fired")[0].all("div")
    return {rule.one("dt").text: rule.one("dd").text for rule in rules}


def tally(flag: Element) -> dict[str, str]:
    boxes = flag.one("dl", css="tally").all("div")
    return {box.one("dt").text: box.text.removeprefix(box.one("dt").text).strip() for box in boxes}


@pytest.mark.parametrize("slug", LOOPS)
def test_the_parts_stand_in_reading_order_and_every_link_arrives(slug: str) -> None:
    page = read_demo(slug)
    ids = [each.attrs["id"] for each in page.walk() if "id" in each.attrs]
    assert [id for id in ids if id in PARTS] == PARTS
    assert len(ids) == len(set(ids)), "an id stands twice"
    links = {a.attrs["href"] for a in page.all("a") if a.attrs.get("href", "").startswith("#")}
    assert len(links) > 60
    assert {link[1:] for link in links} <= set(ids)


@pytest.mark.parametrize("slug", LOOPS)
def test_every_note_stands_whole_in_its_scorecard(slug: str) -> None:
    cards = read_demo(slug).one("section", id="cards")
    for card in packet_of(slug)["cards"]:
        for note in card["notes"]:
            shown = cards.one("li", id=f"n-{note['ref']}")
            assert " ".join(note["text"].split()) in shown.text
            minutes, seconds = divmod(note["at_seconds"], 60)
            assert shown.one("time").text == f"{minutes}:{seconds:02}"


@pytest.mark.parametrize("slug", LOOPS)
def test_nothing_is_ranked_or_averaged_over_all(slug: str) -> None:
    page, packet = read_demo(slug), packet_of(slug)
    heat = page.one("table", css="heat")
    titles = [packet["titles"]["dimensions"][each["id"]] for each in packet["dimensions"]]
    shown = [each.one("th").text for each in heat.one("tbody").all("tr")]
    for name, title in zip(shown, titles, strict=True):
        assert name.startswith(title)
    assert "There is no overall score" in page.one("section", id="numbers").text
    assert not re.search(r"overall (score|rating|average):? ?\d", page.text, re.IGNORECASE)


def test_viktor_opens_with_the_flag_to_resolve() -> None:
    page = read_demo(VIKTOR)
    verdict = page.one(css="verdict")
    assert "RESOLVE_FIRST" in verdict.text
    assert verdict.one("h2").text.startswith("One disqualifying flag is open")
    assert list(fired(page)) == ["Stop signal", "Contested", "Split", "Coverage", "Numbers last"]
    assert "4 from Ingrid Solheim" in fired(page)["Contested"]
    assert "A disqualifying flag is open." in fired(page)["Stop signal"]


def test_viktors_flag_is_raised_once_corroborated_never_contradicted_thrice_untested_once() -> None:
    flag = read_demo(VIKTOR).one("article", css="flag")
    assert tally(flag) == {
        "Raised by": "Ravi Subramanian ML system design, says no",
        "Corroborated": "0 by nobody else",
        "Contradicted": "3 Ingrid Solheim, Olivia Brandt and Kwame Mensah",
        "Untested": "1 Tomasz Wierzbicki",
    }
    assert [chip.text for chip in flag.one("header").all("span", css="chip")] == [
        "Disqualifying",
        "Open",
    ]


def test_the_interviewers_own_instruction_stands_beside_viktors_flag() -> None:
    flag = read_demo(VIKTOR).one("article", css="flag")
    setting = flag.one(css="context")
    assert "Setting At 1:50 Ravi Subramanian noted:" in setting.text
    assert "take the feature store and the labelled set as given" in setting.text
    for_it, against = flag.one(css="sides").all("section")
    assert "Explanation. asked about data and labels four times" in for_it.text
    assert "Rated 4; noted Data first" in against.text
    assert "Did not rate it so; noted Data first" in against.text


def test_a_flag_shows_its_state_and_offers_nothing_that_does_not_work_yet() -> None:
    flag = read_demo(VIKTOR).one("article", css="flag")
    assert "Open: a named member of the committee resolves it" in flag.one(css="resolution").text
    assert not flag.all("button")
    assert not flag.all("form")
    assert not flag.all("input")


def test_viktors_split_is_marked_in_the_heat_table() -> None:
    page = read_demo(VIKTOR)
    heat = page.one("table", css="heat")
    apart = [each.one("b").text for each in heat.all("a", css="apart")]
    assert apart == ["1", "4", "4"]
    assert "3 apart" in row(heat, "Data and assumptions")
    spot = page.one("article", id="spot-data-assumptions")
    assert "Rated 1: four chances, four refusals" in spot.text


def test_julians_pattern_was_seen_by_three_and_flagged_by_two() -> None:
    page = read_demo(JULIAN)
    assert "READ_NEGATIVES_FIRST" in page.one(css="verdict").text
    pattern = page.one("article", css="pattern").text
    assert "Seen by Ravi Subramanian, Kwame Mensah and Neha Kulkarni in 3 rounds" in pattern
    assert "Flagged by Ravi Subramanian and Kwame Mensah only" in pattern
    flag = page.one("article", css="flag")
    assert tally(flag)["Corroborated"] == "2 Kwame Mensah and Neha Kulkarni"
    assert tally(flag)["Contradicted"] == "3 Kwame Mensah, Colleen O'Rourke and Samir Haddad"
    assert "Both sides Kwame Mensah" in flag.text


def test_marcus_rating_on_noise_is_struck_with_its_reason_and_lifts_nothing() -> None:
    page = read_demo(MARCUS)
    cell = page.one("table", css="heat").one("a", css="unsup")
    assert cell.text == "3 of 4, counts for nothing: Every cited note is noise."
    assert cell.one("s").text == "3"
    listed = page.one("section", id="consistency").all("ul", css="lines")[0].text
    assert "Production ownership 3 by Colleen O'Rourke, Behavioural." in listed
    assert "Every cited note is noise." in listed
    figures = row(page.one("table", css="figures"), "Production ownership")
    assert figures[1:7] == ["1, Dana Whitcomb", "0", "0", "0", "1 rating, 1 person, 1 round", "1"]
    evidence = page.one("details", id="ev-production-ownership")
    assert "Noise, counted for nothing" in evidence.one(css="ignored").text


def test_leilas_packet_names_who_is_missing_and_who_was_late() -> None:
    page = read_demo(LEILA)
    assert "WAITING" in page.one(css="verdict").text
    assert "Ingrid Solheim has not handed in Applied modelling." in fired(page)["Incomplete"]
    facts = page.one("p", css="facts").text
    assert "4 of 5 scorecards in" in facts
    assert "Missing: Ingrid Solheim (Applied modelling)" in facts
    assert "Late: Peter Vanterpool (3 days)" in facts
    seats = page.one(css="handed-in").one("table")
    assert row(seats, "Applied modelling")[-2:] == ["not yet", "Missing"]
    assert row(page.one("section", id="people").one("table"), "Ingrid Solheim")[2] == (
        "1 scorecard missing"
    )


def test_leila_shows_the_five_states_of_a_cell_apart() -> None:
    heat = read_demo(LEILA).one("table", css="heat")
    first = [line for line in heat.one("tbody").all("tr") if line.text.startswith("Adaptability")][
        0
    ]
    states = [cell.one(css="cell").classes[1] for cell in first.all("td")[:4]]
    assert states == ["nobs", "out", "unsup", "out"]
    spoken = [cell.text for cell in first.all("td")[:4]]
    assert spoken == [
        "n/onot observed",
        "not in this round",
        "4 of 4, counts for nothing: No note is cited.",
        "not in this round",
    ]
    assert row(heat, "Adaptability")[5:] == [
        "n/a: not enough to say",
        "n/a: not assessed",
        "Not covered",
        "Unknown, needs 3",
    ]


def test_hannahs_replaced_round_is_named() -> None:
    page = read_demo(HANNAH)
    coverage = page.one("section", id="coverage").text
    assert "Planned, not held Responsible AI Held, not planned Cross-functional" in coverage
    assert "Not covered Responsible ML" in coverage
    assert "entered by Jonah Pruitt" in page.one(css="handed-in").text
    spot = page.one("article", id="spot-tradeoffs")
    low, high = spot.one(css="sides").all("section")
    assert "Neha Kulkarni" in low.text
    assert "Nothing, really" in low.text
    assert "Yuki Hoshino" in high.text
    assert "Colleen O'Rourke" in high.text


def test_what_nobody_assessed_is_said_in_words_and_is_no_zero() -> None:
    figures = row(read_demo(HANNAH).one("table", css="figures"), "Responsible ML")
    assert figures[1:] == [
        *("0", "0", "0", "0", "0 ratings, 0 people, 0 rounds"),
        *("not enough to say", "not enough to say", "not enough to say"),
    ]


def test_amaras_packet_is_calm_and_says_that_nothing_was_raised() -> None:
    page = read_demo(AMARA)
    assert "calm" in page.one(css="verdict").classes
    assert "CONSISTENT" in page.one(css="verdict").text
    flags = page.one("section", id="flags").text
    assert "No flag. Nobody raised one." in flags
    assert "No pattern. No risk was seen by two people." in flags


def test_the_order_of_thinking_has_a_table_beside_its_chart() -> None:
    order = read_demo(MARCUS).one("section", id="order")
    assert row(order.one("table"), "Tomasz Wierzbicki") == [
        "Tomasz Wierzbicki, Applied modelling",
        *("3:40", "5:20", "2:00", "34:30", "no", "no"),
    ]
    assert "In 1 of the 2 rounds" in order.text
    assert order.one("svg").one("desc").text.startswith("The minute at which")
    assert row(order.one("table"), "Colleen")[1:] == [
        *(["did not come up"] * 4),
        *(["not enough to say"] * 2),
    ]


def test_musts_are_read_first_where_the_bar_is_not_met() -> None:
    bar = read_demo(MARCUS).one("section", id="bar")
    below = bar.one("dl").all("dd")[0]
    assert [link.text for link in below.all("a")] == [
        "Trade-offs",
        "Production ownership",
        "Problem framing",
        "Depth",
    ]
    assert "Production ownership a must; lower median 1, needs 3" in below.text


def test_questions_name_who_could_answer_and_where_they_arise() -> None:
    questions = read_demo(VIKTOR).one("section", id="questions").all("li")
    assert len(questions) == len(packet_of(VIKTOR)["questions"])
    about_spot = next(each for each in questions if "Ravi Subramanian 1, Ingrid" in each.text)
    assert "Ask Ravi Subramanian, Ingrid Solheim and Kwame Mensah" in about_spot.text
    assert about_spot.one("a").attrs["href"] == "#consistency"
