"""Resolutions laid over a packet: what they change, and what they never change.

Viktor Desrosiers' readings are worked out by hand: his one disqualifying flag is on Data and
assumptions, rated 1, 4 and 4, where a senior needs 3.
"""

import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from packets.content.build import build, digest
from packets.content.fingerprint import fingerprint
from packets.content.resolved import Resolution, resolved
from tests.packets.content.loops import (
    LOOPS,
    MARCUS,
    VIKTOR,
    dimension,
    fired,
    packet_of,
    source_of,
)
from tests.packets.content.test_adjusted import STRICT, with_snapshot
from tests.packets.content.test_properties import shuffled, sources

AT = datetime(2026, 3, 9, 15, 0, tzinfo=UTC)
SETTLED = ("upheld", "mitigated", "not_supported")
OUTCOMES = (*SETTLED, "needs_interview")


def found(flag: dict, outcome: str = "upheld", **fields) -> Resolution:
    given = {
        "signal": flag["signal"],
        "fingerprint": fingerprint(flag),
        "outcome": outcome,
        "reason": "The labels were in his reach.",
        "by": "chair@lumenta.example",
        "name": "The Chair",
        "at": AT,
        "version": 1,
    }
    return Resolution(**{**given, **fields})


def viktor(outcome: str, **fields) -> dict:
    content = packet_of(VIKTOR)
    return resolved(content, [found(content["flags"][0], outcome, **fields)])


def test_rules_name_dimensions_in_the_rubrics_order_whatever_order_the_database_keeps():
    strict = {seat.person: STRICT for seat in source_of(VIKTOR).seats}
    content = with_snapshot(source_of(VIKTOR), severities=strict)
    stored = json.loads(json.dumps(content, sort_keys=True))
    read = resolved(stored, [found(stored["flags"][0], "not_supported")])
    rule, same = (
        next(rule for rule in packet["reading_order"]["rules"] if rule["rule"] == "SEVERITY")
        for packet in (content, read)
    )
    assert rule["fired"]
    assert rule == same


@pytest.mark.parametrize("outcome", SETTLED)
def test_a_settled_flag_leaves_its_dimension_to_the_lower_median(outcome):
    """Upheld too: it does not mean rejected."""
    content = viktor(outcome)
    assert dimension(content, "data-assumptions")["lower_median"] == 4
    assert dimension(content, "data-assumptions")["bar"] == "met"
    assert content["bar"]["open"] == []
    assert "data-assumptions" in content["bar"]["met"]
    assert [row["dimension"] for row in content["bar"]["rows"][:3]] == [
        "adaptability",  # below; then musts that are met, then the rest in the rubric's order
        "tradeoffs",
        "production-ownership",
    ]
    assert content["reading_order"]["header"] == "DISCUSS_SPLIT"
    assert fired(content) == ["CONTESTED", "SPLIT", "COVERAGE", "AGGREGATES_LAST"]
    assert [each["part"] for each in content["questions"]] == [3, 4, 5, 5]


def test_the_flag_says_what_was_found_by_whom_and_when():
    content = viktor("upheld")
    assert content["flags"][0]["resolution"] == {
        "outcome": "upheld",
        "reason": "The labels were in his reach.",
        "by": "chair@lumenta.example",
        "at": "2026-03-09T15:00:00Z",
        "evidence": [],
        "version": 1,
    }
    assert content["people"]["chair@lumenta.example"] == "The Chair"
    assert "former" not in content["flags"][0]


def test_what_waits_for_an_interview_is_open_and_says_so():
    content = viktor("needs_interview")
    assert dimension(content, "data-assumptions")["bar"] == "open"
    assert content["bar"] == packet_of(VIKTOR)["bar"]
    order = content["reading_order"]
    assert order["header"] == "RESOLVE_FIRST"
    assert order["because"] == (
        "Ignores the data’s reality, raised by Ravi Subramanian, waits for another interview."
    )
    assert content["questions"] == packet_of(VIKTOR)["questions"]


def test_the_last_word_counts_and_the_former_stays():
    flag = packet_of(VIKTOR)["flags"][0]
    words = [found(flag, outcome) for outcome in ("needs_interview", "upheld", "not_supported")]
    shown = resolved(packet_of(VIKTOR), words)["flags"][0]
    assert shown["resolution"]["outcome"] == "not_supported"
    former = [(each["outcome"], each["same"]) for each in shown["former"]]
    assert former == [("needs_interview", True), ("upheld", True)]


def test_a_flag_that_was_raised_in_other_words_is_open_again_beside_what_was_found():
    content = viktor("not_supported", fingerprint="sha256:of an earlier version")
    flag = content["flags"][0]
    assert flag["resolution"] is None
    assert content["reading_order"]["header"] == "RESOLVE_FIRST"
    assert [(each["outcome"], each["same"]) for each in flag["former"]] == [
        ("not_supported", False)
    ]


