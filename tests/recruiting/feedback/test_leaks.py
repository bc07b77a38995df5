"""What stops a letter, and what must not."""

import pytest

from recruiting.feedback.draft import draft
from recruiting.feedback.leaks import Leak, leaks, secrets
from tests.packets.content.loops import AMARA, HANNAH, VIKTOR, packet_of, rubric

NOTE = "Nothing, you said it's given. Assume it's clean and move on."


def found_in(text: str, slug: str = VIKTOR, known: str = "") -> list[Leak]:
    hidden = secrets(
        packet_of(slug),
        rubric(),
        people=["Will Chair", "Ọlá Ẹniọlá"],
        candidates=["Amara Lindqvist", "Viktor Desrosiers", "X"],
    )
    return leaks(text, hidden, known=known)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Ravi Subramanian thought so.", "person"),
        ("ravi SUBRAMANIAN thought so.", "person"),
        ("As Ravi said to you.", "person"),
        ("Ravi\u200b Subra\u200bmanian thought so.", "person"),
        ("Ọlá Ẹniọlá agreed.", "person"),
        ("Amara Lindqvist did better.", "candidate"),
        ("You had 3/4 in depth.", "score"),
        ("You had three out of four.", "score"),
        ("It was a strong no.", "score"),
        ("Your rating was fine.", "score"),
        ("It looked as if the candidate ignores the data’s reality.", "flag"),
        ("It looked as if you ignores the data's reality.", "flag"),
    ],
)
def test_each_kind_of_leak_is_found(text, kind):
    assert [each.kind for each in found_in(text)] == [kind]


def test_a_quote_is_found_whole_whatever_its_signs_and_cases():
    notes = [note for card in packet_of(VIKTOR)["cards"] for note in card["notes"]]
    text = next(note["text"] for note in notes if note["ref"] == "1.3")
    spoiled = text.upper().replace(",", " --").replace('"', "")
    [leak] = found_in(f"We liked that you said: {spoiled} And more.")
    assert leak.kind == "quote"
    assert leak.what.startswith("fine so the decision is")
    assert leak.what.endswith("we're wrong")


def test_what_nobody_tested_is_named():
    leak = Leak("untested", "Responsible ML")
    assert found_in("Your sense of Responsible ML was less clear.", HANNAH) == [leak]
    assert "nobody tested" in leak.message
    assert leak.message.startswith("The letter speaks of")
    assert found_in("Your sense of Responsible ML was less clear.", AMARA) == []


@pytest.mark.parametrize(
    "text",
    [
        "Dear Viktor Desrosiers,",
        "We will write again; one of our four offices is near you.",
        "You said what to decide and who would be wrong.",  # five words of a note in a row at most
        "x marks the spot",  # a candidate whose whole name is one letter
    ],
)
def test_what_gives_nothing_away_stops_nothing(text):
    assert found_in(text) == []


def test_words_of_the_draft_are_nobodys_secret_even_where_a_note_says_the_same():
    content = packet_of(VIKTOR)
    letter = draft(content, rubric()).text
    line = next(row for row in letter.splitlines() if row.startswith("- "))
    card = {**content["cards"][0], "summary": line}
    hidden = secrets({**content, "cards": [card]}, rubric(), people=[], candidates=[])
    assert [each.kind for each in leaks(letter, hidden, known="")] == ["quote"]
    assert leaks(letter, hidden, known=letter) == []
