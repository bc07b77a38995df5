"""Part 5: what the level asks and how far the evidence answers, here and under lower levels."""

from dataclasses import dataclass

from packets.content.document import BarReading, BarRow, BarSignal, LowerLevel, PacketContent
from packets.page.labels import Labels
from packets.page.wording import count, in_words

READINGS = ("below", "open", "unknown", "met")


@dataclass(frozen=True)
class ShownBarRow:
    title: str
    must: bool
    says: str
    href: str


@dataclass(frozen=True)
class ShownLowerLevel:
    """The same evidence under a lower level's bar: what does not meet it, and how that reads."""

    level: str
    is_met: bool
    short: list[tuple[str, list[ShownBarRow]]]  # reading in words, dimensions
    four: str  # where the level's 4 is wanting, what it asks for


@dataclass(frozen=True)
class BarExtra:
    """What the level asks besides; `seen` is what `says` speaks of, with its notes' anchors."""

    title: str
    is_met: bool
    says: str
    seen: list[tuple[str, str]]


@dataclass(frozen=True)
class ShownBar:
    groups: list[tuple[str, str, list[ShownBarRow]]]  # reading, its title, dimensions, musts first
    extras: list[BarExtra]
    edited: bool  # asked by the opening, not by its level
    lower: list[ShownLowerLevel]

    @property
    def is_short(self) -> bool:
        """Is any dimension anything but met?"""
        return any(reading != "met" for reading, _, _ in self.groups)


def level_bar(content: PacketContent, labels: Labels) -> ShownBar:
    found = content["bar"]
    return ShownBar(
        groups=_groups(found, labels),
        extras=_extras(content, labels),
        edited=found.get("edited", False),
        lower=[_lower(each, labels) for each in content.get("levels_below", [])],
    )


def _groups(found: BarReading, labels: Labels) -> list[tuple[str, str, list[ShownBarRow]]]:
    groups = []
    for reading in READINGS:
        rows = [_row(row, labels) for row in found["rows"] if row["reading"] == reading]
        if rows:
            groups.append((reading, in_words(reading), sorted(rows, key=lambda row: not row.must)))
    return groups


def _row(row: BarRow, labels: Labels) -> ShownBarRow:
    says = {
        "open": "until its flag is resolved",
        "unknown": "no rating with evidence",
    }.get(row["reading"], f"lower median {row['lower_median']}, needs {row['needs']}")
    title = labels.title("dimensions", row["dimension"])
    return ShownBarRow(title, row["must"], says, f"ev-{row['dimension']}")


def _lower(found: LowerLevel, labels: Labels) -> ShownLowerLevel:
    four = found["any_supported_4"]
    wanting = four["dimensions"] if four and four["reading"] != "met" else []
    return ShownLowerLevel(
        level=labels.title("levels", found["level"]),
        is_met=found["is_met"],
        short=[(title, rows) for key, title, rows in _groups(found, labels) if key != "met"],
        four=", ".join(labels.titled("dimensions", wanting)),
    )


def _extras(content: PacketContent, labels: Labels) -> list[BarExtra]:
    found = content["bar"]
    extras = [_signal(row, content, labels) for row in found["signals"]]
    four = found["any_supported_4"]
    if four:
        names = ", ".join(labels.titled("dimensions", four["dimensions"]))
        seen = [(labels.title("dimensions", id), f"ev-{id}") for id in four["seen_in"]]
        title, is_met = f"A 4 in one of {names}", four["reading"] == "met"
        extras.append(BarExtra(title, is_met, "seen in", seen or [("none", "")]))
    return extras


def _signal(row: BarSignal, content: PacketContent, labels: Labels) -> BarExtra:
    """Its notes stand under the dimension that they are tagged with, which is the signal's."""
    of = f"{len(row['seen_by'])} of {count(row['needs'], 'person', 'people')}"
    anchors = (
        f"ev-{each['dimension']}"
        for each in content["evidence"]
        for note in (*each["strengths"], *each["risks"])
        if note["signal"] == row["signal"]
    )
    title = labels.title("signals", row["signal"])
    return BarExtra(title, row["met"], "noted by", [(of, next(anchors, ""))])