def test_a_resolution_of_a_flag_that_is_gone_changes_nothing():
    content = packet_of(MARCUS)
    assert resolved(content, [found(packet_of(VIKTOR)["flags"][0])]) == content


def test_cited_notes_are_found_again_where_the_packet_has_them_now():
    note = packet_of(VIKTOR)["cards"][1]["notes"][3]
    moved, gone = {**note, "ref": "7.7"}, {**note, "ref": "1.1", "text": "no longer said"}
    shown = viktor("mitigated", cited=(moved, gone))["flags"][0]["resolution"]["evidence"]
    assert shown == [note, {**gone, "ref": None}]


def test_two_packets_that_differ_in_a_flag_have_the_same_distributions_and_other_headers():
    content = packet_of(VIKTOR)
    settled = viktor("upheld")
    assert settled["statistics"] == content["statistics"]
    assert settled["reading_order"]["header"] != content["reading_order"]["header"]


@pytest.mark.parametrize("slug", LOOPS)
def test_an_open_resolution_derives_what_the_builder_built(slug):
    """Everything that is worked out anew is what it was, as long as no flag is settled."""
    content = packet_of(slug)
    asked = [
        found(flag, "needs_interview", by=content["flags"][0]["raised"][0]["by"], name="")
        for flag in content["flags"]
    ]
    again = resolved(content, asked)
    for key in content.keys() - {"flags", "people", "reading_order"}:
        assert again[key] == content[key], key


@settings(deadline=None, max_examples=60)
@given(sources(), st.data())
def test_resolving_changes_neither_the_digest_nor_any_distribution(source, data):
    content = build(source)
    before = digest(content)
    outcomes = st.lists(st.sampled_from(OUTCOMES), max_size=2)
    words = [found(f, each) for f in content["flags"] for each in data.draw(outcomes)]
    read = resolved(content, words)
    assert digest(content) == before
    unread = ("flags", "people", "dimensions", "bar", "levels_below", "tie_breaker")
    unread = (*unread, "reading_order", "questions")
    for key in content.keys() - set(unread):
        assert read[key] == content[key], key
    for old, new in zip(content["dimensions"], read["dimensions"], strict=True):
        assert {**new, "bar": ""} == {**old, "bar": ""}
    for flag in read["flags"]:
        flag = {**flag, "resolution": None}
        flag.pop("former", None)
        assert flag in content["flags"]


@settings(deadline=None, max_examples=60)
@given(sources(), st.sampled_from(SETTLED))
def test_all_settled_reads_like_a_panel_that_raised_concerns_alone(source, outcome):
    """The bar worked out by the builder where nobody disqualifies is the oracle."""
    content = build(source)
    read = resolved(content, [found(flag, outcome) for flag in content["flags"]])
    mild = build(milder(source))
    for key in ("dimensions", "bar", "levels_below", "tie_breaker"):
        assert read[key] == mild[key]
    bar_questions = [each for each in mild["questions"] if each["part"] == 5]
    assert [each for each in read["questions"] if each["part"] == 5] == bar_questions


def milder(source):
    """The loop as if every flag had been raised as a concern."""

    def mild(version):
        flags = tuple(replace(flag, severity="concern") for flag in version.card.flags)
        return replace(version, card=replace(version.card, flags=flags))

    seats = tuple(
        replace(seat, versions=tuple(mild(each) for each in seat.versions)) for seat in source.seats
    )
    return replace(source, seats=seats)


@settings(deadline=None, max_examples=60)
@given(sources(), st.integers(0, 99))
def test_a_fingerprint_does_not_depend_on_any_order(source, seed):
    def prints(one):
        return {flag["signal"]: fingerprint(flag) for flag in build(one)["flags"]}

    assert prints(source) == prints(shuffled(source, seed))


def test_a_fingerprint_is_that_of_what_was_raised_and_not_of_where_it_stands():
    flag = packet_of(VIKTOR)["flags"][0]
    raised = flag["raised"][0]
    notes = [{**note, "ref": f"9.{n}"} for n, note in enumerate(raised["notes"])]
    moved = {**flag, "raised": [{**raised, "notes": notes}], "untested_by": []}
    assert fingerprint(moved) == fingerprint(flag)
    for change in (
        {"severity": "concern"},
        {"explanation": "He was told to."},
        {"by": "somebody.else@lumenta.example"},
        {"round": "behavioral"},
        {"notes": raised["notes"][:-1]},
        {"notes": [{**raised["notes"][0], "text": "other words"}, *raised["notes"][1:]]},
    ):
        assert fingerprint({**flag, "raised": [{**raised, **change}]}) != fingerprint(flag), change


def test_the_public_loop_is_read_with_one_shared_source():
    """`packet_of` is cached: laying resolutions over it must leave it as it was."""
    viktor("not_supported")
    assert digest(packet_of(VIKTOR)) == digest(build(source_of(VIKTOR)))
