"""The discussion beside a packet: threads at the parts that they are about."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from packets.content.anchors import WHOLE, anchors, note_anchors, question_anchor
from packets.content.document import PacketDocument
from packets.page.labels import Labels

START = 90  # characters of a note or question in the heading of its thread


class AnsweredComment(Protocol):
    """A comment and the replies to it, whoever keeps them."""

    @property
    def replies(self) -> Sequence[object]: ...


@dataclass(frozen=True)
class Thread:
    """`place` is where its part stands on the page, empty where the packet has it no more."""

    anchor: str
    title: str
    place: str
    said: Sequence[AnsweredComment]

    @property
    def size(self) -> int:
        return sum(1 + len(each.replies) for each in self.said)


@dataclass(frozen=True)
class Discussion:
    """What one reader finds beside a packet: `is_open` to them at all, and may they write?"""

    is_open: bool
    may_write: bool
    threads: Mapping[str, Thread]
    refs: Mapping[str, str]  # a note's ref to its anchor

    @property
    def begun(self) -> list[Thread]:
        """Threads with a word in them, in the order of the page; those without a place last."""
        found = [thread for thread in self.threads.values() if thread.said]
        return sorted(found, key=lambda thread: not thread.place)

    @property
    def size(self) -> int:
        return sum(thread.size for thread in self.begun)

    def at(self, anchor: str) -> Thread | None:
        return self.threads.get(anchor)


def discussion(
    document: PacketDocument,
    said: Mapping[str, Sequence[AnsweredComment]],
    *,
    is_open: bool,
    may_write: bool,
) -> Discussion:
    labels, refs = Labels(document), note_anchors(document)
    places, titles = anchors(document), _titles(document, labels, refs)
    threads = {
        anchor: Thread(
            anchor,
            titles.get(anchor) or _gone(anchor, labels),
            places.get(anchor, ""),
            said.get(anchor, ()),
        )
        for anchor in [*places, *said]
    }
    return Discussion(is_open, may_write, threads, refs)


def _titles(document: PacketDocument, labels: Labels, refs: Mapping[str, str]) -> dict[str, str]:
    found = {WHOLE: "The packet as a whole"}
    signals = [flag["signal"] for flag in document["flags"]]
    dimensions = [each["id"] for each in document["dimensions"]]
    found |= {f"flag/{id}": labels.title("signals", id) for id in signals}
    found |= {f"dimension/{id}": labels.title("dimensions", id) for id in dimensions}
    found |= {question_anchor(each): _start(each["text"]) for each in document["questions"]}
    for card in (*document["cards"], *document["shadows"], *document["apart"]):
        for note in card["notes"]:
            found[refs.get(note["ref"], "")] = f"“{_start(note['text'])}”"
    return found


def _gone(anchor: str, labels: Labels) -> str:
    """A part that this packet does not have: its kind, and its title where it has one."""
    kind, _, name = anchor.partition("/")
    if kind == "flag":
        return labels.title("signals", name)
    return {"question": "A question", "note": "A note"}.get(kind, kind.capitalize())


def _start(text: str) -> str:
    return text if len(text) <= START else text[:START].rstrip() + " …"
