"""Each rule against a card that breaks it and one that nearly does: a wrong rule differs."""

from dataclasses import replace

import pytest

from rubric import pack
from rubric.content import Round
from rubric.parsing import parse
from scorecard import checks
from scorecard.checks import check
from scorecard.content import Answer, CardContent, FlagContent, NoteContent, RatingContent
from scorecard.findings import HARD, SOFT, Finding, in_the_way

RUBRIC = parse(pack.read_pack(), 1)
DESIGN = RUBRIC.rounds["ml-system-design"]  # 60 minutes, adaptability in its focus
CODING = RUBRIC.rounds["ml-coding"]  # has correctness
LONG = "Asked who acts on the score before naming any model, and came back to it twice."


def note(id: str, dimension: str = "", polarity: str = "", **more) -> NoteContent:
    given = {"at_seconds": 2400, "kind": "observation", "text": "asked for costs"} | more
    return NoteContent(id=id, dimension=dimension, polarity=polarity, **given)


def rated(dimension: str, value: int | None = 3, *notes: str, **more) -> RatingContent:
    return RatingContent(dimension, value, notes=notes, **({"rationale": LONG} | more))


ASKED = note("asked", kind="probe", probe="pushback")
GOOD = note("good", "tradeoffs", "strength")
BAD = note("bad", "tradeoffs", "risk")
NOISE = note("noise", "tradeoffs", "noise")
NOTES = (ASKED, GOOD, BAD, NOISE)


def whole(**changes) -> CardContent:
    """A card of the design round in which nothing is wrong."""
    ratings = {name: rated(name, 3, "good", "bad") for name in DESIGN.focus}
    ratings |= changes.pop("ratings", {})
    card = CardContent(
        recommendation="yes",
        notes=NOTES,
        ratings=tuple(each for each in ratings.values() if each),
    )
    return replace(card, **changes)


def codes(card: CardContent, round: Round = DESIGN, level: str = "") -> list[str]:
    return [each.code for each in check(card, RUBRIC, round) if level in ("", each.level)]


def tradeoffs(value: int | None, *notes: str, **more) -> CardContent:
    return whole(ratings={"tradeoffs": rated("tradeoffs", value, *notes, **more)})


def flagged(*notes: str, signal: str = "premature-complexity", **more) -> CardContent:
    given = {"severity": "concern", "explanation": "Kept to a deep model"} | more
    return whole(flags=(FlagContent(signal, notes=notes, **given),))


def test_a_whole_card_has_no_findings():
    assert check(whole(), RUBRIC, DESIGN) == []


