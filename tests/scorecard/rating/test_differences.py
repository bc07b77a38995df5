"""What an amendment changed, in words: nothing is missed and nothing is invented."""

from dataclasses import replace

from rubric import pack
from rubric.parsing import parse
from scorecard.content import CardContent, FlagContent, NoteContent, RatingContent
from scorecard.differences import Change, differences

RUBRIC = parse(pack.read_pack(), 1)
A = NoteContent("a", 65, "observation", "asked for the costs", dimension="tradeoffs")
B = NoteContent("b", 130, "quote", "who owns the label?")
CARD = CardContent(
    recommendation="yes",
    summary="first",
    notes=(A, B),
    ratings=(RatingContent("tradeoffs", 3, "weighed", notes=("a",)),),
    flags=(FlagContent("blind-to-harm", "concern", "said so", ("b",)),),
)


def changes(**fields) -> list[Change]:
    return differences(CARD, replace(CARD, **fields), RUBRIC)


def test_the_same_card_has_no_differences():
    assert changes() == []


def test_the_order_of_notes_and_citations_is_no_difference():
    both = (RatingContent("tradeoffs", 3, "weighed", notes=("a", "b")),)
    turned = (RatingContent("tradeoffs", 3, "weighed", notes=("b", "a")),)
    before = replace(CARD, ratings=both)
    assert differences(before, replace(before, ratings=turned, notes=(B, A)), RUBRIC) == []


def test_the_verdict_in_words():
    assert changes(recommendation="strong_no", summary="second") == [
        Change("Recommendation", "Yes", "Strong no"),
        Change("Summary", "first", "second"),
    ]


def test_a_rating_changed_and_its_citations():
    row = RatingContent("tradeoffs", 1, "weighed", notes=("b",))
    assert changes(ratings=(row,)) == [
        Change("Trade-offs", "3", "1"),
        Change("Trade-offs, notes cited", "1:05 asked for the costs", "2:10 who owns the label?"),
    ]


def test_not_observed_is_a_word_and_no_number():
    row = RatingContent("tradeoffs", None, "", "no time")
    assert changes(ratings=(row,))[0] == Change("Trade-offs", "3", "Not observed")


def test_a_flag_withdrawn():
    fields = [(each.field, each.after) for each in changes(flags=())]
    assert [after for _, after in fields] == ["", "", ""]
    assert all(field.startswith("Flag “") for field, _ in fields)


def test_notes_added_changed_and_retagged():
    new = NoteContent("c", 600, "observation", "late thought")
    found = changes(notes=(replace(A, text="asked twice", polarity="strength"), B, new))
    assert Change("Note at 1:05", "asked for the costs", "asked twice") in found
    assert Change("Note at 10:00", "", "late thought") in found
    tags = next(each for each in found if each.field == "Note at 1:05, tags")
    assert "strength" in tags.after
    assert "strength" not in tags.before
