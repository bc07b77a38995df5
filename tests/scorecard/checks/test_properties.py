"""Properties of the checks that no example shows: any card, any added note."""

from dataclasses import replace

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rubric import pack
from rubric.content import Round
from rubric.parsing import parse
from scorecard.checks import check
from scorecard.content import CardContent, FlagContent, NoteContent, RatingContent
from scorecard.findings import HARD
from scorecard.supported_ratings import unsupported_reason

RUBRIC = parse(pack.read_pack(), 1)
DIMENSIONS = sorted(RUBRIC.dimensions)
RISKS = [each.id for each in RUBRIC.signals.values() if each.polarity == "risk"]
IDS = ["a", "b", "c", "d"]
texts = st.sampled_from(["", "short", "Said which error costs more before choosing a model."])


@st.composite
def notes(draw: st.DrawFn, id: str) -> NoteContent:
    kind = draw(st.sampled_from(["observation", "quote", "probe"]))
    return NoteContent(
        id=id,
        at_seconds=draw(st.integers(0, 3600)),
        kind=kind,
        text="wrote the costs down",
        probe=draw(st.sampled_from(["", "why", "pushback"])) if kind == "probe" else "",
        dimension=draw(st.sampled_from(["", *DIMENSIONS])),
        polarity=draw(st.sampled_from(["", "strength", "risk", "noise"])),
    )


cited = st.lists(st.sampled_from(IDS), unique=True).map(tuple)
ratings = st.builds(
    RatingContent,
    dimension=st.just(""),
    value=st.sampled_from([None, 1, 2, 3, 4]),
    rationale=texts,
    not_observed_reason=texts,
    notes=cited,
)
flags = st.builds(
    FlagContent,
    signal=st.just(""),
    severity=st.sampled_from(["concern", "disqualifying"]),
    explanation=texts,
    notes=cited,
)


@st.composite
def cards(draw: st.DrawFn) -> CardContent:
    rated = draw(st.lists(st.sampled_from(DIMENSIONS), unique=True))
    flagged = draw(st.lists(st.sampled_from(RISKS), unique=True, max_size=3))
    return CardContent(
        recommendation=draw(st.sampled_from(["", "strong_no", "no", "yes", "strong_yes"])),
        notes=tuple(draw(notes(id)) for id in IDS),
        ratings=tuple(replace(draw(ratings), dimension=each) for each in rated),
        flags=tuple(replace(draw(flags), signal=each) for each in flagged),
    )


rounds = st.sampled_from(list(RUBRIC.rounds.values()))
# A busy machine is no fault of the checks.
patiently = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


def hard(card: CardContent, round: Round) -> set[tuple[str, str]]:
    return {each.key for each in check(card, RUBRIC, round) if each.level == HARD}


@patiently
@given(cards(), rounds, st.sampled_from(["strength", "risk"]))
def test_a_good_note_for_a_supported_rating_adds_no_hard_finding(card, round, polarity):
    supported = [
        each for each in card.ratings if each.value and not unsupported_reason(each, card, RUBRIC)
    ]
    for rating in supported:
        added = NoteContent("new", 3000, "observation", "said why", polarity=polarity)
        better = replace(rating, notes=(*rating.notes, "new"))
        more = replace(
            card,
            notes=(*card.notes, added),
            ratings=tuple(better if each is rating else each for each in card.ratings),
        )
        assert hard(more, round) <= hard(card, round)


@patiently
@given(cards(), rounds)
def test_a_card_without_hard_findings_counts_whole(card, round):
    found = hard(card, round)
    unsupported = {
        each.dimension for each in card.ratings if unsupported_reason(each, card, RUBRIC)
    }
    named = {where for _, where in found}
    assert {f"dimension-{each}" for each in unsupported} <= named
    assert len({each.key for each in check(card, RUBRIC, round)}) == len(check(card, RUBRIC, round))