# card, round, the codes it must give (in this order), and their level
TABLE = {
    "no recommendation": (whole(recommendation=""), ["no-recommendation"], HARD),
    "a focus dimension left out": (whole(ratings={"tradeoffs": None}), ["not-rated"], HARD),
    "not observed, without reason": (
        whole(
            ratings={"depth": RatingContent("depth", None, not_observed_reason="  ")},
        ),
        ["no-reason"],
        HARD,
    ),
    "not observed, with reason": (
        whole(ratings={"depth": RatingContent("depth", None, not_observed_reason="no time")}),
        [],
        "",
    ),
    "not observed, yet noted": (
        tradeoffs(None, not_observed_reason="no time"),
        ["observed-after-all"],
        SOFT,
    ),
    "not observed, only noise noted": (
        replace(tradeoffs(None, not_observed_reason="no time"), notes=(ASKED, NOISE)),
        # every other rating loses its notes here; this dimension itself is in order
        ["no-evidence"] * (len(DESIGN.focus) - 1),
        HARD,
    ),
    "no note cited": (tradeoffs(3), ["no-evidence"], HARD),
    "a citation of a note that is gone": (tradeoffs(3, "gone"), ["no-evidence"], HARD),
    "noise alone": (tradeoffs(3, "noise"), ["noise-only"], HARD),
    "noise beside evidence": (tradeoffs(3, "noise", "good"), [], ""),
    "a flag without note": (flagged(), ["flag-no-note"], HARD),
    "a flag on noise": (flagged("noise"), ["flag-noise-only"], HARD),
    "a flag on a risk, with noise beside it": (flagged("noise", "bad"), [], ""),
    "a flag without explanation": (flagged("bad", explanation=" "), ["flag-no-explanation"], HARD),
    "a flag in order": (flagged("bad"), [], ""),
    "a 4 beside a flag on it": (
        replace(flagged("bad"), ratings=tradeoffs(4, "good", "bad").ratings),
        ["four-beside-flag"],
        SOFT,
    ),
    "a 3 beside a flag on it": (
        replace(flagged("bad"), ratings=tradeoffs(3, "good", "bad").ratings),
        [],
        "",
    ),
    "a 4 beside a flag on another dimension": (
        replace(
            flagged("bad", signal="blind-to-harm"), ratings=tradeoffs(4, "good", "bad").ratings
        ),
        [],
        "",
    ),
    "yes over a disqualifying flag": (
        flagged("bad", severity="disqualifying"),
        ["yes-over-disqualifying"],
        SOFT,
    ),
    "no with a disqualifying flag": (
        replace(flagged("bad", severity="disqualifying"), recommendation="no"),
        [],
        "",
    ),
    "a 2 on strengths alone": (tradeoffs(2, "good"), ["against-evidence"], SOFT),
    "a 2 on strengths and noise": (tradeoffs(2, "good", "noise"), ["against-evidence"], SOFT),
    "a 2 on both": (tradeoffs(2, "good", "bad"), [], ""),
    "a 3 on strengths alone": (tradeoffs(3, "good"), [], ""),
    "a 3 on risks alone": (tradeoffs(3, "bad"), ["against-evidence"], SOFT),
    "a 1 on risks alone": (tradeoffs(1, "bad"), [], ""),
    "a 4 in a word": (tradeoffs(4, "good", rationale="Named costs."), ["short-rationale"], SOFT),
    "a 3 in a word": (tradeoffs(3, "good", rationale="Named costs."), [], ""),
    "questions alone": (tradeoffs(3, "asked"), ["only-questions"], SOFT),
    "seen outside the focus": (
        whole(notes=(*NOTES, note("far", "responsible-ml", "risk", signal="blind-to-harm"))),
        ["seen-not-rated"],
        SOFT,
    ),
    "noise outside the focus": (
        whole(notes=(*NOTES, note("far", "responsible-ml", "noise", signal="performing"))),
        [],
        "",
    ),
}


@pytest.mark.parametrize(("card", "expected", "level"), TABLE.values(), ids=TABLE)
def test_each_rule(card: CardContent, expected: list[str], level: str):
    findings = check(card, RUBRIC, DESIGN)
    assert [each.code for each in findings] == expected
    assert {each.level for each in findings} <= {level}


def test_adaptability_needs_a_constraint_that_was_put():
    put = replace(ASKED, probe="why")  # a question, no constraint
    answered = note("answer", "adaptability", "strength", probe="pushback")  # not put by us
    assert codes(whole(notes=(put, GOOD, BAD, NOISE))) == ["no-constraint"]
    assert codes(whole(notes=(put, GOOD, BAD, NOISE, answered))) == ["no-constraint"]
    unrated = whole(
        notes=(put, GOOD, BAD, NOISE),
        ratings={"adaptability": RatingContent("adaptability", None, "", "nothing put")},
    )
    assert codes(unrated) == []


def test_where_a_colleague_sat_in_the_room_they_may_have_put_it():
    alone = whole(notes=(replace(ASKED, probe="why"), GOOD, BAD, NOISE))
    [finding] = check(alone, RUBRIC, DESIGN, in_company=True)
    assert (finding.code, finding.level) == ("no-constraint", "soft")
    assert "counts where their card has it too" in finding.remedy


@pytest.mark.parametrize("probe", sorted(RUBRIC.constraint_probes))
def test_every_constraint_probe_opens_adaptability(probe: str):
    assert codes(whole(notes=(replace(ASKED, probe=probe), GOOD, BAD, NOISE))) == []


def test_correctness_is_asked_where_the_round_has_it():
    ratings = {name: rated(name, 3, "good", "bad") for name in CODING.focus}
    card = CardContent(recommendation="yes", notes=NOTES, ratings=tuple(ratings.values()))
    assert codes(card, CODING) == ["no-correctness"]
    assert codes(replace(card, correctness="not_solved"), CODING) == []


