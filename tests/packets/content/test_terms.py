"""The corners of the terms that no public loop shows, each decided in docs/packet.md."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from packets.content.build import build
from packets.content.packet_input import (
    OpeningInput,
    PacketInput,
    SeatInput,
    VersionInput,
)
from scorecard.content import CardContent, FlagContent, NoteContent, RatingContent
from tests.packets.content.loops import dimension, fired, flag, rubric

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
RISK, STRENGTH, NOISE = "ignores-data-reality", "data-first", "metric-as-an-end"


def note(id: str, signal: str = "", at: int = 60, **fields) -> NoteContent:
    known = rubric().signals.get(signal)
    return NoteContent(
        id=id,
        at_seconds=at,
        kind=fields.pop("kind", "observation"),
        text=fields.pop("text", f"what {id} saw"),
        dimension=fields.pop("dimension", known.dimension if known else ""),
        signal=signal,
        polarity=fields.pop("polarity", known.polarity if known else ""),
        **fields,
    )


def card(*notes, rates=None, flags=(), recommendation="yes", **fields) -> CardContent:
    """Ratings cite every note of the card unless `rates` gives (value, cited ids)."""
    ratings = []
    for id, value in (rates or {}).items():
        value, cited = value if isinstance(value, tuple) else (value, tuple(n.id for n in notes))
        ratings.append(RatingContent(id, value, notes=cited))
    return CardContent(
        recommendation=recommendation,
        notes=notes,
        ratings=tuple(ratings),
        flags=tuple(flags),
        **fields,
    )


def seat(person: str, content: CardContent | None, round="behavioral", **fields) -> SeatInput:
    hour = fields.pop("hour", 0)
    versions = (VersionInput(1, content, MONDAY + timedelta(hours=hour + 2), person),)
    return SeatInput(
        interview=fields.pop("interview", f"{person}-{hour}"),
        round=round,
        person=person,
        role=fields.pop("role", "lead"),
        starts_at=MONDAY + timedelta(hours=hour),
        ends_at=MONDAY + timedelta(hours=hour + 1),
        versions=fields.pop("versions", versions if content else ()),
        **fields,
    )


def packet(*seats: SeatInput, level="senior", rounds=("behavioral",)):
    return build(
        PacketInput(
            candidate={"id": "c", "name": "Noor", "current_title": "", "current_company": ""},
            opening=OpeningInput("o", "ML Engineer", level, rounds),
            rubric=rubric(),
            seats=seats,
            names={each.person: each.person.title() for each in seats},
        )
    )


def flags_data(severity="concern", notes=("a",)) -> list[FlagContent]:
    return [FlagContent(RISK, severity, "saw it", tuple(notes))]


def raiser(person="ann", hour=0, severity="concern", **fields) -> SeatInput:
    return seat(person, card(note("a", RISK), flags=flags_data(severity)), hour=hour, **fields)


def sides(*others: SeatInput, first: SeatInput | None = None):
    found = flag(packet(first or raiser(), *others), RISK)
    return found["corroborated_by"], found["contradicted_by"], found["untested_by"]


# --- Supported ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (card(note("n", STRENGTH), rates={"depth": 3}), ""),
        (card(note("n"), rates={"depth": 3}), ""),  # an untagged note is not noise
        (card(note("n", NOISE), rates={"depth": 3}), "Every cited note is noise."),
        (card(note("n", polarity="noise"), rates={"depth": 3}), "Every cited note is noise."),
        (card(note("n", NOISE), note("m"), rates={"depth": 3}), ""),
        (card(note("n"), rates={"depth": (3, ())}), "No note is cited."),
        (card(note("n"), rates={"depth": (3, ("gone",))}), "No note is cited."),
        (card(note("n"), rates={"depth": None}), "Not observed."),
    ],
)
def test_a_rating_is_supported_by_one_note_that_is_not_noise(content, reason):
    (rating,) = dimension(packet(seat("ann", content)), "depth")["ratings"]
    assert (rating["reason"], rating["supported"]) == (reason, not reason)


def test_adaptability_needs_a_constraint_put_in_that_very_round():
    put = note("p", kind="probe", probe="pushback")
    answered = note("n", probe="pushback")  # the answer to a probe that nobody noted as put
    one = seat("ann", card(note("n"), put, rates={"adaptability": 3}))
    elsewhere = seat("bob", card(answered, rates={"adaptability": 3}), hour=2)
    row = dimension(packet(one, elsewhere), "adaptability")
    assert [rating["supported"] for rating in row["ratings"]] == [True, False]


def test_a_constraint_that_the_lead_put_supports_the_second_interviewer_too():
    put = note("p", kind="probe", probe="constraint-data")
    lead = seat("ann", card(put), interview="room")
    second = seat(
        "bob", card(note("n"), rates={"adaptability": 3}), interview="room", role="second"
    )
    (rating,) = dimension(packet(lead, second), "adaptability")["ratings"]
    assert rating["supported"]


def test_a_shadow_who_heard_the_constraint_is_not_told_that_none_was_put():
    put = note("p", kind="probe", probe="constraint-data")
    lead = seat("ann", card(put), interview="room")
    heard = card(note("n"), rates={"adaptability": 3})
    found = packet(lead, seat("zoe", heard, interview="room", role="shadow"))
    assert [rating["supported"] for rating in found["shadows"][0]["ratings"]] == [True]


def test_a_constraint_that_only_a_shadow_noted_supports_nothing():
    put = note("p", kind="probe", probe="constraint-data")
    lead = seat("ann", card(note("n"), rates={"adaptability": 3}), interview="room")
    shadow = seat("zoe", card(put), interview="room", role="shadow")
    (rating,) = dimension(packet(lead, shadow), "adaptability")["ratings"]
    assert not rating["supported"]


# --- Corroborated, contradicted, untested ---------------------------------------------------------


def test_tagging_the_same_risk_bears_a_flag_out():
    assert sides(seat("bob", card(note("b", RISK)), hour=2)) == (["bob"], [], [])


def test_another_risk_of_the_dimension_does_not():
    assert sides(seat("bob", card(note("b", "unstated-assumptions")), hour=2))[2] == ["bob"]


@pytest.mark.parametrize(("value", "side"), [(1, 0), (2, 0), (3, 1), (4, 1)])
def test_a_supported_rating_takes_a_side(value, side):
    bob = seat("bob", card(note("b"), rates={"data-assumptions": value}), hour=2)
    assert sides(bob)[side] == ["bob"]


@pytest.mark.parametrize("value", [1, 4])
def test_an_unsupported_rating_takes_none(value):
    bob = seat("bob", card(note("b"), rates={"data-assumptions": (value, ())}), hour=2)
    assert sides(bob) == ([], [], ["bob"])


def test_a_noise_note_takes_no_side():
    noise = replace(note("b", NOISE), dimension="data-assumptions")
    assert sides(seat("bob", card(noise), hour=2)) == ([], [], ["bob"])


def test_a_strength_of_the_dimension_contradicts_without_a_rating():
    assert sides(seat("bob", card(note("b", STRENGTH)), hour=2)) == ([], ["bob"], [])


def test_one_person_may_bear_out_and_contradict_and_is_named_as_both():
    bob = seat("bob", card(note("b", RISK), note("s", STRENGTH)), hour=2)
    found = flag(packet(raiser(), bob), RISK)
    assert (found["corroborated_by"], found["contradicted_by"]) == (["bob"], ["bob"])
    assert found["both"] == ["bob"]
    assert found["untested_by"] == []


def test_a_raiser_in_a_second_round_bears_nothing_out():
    """Two rounds by one person are one person, on either side."""
    again = seat("ann", card(note("b", RISK)), hour=2)
    strong = seat("ann", card(note("s", STRENGTH), rates={"data-assumptions": 4}), hour=4)
    found = flag(packet(raiser(), again, strong), RISK)
    assert (found["corroborated_by"], found["contradicted_by"]) == ([], [])
    assert packet(raiser(), again)["patterns"] == []


def test_one_person_in_two_rounds_counts_once():
    twice = [seat("bob", card(note("b", RISK)), hour=hour) for hour in (2, 4)]
    found = flag(packet(raiser(), *twice), RISK)
    assert found["corroborated_by"] == ["bob"]
    assert len(found["corroboration"]) == 2


def test_the_first_raiser_is_the_earlier_one_whoever_is_listed_first():
    late, early = raiser("ann", hour=4), raiser("bob", hour=1)
    found = flag(packet(late, early), RISK)
    assert [each["by"] for each in found["raised"]] == ["bob", "ann"]
    assert found["corroborated_by"] == ["ann"]


def test_a_second_flag_bears_the_first_out_even_where_its_notes_are_not_tagged():
    bob = seat("bob", card(note("b"), flags=flags_data(notes=["b"])), hour=2)
    assert sides(bob)[0] == ["bob"]


def test_a_flag_is_as_grave_as_its_gravest_raiser():
    found = flag(packet(raiser(), raiser("bob", hour=2, severity="disqualifying")), RISK)
    assert found["severity"] == "disqualifying"
    assert [each["severity"] for each in found["raised"]] == ["concern", "disqualifying"]


def test_a_missing_interviewer_is_not_named_as_untested():
    assert sides(seat("bob", None, hour=2)) == ([], [], [])


def test_a_setting_needs_the_stage_and_the_earlier_time():
    probes = [
        note("p1", at=10, kind="probe", stage="data"),
        note("p2", at=20, kind="probe", stage="objective"),
        note("p3", at=40, kind="probe", stage="data"),
        note("p4", at=90, kind="probe", stage="data"),
    ]
    seen = [note("a", RISK, at=30, stage="data"), note("b", RISK, at=50, stage="data")]
    content = card(*probes, *seen, flags=flags_data(notes=["a", "b"]))
    (raised,) = flag(packet(seat("ann", content)), RISK)["raised"]
    assert [each["at_seconds"] for each in raised["setting"]] == [10]
    assert [each["at_seconds"] for each in raised["asked"]] == [40]


def test_a_flag_that_rests_on_a_probe_alone_has_a_setting_too():
    probes = [note("p", at=10, kind="probe", stage="data"), note("a", kind="probe", stage="data")]
    found = packet(seat("ann", card(*probes, flags=flags_data())))
    (raised,) = flag(found, RISK)["raised"]
    assert [each["at_seconds"] for each in raised["setting"]] == [10]
    assert raised["asked"] == []


# --- Patterns -------------------------------------------------------------------------------------


def test_a_pattern_needs_no_flag():
    noted = [seat(p, card(note(p, RISK)), hour=h) for h, p in enumerate(["ann", "bob"])]
    found = packet(*noted)
    assert [(p["seen_by"], p["flagged_by"]) for p in found["patterns"]] == [(["ann", "bob"], [])]
    assert "CORROBORATED" in fired(found)


def test_two_people_in_one_room_are_a_pattern_and_one_event():
    found = packet(
        seat("ann", card(note("a", RISK)), interview="room"),
        seat("bob", card(note("b", RISK)), interview="room", role="second"),
    )
    assert [(p["seen_by"], p["rooms"]) for p in found["patterns"]] == [(["ann", "bob"], 1)]
    assert "CORROBORATED" not in fired(found)


def test_a_shadow_makes_no_pattern():
    shadow = seat("zoe", card(note("z", RISK)), hour=2, role="shadow")
    assert packet(raiser(), shadow)["patterns"] == []


# --- Consistency ----------------------------------------------------------------------------------


def rated(person: str, value: int, hour: int, **fields) -> SeatInput:
    return seat(person, card(note("n"), rates={"depth": value}), hour=hour, **fields)


@pytest.mark.parametrize(
    ("values", "median"),
    [([2], 2), ([2, 3], 2), ([1, 4], 1), ([2, 3, 4], 3), ([1, 2, 3, 4], 2), ([3, 3, 4, 4], 3)],
)
def test_the_lower_median_takes_the_lower_middle(values, median):
    seats = [rated(f"p{at}", value, at) for at, value in enumerate(values)]
    assert dimension(packet(*seats), "depth")["lower_median"] == median


def test_two_ratings_by_one_person_never_disagree():
    row = dimension(packet(rated("ann", 1, 0), rated("ann", 4, 2)), "depth")
    assert (row["range"], row["disagreement"], row["coverage"]) == (None, False, "covered")
    assert row["single_source"]


def test_the_range_is_between_different_people():
    row = dimension(packet(rated("ann", 1, 0), rated("ann", 4, 2), rated("bob", 3, 4)), "depth")
    assert (row["range"], row["disagreement"]) == (2, True)


def test_one_point_apart_is_no_spot():
    assert not packet(rated("ann", 3, 0), rated("bob", 4, 2))["disagreements"]


def test_a_cancelled_interview_is_not_waited_for_and_its_card_is_kept():
    gone = seat("bob", None, hour=2, cancelled=True)
    kept = rated("cat", 4, 4, cancelled=True)
    found = packet(rated("ann", 2, 0), gone, kept)
    assert [card["status"] for card in found["scorecards"]] == ["counted", "counted"]
    assert dimension(found, "depth")["supported"] == [2, 4]
    assert found["coverage"]["plan"]["cancelled"] == ["behavioral"]


def test_a_round_that_the_rubric_does_not_know_counts_for_nothing():
    found = packet(rated("ann", 2, 0), rated("bob", 4, 2, round="phone-screen"))
    assert [card["status"] for card in found["scorecards"]] == ["counted", "apart"]
    assert dimension(found, "depth")["supported"] == [2]
    assert [each["interviewer"] for each in found["apart"]] == ["bob"]


# --- The bar --------------------------------------------------------------------------------------


def test_an_open_disqualifying_flag_holds_its_dimension_open_whatever_the_ratings():
    high = seat("bob", card(note("s", STRENGTH), rates={"data-assumptions": 4}), hour=2)
    concern = packet(raiser(), high)
    grave = packet(raiser(severity="disqualifying"), high)
    assert dimension(concern, "data-assumptions")["bar"] == "met"
    assert dimension(grave, "data-assumptions")["bar"] == "open"


@pytest.mark.parametrize(
    ("level", "reading"), [("junior", "met"), ("mid", "met"), ("senior", "below")]
)
def test_the_same_rating_reads_differently_by_level(level, reading):
    assert dimension(packet(rated("ann", 2, 0), level=level), "depth")["bar"] == reading


def staff(*seats: SeatInput):
    return packet(*seats, level="staff")["bar"]["any_supported_4"]


def test_staff_needs_one_supported_4_among_three_dimensions():
    def framing(value, cited=None):
        rates = {"problem-framing": value if cited is None else (value, cited)}
        return seat("ann", card(note("n"), rates=rates))

    assert staff(framing(4))["reading"] == "met"
    assert staff(framing(3))["reading"] == "below"
    assert staff(framing(4, cited=()))["reading"] == "unknown"


def test_a_4_under_an_open_flag_does_not_meet_it_yet():
    flagged = [FlagContent("premature-complexity", "disqualifying", "", ("n",))]
    only = card(note("n"), rates={"tradeoffs": 4}, flags=flagged)
    assert staff(seat("ann", only))["reading"] == "open"


def test_an_expected_signal_counts_people_and_turns_nothing_below():
    leverage = card(note("a", "leverage-and-restraint"), note("b", "leverage-and-restraint"))
    bar = packet(seat("ann", leverage), level="staff")["bar"]
    assert bar["signals"] == [
        {"signal": "leverage-and-restraint", "needs": 2, "seen_by": ["ann"], "met": False}
    ]
    assert bar["below"] == []


# --- Order of thinking ----------------------------------------------------------------------------


def test_the_interviewers_words_are_not_the_candidates():
    content = card(
        note("p", at=10, kind="probe", stage="objective"),
        note("m", at=50, stage="model-choice"),
        note("o", at=90, kind="quote", stage="objective"),
    )
    (row,) = packet(seat("ann", content))["order_of_thinking"]
    assert (row["objective_s"], row["objective_before_model"]) == (90, False)


def test_at_one_second_neither_came_before():
    content = card(note("o", at=50, stage="objective"), note("m", at=50, stage="model-choice"))
    (row,) = packet(seat("ann", content))["order_of_thinking"]
    assert row["objective_before_model"] is False
    assert row["data_before_model"] is None


def test_what_no_round_held_was_to_test_is_asked_of_everybody():
    found = packet(
        seat("ann", card(note("n"))), seat("bob", None, hour=2), rounds=("behavioral", "ml-coding")
    )
    gaps = {gap["dimension"]: gap["ask"] for gap in found["coverage"]["gaps"]}
    assert gaps["decomposition"] == ["ann", "bob"]  # of the coding round, which nobody held
    assert all(question["ask"] for question in found["questions"])
