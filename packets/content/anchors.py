"""Parts of a packet that people may speak of, by names that outlive the packet.

`packet` is all of it; `flag/<signal>`, `dimension/<id>`, `question/<its words>` and `note/<its
words>` are parts, the last two by a digest of what they say: a note that moved within its card, or
whose card moved within the packet, is the same note.
"""

from collections import Counter
from typing import Any

from scorecard.content import digest

WHOLE = "packet"
NOTE = ("by", "interview", "at_seconds", "kind", "text")

Content = dict[str, Any]


def anchors(content: Content) -> dict[str, str]:
    """Every part to the place on the packet's page where it stands, in the order of the page.

    Of two notes that say the same in the same second neither has a name of its own.
    """
    found = {WHOLE: "top"}
    found |= {f"flag/{flag['signal']}": f"flag-{flag['signal']}" for flag in content["flags"]}
    found |= {f"dimension/{each['id']}": f"ev-{each['id']}" for each in content["dimensions"]}
    found |= {question_anchor(each): "questions" for each in content["questions"]}
    return found | {anchor: f"n-{ref}" for ref, anchor in note_anchors(content).items()}


def note_anchors(content: Content) -> dict[str, str]:
    """Where each note of a whole card stands (`ref`) to the name that it keeps."""
    shelves = ("cards", "shadows", "apart")
    notes = [n for key in shelves for card in content[key] for n in card["notes"]]
    named = [(note["ref"], _named("note", [note[key] for key in NOTE])) for note in notes]
    times = Counter(anchor for _, anchor in named)
    return {ref: anchor for ref, anchor in named if times[anchor] == 1}


def question_anchor(question: dict[str, Any]) -> str:
    return _named("question", [question["part"], question["text"]])


def _named(kind: str, words: list[Any]) -> str:
    return f"{kind}/{digest(words)[-16:]}"
