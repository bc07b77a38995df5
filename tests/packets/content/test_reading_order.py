"""When each rule fires, and which header wins."""

import pytest

from packets.content.build import build
from packets.content.reading_order import HEADERS, is_tie
from scorecard.content import FlagContent
from tests.packets.content.loops import AMARA, JULIAN, fired, packet_of, source_of, with_card
from tests.packets.content.test_terms import card, note, packet, raiser, rated, seat


def says(person: str, recommendation: str, hour: int, **fields):
    return seat(person, card(note("n"), recommendation=recommendation), hour=hour, **fields)


def header(*seats, **how) -> str:
    return packet(*seats, **how)["reading_order"]["header"]


def test_the_rules_are_listed_in_the_order_of_the_table():
    assert [rule["rule"] for rule in packet_of(AMARA)["reading_order"]["rules"]] == [
        "INCOMPLETE",
        "STOP_SIGNAL",
        "CORROBORATED",
        "LOAD",
        "CONTESTED",
        "STRONG_NEGATIVE",
        "SPLIT",
        "CONSISTENT",
        "BORDERLINE",
        "COVERAGE",
        "TIE_BREAK",
        "SEVERITY",
        "AGGREGATES_LAST",
    ]


def test_waiting_goes_before_a_stop_signal():
    stop = raiser(severity="disqualifying")
    assert header(stop) == "RESOLVE_FIRST"
    assert header(stop, seat("bob", None, hour=2)) == "WAITING"


def test_a_flag_without_a_note_waits_for_its_note():
    bare = card(note("n"), flags=[FlagContent("data", "concern")])
    found = packet(seat("ann", bare))
    assert found["reading_order"]["header"] == "WAITING"
    assert "without a note" in found["reading_order"]["because"]


def test_a_shadow_who_has_not_handed_in_is_not_waited_for():
    assert header(says("ann", "yes", 0), seat("zoe", None, hour=2, role="shadow")) != "WAITING"


@pytest.mark.parametrize(("rounds", "fires"), [(1, False), (2, True)])
def test_three_concerns_are_a_load_only_over_two_rounds(rounds, fires):
    risks = ["metric-without-context", "unstated-assumptions", "academic-drift"]
    flags = [FlagContent(risk, "concern", "", ("n",)) for risk in risks]
    first = seat("ann", card(note("n"), flags=flags if rounds == 1 else flags[:2]))
    second = seat("ann", card(note("n"), flags=[] if rounds == 1 else flags[2:]), hour=2)
    found = packet(first, second)
    assert ("LOAD" in fired(found)) is fires


def test_two_concerns_are_no_load():
    flags = [FlagContent(r, "concern", "", ("n",)) for r in ("academic-drift",)]
    found = packet(seat("ann", card(note("n"), flags=flags)), raiser("bob", hour=2))
    assert "LOAD" not in fired(found)


@pytest.mark.parametrize(
    ("person", "interview", "fires"),
    [("bob", "other", True), ("ann", "other", False), ("bob", "room", False)],
)
def test_contested_by_another_person_in_another_round(person, interview, fires):
    role = "second" if interview == "room" and person == "bob" else "lead"
    high = card(note("h"), rates={"data-assumptions": 4})
    other = seat(person, high, hour=2, interview=interview, role=role)
    found = packet(raiser(interview="room"), other)
    assert ("CONTESTED" in fired(found)) is fires


def test_a_note_alone_contests_nothing():
    found = packet(raiser(), seat("bob", card(note("s", "data-first")), hour=2))
    assert found["flags"][0]["contradicted_by"] == ["bob"]
    assert "CONTESTED" not in fired(found)


@pytest.mark.parametrize(
    ("dimension", "cited", "fires"),
    [("tradeoffs", ("n",), True), ("tradeoffs", (), False), ("depth", ("n",), False)],
)
def test_a_supported_1_is_a_strong_negative_on_a_must_only(dimension, cited, fires):
    found = packet(seat("ann", card(note("n"), rates={dimension: (1, cited)})))
    assert ("STRONG_NEGATIVE" in fired(found)) is fires


def test_any_strong_no_is_read_first_whatever_the_rest():
    seats = [says(f"p{hour}", "strong_yes", hour) for hour in range(4)]
    assert header(*seats, says("bob", "strong_no", 5)) == "READ_NEGATIVES_FIRST"


def test_a_shadows_strong_no_is_not():
    seats = [says(f"p{hour}", "yes", hour) for hour in range(3)]
    assert header(*seats, says("zoe", "strong_no", 5, role="shadow")) == "CONSISTENT"


def test_recommendations_on_both_sides_are_a_split():
    assert header(says("ann", "yes", 0), says("bob", "no", 2)) == "DISCUSS_SPLIT"


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (["yes", "strong_yes", "yes"], "CONSISTENT"),
        (["no", "no", "no"], "CONSISTENT"),
        (["yes", "yes"], "READ_IN_ORDER"),
        (["yes", "yes", ""], "READ_IN_ORDER"),
        (["yes", "yes", "", "yes"], "READ_IN_ORDER"),
    ],
)
def test_consistent_needs_three_rounds_on_one_side(said, expected):
    assert header(*(says(f"p{at}", each, at) for at, each in enumerate(said))) == expected


def test_three_cards_of_two_rooms_are_two_rounds():
    second = says("cat", "yes", 2, interview="room", role="second")
    assert (
        header(says("ann", "yes", 0), says("bob", "yes", 2, interview="room"), second)
        == "READ_IN_ORDER"
    )


def test_a_lone_concern_leaves_rounds_consistent_and_is_not_called_no_signal():
    alone = [raiser(), rated("cat", 3, 6), says("eve", "yes", 8)]
    order = packet(*alone)["reading_order"]
    assert (order["header"], order["because"]) == (
        "CONSISTENT",
        "3 rounds, same side (yes), 1 concern open.",
    )
    high = seat("bob", card(note("h"), rates={"data-assumptions": 3}), hour=2)
    assert header(*alone, high) == "READ_IN_ORDER"  # contested


def test_packets_that_differ_in_a_disqualifying_flag_differ_in_the_header_alone():
    source = source_of(AMARA)
    dana = next(seat for seat in source.seats if seat.person.startswith("dana"))
    cited = dana.versions[-1].card.notes[1].id
    stop = (FlagContent("ignores-data-reality", "disqualifying", "", (cited,)),)
    before, after = packet_of(AMARA), build(with_card(source, "dana", flags=stop))
    assert (before["statistics"], before["evidence"]) == (after["statistics"], after["evidence"])
    assert before["reading_order"]["header"] == "CONSISTENT"
    assert after["reading_order"]["header"] == "RESOLVE_FIRST"


def test_every_header_is_one_of_the_seven():
    assert len(HEADERS) == 7
    assert (
        HEADERS.index("WAITING") < HEADERS.index("RESOLVE_FIRST") < HEADERS.index("DISCUSS_SPLIT")
    )


def test_candidates_who_differ_in_communication_alone_are_level():
    def framed(value: int, **rates: int):
        rates = {"problem-framing": value, **rates}
        return packet(seat("ann", card(note("n"), rates=rates), round="cross-functional"))

    assert is_tie(framed(3), framed(4))  # both met
    assert is_tie(framed(3, communication=2), framed(3, communication=4))  # below and met
    assert not is_tie(framed(2), framed(3))
    assert not is_tie(packet_of(JULIAN), packet_of(JULIAN))  # a pattern is read first
