"""An impression alone is vague; a note that tells of something observed is not."""

import pytest

from scorecard.wording.vague import vague


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("smart", ["smart"]),
        ("Very smart, good energy", ["smart", "good energy"]),
        ("strong candidate", ["strong candidate"]),
        ("Impressive!", ["Impressive"]),
        ("good vibe", ["good vibe"]),
        ("not convinced", ["not convinced"]),
    ],
)
def test_an_impression_without_behaviour_is_vague(text: str, words: list[str]) -> None:
    assert [remark.text for remark in vague(text)] == words


@pytest.mark.parametrize(
    "text",
    [
        "",
        "strong on drift: named three triggers and who watches them",
        "smart split: asked for one by patient",
        "“That would be a good start for a rule”",
        "weak labels, noisy sensors",
        "typed for ten minutes",
        "a good five sentences on what the planners do with the forecast once it is on screen",
    ],
)
def test_a_note_of_what_was_seen_is_not_vague(text: str) -> None:
    assert vague(text) == []
