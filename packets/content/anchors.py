"""Parts of a packet that people may speak of, by names that outlive the packet.

`packet` is all of it; `flag/<signal>`, `dimension/<id>`, `question/<its words>` and `note/<its
words>` are parts, the last two by a digest of what they say: a note that moved within its card, or
whose card moved within the packet, is the same note.
"""

from collections import Counter

from packets.content.card_sections import NoteWords
from packets.content.document import PacketContent, Question
from scorecard.content import digest

WHOLE = "packet"


def anchors(content: PacketContent) -> dict[str, str]:
    """Every part to the place on the packet's page where it stands, in the order of the page.

    Of two notes that say the same in the same second neither has a name of its own.
    """
    found = {WHOLE: "top"}
    found |= {f"flag/{flag['signal']}": f"flag-{flag['signal']}" for flag in content["flags"]}
    found |= {f"dimension/{each['id']}": f"ev-{each['id']}" for each in content["dimensions"]}
    found |= {question_anchor(each): "questions" for each in content["questions"]}
    return found | {anchor: f"n-{ref}" for ref, anchor in note_anchors(content).items()}


def note_anchors(content: PacketContent) -> dict[str, str]:
    """Where each note of a whole card stands (`ref`) to the name that it keeps."""
    cards = (*content["cards"], *content["shadows"], *content["apart"])
    named = [
        (note["ref"], _named("note", *note_words(note))) for card in cards for note in card["notes"]
    ]
    times = Counter(anchor for _, anchor in named)
    return {ref: anchor for ref, anchor in named if times[anchor] == 1}


def note_words(note: NoteWords) -> tuple[str | int, ...]:
    """What makes it the same note, wherever a packet puts it."""
    return note["by"], note["interview"], note["at_seconds"], note["kind"], note["text"]


def question_anchor(question: Question) -> str:
    return _named("question", question["part"], question["text"])


def _named(kind: str, *words: str | int) -> str:
    return f"{kind}/{digest(words)[-16:]}"
