"""The discussion beside a packet: threads at the parts that they are about."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from packets.content.anchors import anchors, note_anchors, question_anchor
from packets.page.labels import Document

START = 90  # characters of a note or question in the heading of its thread


@dataclass(frozen=True)
class Thread:
    """`place` is where its part stands on the page, empty where the packet has it no more."""

    anchor: str
    title: str
    place: str
    said: Sequence[Any] = ()  # discussing.Said

    @property
    def size(self) -> int:
        return sum(1 + len(each.replies) for each in self.said)

    @property
    def version(self) -> int:
        """The packet that its first comment was written on."""
        return self.said[0].comment.packet.version if self.said else 0


@dataclass(frozen=True)
class Discussion:
    """What one reader finds beside a packet: `is_open` to them at all, and may they write?"""

    is_open: bool
    may_write: bool
    threads: Mapping[str, Thread]
    refs: Mapping[str, str] = field(default_factory=dict)  # a note's ref to its anchor

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

    def at_note(self, ref: str) -> Thread | None:
        return self.threads.get(self.refs.get(ref, ""))


def discussion(
    document: Document, said: Mapping[str, Sequence[Any]], *, is_open: bool, may_write: bool
) -> Discussion:
    places = anchors(document)
    titles = _titles(document)
    here = {
        anchor: Thread(anchor, titles.get(anchor, anchor), place, said.get(anchor, ()))
        for anchor, place in places.items()
    }
    gone = {
        anchor: Thread(anchor, _gone(anchor, document), "", found)
        for anchor, found in said.items()
        if anchor not in places
    }
    return Discussion(is_open, may_write, {**here, **gone}, note_anchors(document))


def _titles(document: Document) -> dict[str, str]:
    titles = document["titles"]
    found = {"packet": "The packet as a whole"}
    for flag in document["flags"]:
        found[f"flag/{flag['signal']}"] = titles["signals"].get(flag["signal"], flag["signal"])
    for each in document["dimensions"]:
        found[f"dimension/{each['id']}"] = titles["dimensions"].get(each["id"], each["id"])
    for question in document["questions"]:
        found[question_anchor(question)] = _start(question["text"])
    refs = note_anchors(document)
    for key in ("cards", "shadows", "apart"):
        for card in document[key]:
            for note in card["notes"]:
                found[refs.get(note["ref"], "")] = f"“{_start(note['text'])}”"
    return found


def _gone(anchor: str, document: Document) -> str:
    """A part that this packet does not have: its kind, and its title where it has one."""
    kind, _, name = anchor.partition("/")
    if kind == "flag":
        return document["titles"]["signals"].get(name, name)
    return {"question": "A question", "note": "A note"}.get(kind, kind.capitalize())


def _start(text: str) -> str:
    return text if len(text) <= START else text[:START].rstrip() + " …"