@pytest.mark.parametrize(("last", "expected"), [(1799, ["no-late-notes"]), (1800, [])])
def test_the_second_half_of_a_round_needs_a_note(last: int, expected: list[str]):
    early = tuple(replace(each, at_seconds=min(last, 60)) for each in NOTES)
    card = whole(notes=(replace(early[0], at_seconds=last), *early[1:]))
    assert codes(card) == expected


def test_an_empty_card_says_what_is_missing_once_for_each_thing():
    expected = ["not-rated"] * len(DESIGN.focus) + ["no-recommendation"]
    assert codes(CardContent()) == expected


def test_findings_come_in_the_order_of_the_page():
    ratings = tuple(RatingContent(each, 3, LONG) for each in reversed(DESIGN.focus[1:]))
    found = check(replace(whole(), ratings=ratings), RUBRIC, DESIGN)
    assert [each.where for each in found] == [f"dimension-{each}" for each in DESIGN.focus]


def test_hard_findings_come_first():
    card = replace(tradeoffs(4, "good", rationale="!"), recommendation="")
    assert codes(card) == ["no-recommendation", "short-rationale"]


# --- Wording -----------------------------------------------------------------------------------


def test_vague_words_are_challenged_where_they_carry_a_rating():
    found = check(tradeoffs(3, "good", "bad", rationale="smart guy"), RUBRIC, DESIGN)
    assert [(each.code, each.level, each.where) for each in found] == [
        ("vague", SOFT, "dimension-tradeoffs")
    ]
    cited = replace(GOOD, text="so smart")
    assert "vague" in codes(whole(notes=(ASKED, cited, BAD, NOISE)))
    quoted = replace(cited, kind="quote")  # the candidate's own words are no judgement
    assert "vague" not in codes(whole(notes=(ASKED, quoted, BAD, NOISE)))


def test_a_remark_in_evidence_stops_until_somebody_answers_for_it():
    card = whole(notes=(ASKED, replace(GOOD, text="she has two kids"), BAD, NOISE))
    found = check(card, RUBRIC, DESIGN)
    assert [(each.code, each.level, each.where) for each in found] == [
        ("remark", HARD, "note-good")
    ]
    assert in_the_way(found, []) == found
    assert in_the_way(found, [Answer("remark", "note-bad", "another note")]) == found
    assert in_the_way(found, [Answer("remark", "note-good", "the product is for kids")]) == []
    answered = replace(GOOD, text="she has two kids", job_related="the product is for kids")
    assert codes(whole(notes=(ASKED, answered, BAD, NOISE))) == []


@pytest.mark.parametrize(
    ("card", "where"),
    [
        (tradeoffs(3, "good", "bad", rationale="she has two kids"), "dimension-tradeoffs"),
        (flagged("bad", explanation="she has two kids"), "flag-premature-complexity"),
        (whole(summary="she has two kids"), "summary"),
        (whole(follow_up="she has two kids"), "follow_up"),
    ],
)
def test_remarks_are_found_wherever_the_committee_reads(card: CardContent, where: str):
    found = check(card, RUBRIC, DESIGN)
    assert [(each.code, each.level, each.where) for each in found] == [("remark", HARD, where)]


def test_a_remark_in_a_loose_note_is_soft():
    card = whole(notes=(*NOTES, note("loose", text="she has two kids")))
    assert codes(card, level=SOFT) == ["remark"]


# --- Answers -----------------------------------------------------------------------------------


def test_a_reason_opens_the_way_past_a_soft_finding_only():
    hard = Finding("no-evidence", HARD, "dimension-depth", "", "")
    soft = Finding("vague", SOFT, "dimension-depth", "", "")
    given = [Answer(each.code, each.where, "because") for each in (hard, soft)]
    assert in_the_way([hard, soft], given) == [hard]
    assert in_the_way([hard, soft], []) == [hard, soft]
    assert in_the_way([soft], [replace(given[1], reason="  ")]) == [soft]


def test_every_finding_can_be_told_apart_and_explains_itself():
    everything = [card for card, _, _ in TABLE.values()] + [CardContent()]
    for card in everything:
        found = check(card, RUBRIC, DESIGN)
        assert len({each.key for each in found}) == len(found)
        assert all(each.message and each.remedy for each in found)
    assert checks.POSITIVE == ("yes", "strong_yes")
