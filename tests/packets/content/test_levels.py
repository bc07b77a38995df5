"""The same evidence under the bars of lower levels, and when the question is offered."""

from scorecard.content import FlagContent
from tests.packets.content.loops import HANNAH, VIKTOR, packet_of, rubric
from tests.packets.content.test_terms import RISK, STRENGTH, card, note, packet, seat


def rated(level: str, flags=(), **values: int | None):
    """One card that rates every dimension 3 with evidence, but for `values`; None leaves it out."""
    seen = note("seen", STRENGTH)
    put = note("put", kind="probe", probe=min(rubric().constraint_probes))
    wanted = {id: values.get(id.replace("-", "_"), 3) for id in rubric().dimensions}
    rates = {id: (value, ("seen",)) for id, value in wanted.items() if value}
    return packet(seat("ann", card(seen, put, rates=rates, flags=flags)), level=level)


def offered(found) -> list[str]:
    return [each["text"] for each in found["questions"] if "next level down" in each["text"]]


def lower(found, level: str):
    return next(each for each in found["levels_below"] if each["level"] == level)


def test_the_next_level_down_comes_first_and_a_junior_has_none_below():
    assert [each["level"] for each in rated("staff")["levels_below"]] == [
        *("senior", "mid", "junior")
    ]
    assert rated("junior")["levels_below"] == []


def test_below_senior_and_met_at_mid_is_a_question():
    found = rated("senior", production_ownership=2)
    assert lower(found, "mid")["is_met"]
    (text,) = offered(found)
    assert "senior bar is not met" in text
    assert "bar of mid" in text


def test_below_both_is_none_even_where_a_level_further_down_is_met():
    found = rated("senior", tradeoffs=2)
    assert not lower(found, "mid")["is_met"]
    assert lower(found, "junior")["is_met"]
    assert offered(found) == []


def test_where_the_level_s_own_bar_is_met_nothing_is_asked():
    found = rated("senior")
    assert lower(found, "mid")["is_met"]
    assert offered(found) == []


def test_what_nobody_tested_meets_no_bar():
    found = rated("senior", production_ownership=2, depth=None)
    assert lower(found, "mid")["unknown"] == ["depth"]
    assert offered(found) == []


def test_an_open_disqualifying_flag_is_open_under_every_bar():
    flag = FlagContent(RISK, "disqualifying", "", ("seen",))
    found = rated("senior", (flag,), production_ownership=2)
    assert lower(found, "mid")["open"] == lower(found, "junior")["open"] == ["data-assumptions"]
    assert offered(found) == []


def test_a_staff_bar_wants_its_4_and_a_senior_s_does_not():
    found = rated("staff")
    assert found["bar"]["below"] == []
    assert lower(found, "senior")["is_met"]
    assert len(offered(found)) == 1
    assert offered(rated("staff", tradeoffs=4)) == []


def test_those_who_rated_what_is_short_are_asked():
    found = rated("senior", production_ownership=2)
    (question,) = [q for q in found["questions"] if q["text"] in offered(found)]
    assert (question["part"], question["ask"]) == (5, ["ann"])


def test_the_public_loops_are_read_under_the_lower_bars():
    """By hand: Hannah's two 2s are below mid and not below junior; Viktor's flag is open."""
    hannah = packet_of(HANNAH)
    assert lower(hannah, "mid")["below"] == ["decomposition", "hypothesis-validation"]
    assert lower(hannah, "junior")["below"] == []
    assert lower(packet_of(VIKTOR), "junior")["open"] == ["data-assumptions"]
