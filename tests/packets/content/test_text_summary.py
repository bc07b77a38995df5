"""A packet as text, line by line."""

from dataclasses import replace
from typing import Any

from packets.content.text_summary import summary
from scorecard.content import FlagContent, RatingContent
from tests.packets.content.test_terms import RISK, STRENGTH, card, note, packet, seat

TOLD = """\
Noor: ML Engineer, level senior
Packet 2, current, sha256:ab
WAITING: Cat has not handed in ML system design.
  INCOMPLETE: Cat has not handed in ML system design.
  CORROBORATED: Ignores the data’s reality was seen by Ann, Bob, in 2 rounds.
  SPLIT: Depth: 2 points apart. Recommendations on both sides: 1 no, 1 yes.
Scorecards
  Behavioural, Ann: counted, No
  ML coding, Bob: counted, Yes
  ML system design, Cat: missing, none

Flags
  Ignores the data’s reality: concern, open
    raised by Ann: Took it as given
      setting 10:00 Take the data as given
      14:40 Did not ask
    corroborated by Bob
    contradicted by Bob
    untested by nobody
Patterns
  Ignores the data’s reality: seen by Ann, Bob; flagged by Ann

Dimensions: ratings with evidence, lower median, coverage, the level's bar
  Problem framing              none           -  not covered, unknown
  Data and assumptions         none           -  not covered, unknown
  Decomposition                none           -  not covered, unknown
  Hypotheses and validation    none           -  not covered, unknown
  Trade-offs                   none           -  not covered, unknown must
    Ann 2: No note is cited.
    Bob not observed: Not observed.
  Depth                        1 3            1  covered, below, split
  Production ownership         none           -  not covered, unknown must
  Responsible ML               none           -  not covered, unknown
  Adaptability                 none           -  not covered, unknown
  Communication                none           -  not covered, unknown

Rounds held: Behavioural, ML coding, ML system design
Awaited: ML system design
Planned and not held: Cross-functional
Held and not planned: ML coding
Cancelled: research

Order of thinking: first mention of objective, data, model, trade-offs
  Behavioural, Ann: 2:05  14:40  -  -
  ML coding, Bob: -  -  1:01  -

2 ratings with evidence by 2 people in 2 rounds; there is no overall score.
Recommendations: 1 of 2 on the same side.

"""
HEAD = {"version": 2, "digest": "sha256:ab", "superseded": False}


def small_packet() -> dict[str, Any]:
    """One flag that another bears out, one split, a gap, a late card and one that is awaited."""
    probe = note("p", at=600, kind="probe", stage="data", text="Take the data as given")
    seen = note("a", RISK, at=880, stage="data", text="Did not ask")
    first = card(
        probe,
        seen,
        note("o", at=125, stage="objective"),
        rates={"depth": (3, ("a",)), "tradeoffs": (2, ())},
        flags=[FlagContent(RISK, "concern", "Took it as given", ("a",))],
        recommendation="no",
    )
    ratings = (RatingContent("depth", 1, notes=("b",)), RatingContent("tradeoffs", None))
    second = card(note("b", RISK, at=61, stage="model-choice"), note("s", STRENGTH))
    return packet(
        seat("ann", first, "behavioral"),
        seat("bob", replace(second, ratings=ratings), "ml-coding", hour=2),
        seat("cat", None, "ml-system-design", hour=4),
        seat("dan", None, "research", hour=6, cancelled=True),
        rounds=("behavioral", "ml-system-design", "cross-functional"),
    )


def told(content: dict[str, Any], **head: Any) -> str:
    return summary({"packet": HEAD | head, **content})


def test_every_part_but_the_questions_word_for_word() -> None:
    text, _, questions = told(small_packet()).partition("Questions\n")
    lines = [line for line in text.split("\n") if not line.startswith("  COVERAGE:")]
    assert "\n".join(lines) == TOLD
    assert questions.startswith(
        "  ML system design has no scorecard yet. What did Cat see? Ask Cat.\n"
    )


def test_what_is_late_superseded_or_settled_is_told() -> None:
    content = small_packet()
    content["scorecards"][0]["late"] = True
    settled = {"outcome": "not_supported", "by": "cat", "reason": "Nobody else saw it."}
    content["flags"][0] |= {"resolution": settled, "untested_by": ["cat"]}
    text = told(content, superseded=True)
    assert "Packet 2, superseded, sha256:ab" in text
    assert "  Behavioural, Ann: counted, No, late\n" in text
    assert ": concern, not supported by Cat: Nobody else saw it.\n" in text
    assert "    untested by Cat\n" in text


def test_what_is_not_there_is_said() -> None:
    text = told(small_packet() | {"flags": [], "patterns": [], "questions": []})
    for nothing in ("No flag.", "No pattern.", "No question."):
        assert f"\n{nothing}" in text
