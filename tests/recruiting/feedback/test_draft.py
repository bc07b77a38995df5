"""What the draft says of the public candidates, worked out by hand, and what it never says."""

import copy
import json
import re
from pathlib import Path

import pytest

from recruiting.feedback.draft import SAYS, draft, is_ready
from recruiting.feedback.leaks import leaks, secrets
from tests.packets.content.loops import (
    AMARA,
    HANNAH,
    JULIAN,
    LOOPS,
    MARCUS,
    VIKTOR,
    packet_of,
    rubric,
)


def drafted(slug: str, **changes):
    return draft({**packet_of(slug), **changes}, rubric())


def points(found) -> list[str]:
    return [point.dimension for point in found]


# Below the senior bar come first, musts before others; then a flag's dimension; then a split.
@pytest.mark.parametrize(
    ("slug", "more"),
    [
        (AMARA, []),
        (VIKTOR, ["adaptability", "data-assumptions"]),
        (JULIAN, ["tradeoffs"]),
        (HANNAH, ["decomposition", "hypothesis-validation", "tradeoffs"]),
        (MARCUS, ["tradeoffs", "production-ownership", "problem-framing"]),
    ],
)
def test_what_would_have_shown_more(slug, more):
    assert points(drafted(slug).more) == more


def test_what_one_room_saw_and_another_did_not_is_told_so():
    """Viktor asked for the data in two rounds and waved it away in a third; its bar is met."""
    data = next(point for point in drafted(VIKTOR).more if point.dimension == "data-assumptions")
    adaptability = next(each for each in drafted(VIKTOR).more if each.dimension == "adaptability")
    assert data.text.startswith(SAYS["differed"][0])
    assert not adaptability.text.startswith(SAYS["differed"][0])


@pytest.mark.parametrize("slug", LOOPS)
def test_no_sentence_stands_in_a_letter_twice(slug):
    content = copy.deepcopy(packet_of(slug))
    for row in content["dimensions"]:  # met in one room and missed in another, all of them
        if row["supported"]:
            row |= {"lower_median": 3, "needs": 2, "disagreement": True, "supported": [2, 4]}
    text = draft(content, rubric()).text
    sentences = [each.strip() for each in re.split(r"[.:]\s", text) if len(each) > 15]
    assert "The same holds here" in sentences
    assert len(sentences) == len(set(sentences))


def test_a_dimension_is_either_seen_or_wanting_and_always_tested():
    for slug in LOOPS:
        found = drafted(slug)
        tested = {row["id"] for row in packet_of(slug)["dimensions"] if row["supported"]}
        said = points(found.seen) + points(found.more)
        assert len(said) == len(set(said)), slug
        assert set(said) <= tested, slug


def test_what_nobody_tested_is_not_spoken_of():
    assert "Responsible ML" not in drafted(HANNAH).text


def test_a_strength_that_only_a_low_rating_cites_was_not_what_came_across():
    content = copy.deepcopy(packet_of(AMARA))
    row = next(each for each in content["dimensions"] if each["id"] == "data-assumptions")
    assert "data-assumptions" in points(draft(content, rubric()).seen)
    for rating in row["ratings"]:
        rating["rating"] = 2
    assert "data-assumptions" not in points(draft(content, rubric()).seen)


def test_a_flag_that_was_not_supported_holds_nothing_against_the_candidate():
    content = copy.deepcopy(packet_of(VIKTOR))
    row = next(each for each in content["dimensions"] if each["id"] == "data-assumptions")
    row["disagreement"] = False
    for outcome, told in (("upheld", True), ("mitigated", True), ("not_supported", False)):
        content["flags"][0]["resolution"] = {"outcome": outcome}
        assert ("data-assumptions" in points(draft(content, rubric()).more)) is told, outcome


def test_with_one_scorecard_there_is_no_feedback():
    cards = [each for each in packet_of(AMARA)["scorecards"] if each["status"] == "counted"]
    shadows = [{**each, "status": "shadow"} for each in cards]
    content = {**packet_of(AMARA), "scorecards": [cards[0], *shadows]}
    assert not is_ready(content)
    with pytest.raises(ValueError, match="2 scorecards"):
        draft(content, rubric())
    assert is_ready({**content, "scorecards": cards[:2]})


def test_nothing_left_to_show_and_nothing_seen_are_said_in_words():
    assert SAYS["nothing_more"] in drafted(AMARA).text
    assert SAYS["little"] in drafted(AMARA, dimensions=[]).text


def test_no_word_that_a_person_wrote_can_reach_the_letter():
    """Every text and name of the packet changed: the letter stays the same but for its reader."""
    for slug in LOOPS:
        content = json.loads(json.dumps(packet_of(slug)))
        for card in content["cards"] + content["shadows"] + content["apart"]:
            _rewrite(card)
        for row in content["dimensions"]:
            for rating in row["ratings"]:
                _rewrite(rating)
                rating["interviewer"] = f"x-{rating['interviewer']}"
        for flag in content["flags"]:
            flag["raised"] = []
        content["people"] = {}
        assert draft(content, rubric()).text == drafted(slug).text


def _rewrite(part: dict) -> None:
    for key in ("text", "rationale", "explanation", "summary", "follow_up"):
        if key in part:
            part[key] = "quokka"
    for each in part.get("notes", []):
        if isinstance(each, dict):
            _rewrite(each)
    for key in ("ratings", "flags"):
        for each in part.get(key, []):
            _rewrite(each)


@pytest.mark.parametrize("slug", LOOPS)
def test_a_draft_holds_nothing_that_an_edit_would_be_stopped_for(slug):
    others = [packet_of(each)["candidate"]["name"] for each in LOOPS]
    hidden = secrets(packet_of(slug), rubric(), people=["A Chair"], candidates=others)
    assert leaks(drafted(slug).text, hidden, known="") == []


def test_the_drafts_in_the_documentation_are_those_of_today():
    shown = (Path(__file__).parents[3] / "docs" / "feedback.md").read_text(encoding="utf-8")
    for slug in LOOPS:
        assert drafted(slug).text.strip() in shown, slug
