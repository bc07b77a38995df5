"""What holds of every loop: properties of the builder, over the public loops and made-up ones."""

import json
import random
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from packets.content.build import build, digest
from packets.content.packet_input import PacketInput, SeatInput
from scorecard.content import CardContent, FlagContent, RatingContent
from tests.packets.content.loops import LEILA, LOOPS, packet_of, source_of, with_card
from tests.packets.content.test_terms import note, seat

SIGNALS = [
    "",
    "data-first",
    "ignores-data-reality",
    "metric-as-an-end",
    "premature-complexity",
    "explicit-tradeoffs",
    "leverage-and-restraint",
]
DIMENSIONS = ["data-assumptions", "tradeoffs", "adaptability", "depth"]
PEOPLE = ["ann", "bob", "cat"]


@st.composite
def cards(draw) -> CardContent:
    notes = tuple(
        note(
            f"n{at}",
            draw(st.sampled_from(SIGNALS)),
            at=draw(st.integers(0, 90)),
            kind=draw(st.sampled_from(["observation", "quote", "probe"])),
            probe=draw(st.sampled_from(["", "pushback", "why"])),
            stage=draw(st.sampled_from(["", "data", "model-choice"])),
            text=draw(st.sampled_from(["said it", "said it again"])),
        )
        for at in range(draw(st.integers(0, 4)))
    )
    ids = [each.id for each in notes]
    cites = st.lists(st.sampled_from(ids), unique=True) if ids else st.just([])
    values = st.sampled_from([None, 1, 2, 3, 4])
    rated = draw(st.lists(st.sampled_from(DIMENSIONS), unique=True))
    risks = draw(st.lists(st.sampled_from(["ignores-data-reality", "premature-complexity"])))
    return CardContent(
        recommendation=draw(st.sampled_from(["", "strong_no", "no", "yes", "strong_yes"])),
        notes=notes,
        ratings=tuple(RatingContent(d, draw(values), notes=tuple(draw(cites))) for d in rated),
        flags=tuple(
            FlagContent(
                risk, draw(st.sampled_from(["concern", "disqualifying"])), "", tuple(draw(cites))
            )
            for risk in sorted(set(risks))
        ),
    )


@st.composite
def sources(draw) -> PacketInput:
    rounds = st.sampled_from(["behavioral", "ml-coding", "phone-screen"])
    content = st.one_of(st.none(), cards())
    seats = tuple(
        seat(draw(st.sampled_from(PEOPLE)), draw(content), draw(rounds), hour=hour)
        for hour in range(draw(st.integers(1, 4)))
    )
    return replace(
        source_of(LEILA), seats=seats, names={person: person.title() for person in PEOPLE}
    )


def shuffled(source: PacketInput, seed: int) -> PacketInput:
    """The same loop with everything that has no order in another order."""
    chance = random.Random(seed)  # noqa: S311  an order, no secret

    def mix(items):
        return tuple(chance.sample(items, len(items)))

    def mixed(one: SeatInput) -> SeatInput:
        versions = tuple(
            replace(
                version,
                card=replace(
                    version.card,
                    notes=mix(version.card.notes),
                    ratings=mix([replace(r, notes=mix(r.notes)) for r in version.card.ratings]),
                    flags=mix([replace(f, notes=mix(f.notes)) for f in version.card.flags]),
                ),
            )
            for version in one.versions
        )
        return replace(one, versions=versions)

    return replace(source, seats=mix([mixed(each) for each in source.seats]))


@settings(deadline=None, max_examples=60)
@given(sources(), st.integers(0, 99))
def test_the_order_of_input_never_changes_the_digest(source, seed):
    assert digest(build(source)) == digest(build(shuffled(source, seed)))


@pytest.mark.parametrize("slug", LOOPS)
def test_nor_that_of_a_public_loop(slug):
    assert digest(build(shuffled(source_of(slug), 7))) == digest(packet_of(slug))


@settings(deadline=None, max_examples=60)
@given(sources(), cards())
def test_a_shadow_changes_nothing_but_its_own_part(source, content):
    alone = build(source)
    shadow = seat("zoe", content, "behavioral", hour=9, role="shadow")
    watched = build(replace(source, seats=(*source.seats, shadow)))
    assert [c for c in watched["scorecards"] if c["status"] == "shadow"]
    watched["scorecards"] = [c for c in watched["scorecards"] if c["status"] != "shadow"]
    assert watched.pop("shadows")
    assert alone.pop("shadows") == []
    assert watched == alone


@settings(deadline=None, max_examples=60)
@given(sources(), st.sampled_from(DIMENSIONS))
def test_a_rating_of_not_observed_changes_no_number(source, id):
    def without_and_with(one: SeatInput) -> tuple[SeatInput, SeatInput]:
        if not one.versions or any(r.dimension == id for r in one.versions[0].card.ratings):
            return one, one
        version = one.versions[0]
        ratings = (*version.card.ratings, RatingContent(id, None, "", "no time"))
        more = replace(version, card=replace(version.card, ratings=ratings))
        return one, replace(one, versions=(more,))

    pairs = [without_and_with(each) for each in source.seats]
    before = build(replace(source, seats=tuple(pair[0] for pair in pairs)))
    after = build(replace(source, seats=tuple(pair[1] for pair in pairs)))
    for key in ("statistics", "bar", "coverage", "disagreements", "reading_order", "interviewers"):
        assert before[key] == after[key]


@settings(deadline=None, max_examples=60)
@given(sources())
def test_a_packet_survives_json_and_its_digest_with_it(source):
    content = build(source)
    assert json.loads(json.dumps(content)) == content
    assert digest({**content, "packet": {"version": 9}}) == digest(content)


@settings(deadline=None, max_examples=60)
@given(sources())
def test_everybody_counted_stands_on_exactly_one_side_or_on_both(source):
    for flag in build(source)["flags"]:
        first = flag["raised"][0]["by"]
        sides = [*flag["corroborated_by"], *flag["contradicted_by"], *flag["untested_by"]]
        counted = {
            c["interviewer"] for c in build(source)["scorecards"] if c["status"] == "counted"
        }
        assert set(sides) == counted - {first}
        assert len(sides) == len(set(sides)) + len(flag["both"])


def test_the_ids_of_notes_are_no_part_of_a_packet():
    """The same loop imported on two machines gives one digest."""
    source = source_of(LEILA)
    one = next(seat for seat in source.seats if seat.person.startswith("samir"))
    content = one.versions[0].card
    new = {each.id: f"other-{each.id}" for each in content.notes}
    renamed = with_card(
        source,
        "samir",
        notes=tuple(replace(each, id=new[each.id]) for each in content.notes),
        ratings=tuple(replace(r, notes=tuple(new[id] for id in r.notes)) for r in content.ratings),
    )
    assert digest(build(renamed)) == digest(packet_of(LEILA))


def test_a_changed_word_changes_the_digest():
    source = with_card(source_of(LEILA), "samir", summary="Something else.")
    assert digest(build(source)) != digest(packet_of(LEILA))


def test_no_card_at_all_is_a_packet_that_waits():
    empty = replace(
        source_of(LEILA), seats=tuple(replace(each, versions=()) for each in source_of(LEILA).seats)
    )
    packet = build(empty)
    assert packet["reading_order"]["header"] == "WAITING"
    assert {d["coverage"] for d in packet["dimensions"]} == {"not_covered"}
    assert build(replace(empty, seats=()))["reading_order"]["header"] == "READ_IN_ORDER"
