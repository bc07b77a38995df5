"""Amendments: what changed after a card was handed in, with both readings."""

from typing import Any

from packets.content.model import PacketInput, SeatInput, VersionInput
from packets.content.values import stamp
from scorecard.content import CardContent, NoteContent

FIELDS = ("recommendation", "correctness", "summary", "follow_up")


def amendments(seat: SeatInput, source: PacketInput) -> list[dict[str, Any]]:
    """Every version after the first, beside the one before it."""
    return [
        {
            "version": after.number,
            "origin": after.origin,
            "at": stamp(after.at),
            "by": after.by,
            "reason": after.reason,
            "seen_others": after.seen_others,
            "late": is_late(after, seat, source),
            "changes": changes(before.card, after.card),
        }
        for before, after in zip(seat.versions, seat.versions[1:], strict=False)
    ]


def amended_times(seat: SeatInput) -> int:
    """How often somebody changed the card after handing it in.

    An import of the very same moment, out of a file that knows more, changed no mind.
    """
    pairs = zip(seat.versions, seat.versions[1:], strict=False)
    return sum(after.origin != "import" or after.at > before.at for before, after in pairs)


def is_late(version: VersionInput, seat: SeatInput, source: PacketInput) -> bool:
    """Was this amendment made after the loop's first packet, or not in it?"""
    if source.first_built_at is None or version is seat.versions[0]:
        return False
    in_first = source.first_versions.get((seat.interview, seat.person))
    return version.at > source.first_built_at or (
        in_first is not None and version.number > in_first
    )


def changes(before: CardContent, after: CardContent) -> list[dict[str, Any]]:
    """What differs, field by field; a note that is new has no before, one taken away no after."""
    old, new = _fields(before), _fields(after)
    fields = [
        {"field": name, "before": old.get(name), "after": new.get(name)}
        for name in sorted({*old, *new})
        if old.get(name) != new.get(name)
    ]
    return fields + _note_changes(before, after)


def _fields(card: CardContent) -> dict[str, Any]:
    """A card but its notes as named fields, whose values need no id looked up."""
    texts = {note.id: note.text for note in card.notes}
    fields: dict[str, Any] = {name: getattr(card, name) for name in FIELDS}
    for rating in card.ratings:
        fields[f"rating/{rating.dimension}"] = {
            "rating": rating.value,
            "rationale": rating.rationale or rating.not_observed_reason,
            "notes": sorted(texts.get(id, "") for id in rating.notes),
        }
    for flag in card.flags:
        fields[f"flag/{flag.signal}"] = {
            "severity": flag.severity,
            "explanation": flag.explanation,
            "notes": sorted(texts.get(id, "") for id in flag.notes),
        }
    return fields


def _note_changes(before: CardContent, after: CardContent) -> list[dict[str, Any]]:
    """Notes that differ, matched by id, else by what they say: an import may number them anew."""
    old = {note.id: _note(note) for note in before.notes}
    new = {note.id: _note(note) for note in after.notes}
    edited = [(old[id], new[id]) for id in old if id in new and old[id] != new[id]]
    gone = [note for id, note in old.items() if id not in new]
    come = [note for id, note in new.items() if id not in old]
    for note in gone.copy():
        if note in come:
            gone.remove(note)
            come.remove(note)
    pairs = [*edited, *((note, {}) for note in gone), *(({}, note) for note in come)]
    pairs.sort(key=lambda pair: ((pair[0] or pair[1])["at_seconds"], str(pair)))
    return [{"field": "note", "before": a or None, "after": b or None} for a, b in pairs]


def _note(note: NoteContent) -> dict[str, Any]:
    tags = (note.stage, note.probe, note.dimension, note.signal, note.polarity)
    return {
        "at_seconds": note.at_seconds,
        "kind": note.kind,
        "text": note.text,
        "tags": [tag for tag in tags if tag],
    }
