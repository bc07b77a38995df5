"""Amendments: what changed after a card was handed in, with both readings."""

from packets.content.card_sections import Amendment, Change, ChangedNote, ChangedValue
from packets.content.packet_input import PacketInput, SeatInput, VersionInput
from packets.content.values import stamp
from scorecard.content import CardContent, NoteContent


def amendments(seat: SeatInput, source: PacketInput) -> list[Amendment]:
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
    in_first = source.first_versions.get((seat.interview, seat.person), version.number)
    return version.at > source.first_built_at or version.number > in_first


def changes(before: CardContent, after: CardContent) -> list[Change]:
    """What differs, field by field; a note that is new has no before, one taken away no after."""
    old, new = _fields(before), _fields(after)
    fields: list[Change] = [
        {"field": name, "before": old.get(name), "after": new.get(name)}
        for name in sorted({*old, *new})
        if old.get(name) != new.get(name)
    ]
    return fields + _note_changes(before, after)


def _fields(card: CardContent) -> dict[str, ChangedValue]:
    """A card but its notes as named fields, whose values need no id looked up."""
    texts = {note.id: note.text for note in card.notes}
    fields: dict[str, ChangedValue] = {
        "recommendation": card.recommendation,
        "correctness": card.correctness,
        "summary": card.summary,
        "follow_up": card.follow_up,
    }
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


def _note_changes(before: CardContent, after: CardContent) -> list[Change]:
    """Notes that differ, matched by id, else by what they say: an import may number them anew."""
    old = {note.id: _note(note) for note in before.notes}
    new = {note.id: _note(note) for note in after.notes}
    gone = [note for id, note in old.items() if id not in new]
    come = [note for id, note in new.items() if id not in old]
    for note in gone.copy():
        if note in come:
            gone.remove(note)
            come.remove(note)
    pairs: list[tuple[ChangedNote | None, ChangedNote | None]] = [
        *((old[id], new[id]) for id in old if id in new and old[id] != new[id]),
        *((note, None) for note in gone),
        *((None, note) for note in come),
    ]
    pairs.sort(key=_pair_order)
    return [{"field": "note", "before": before, "after": after} for before, after in pairs]


def _pair_order(pair: tuple[ChangedNote | None, ChangedNote | None]) -> tuple[int, str]:
    """By the time of the note before, else after; then by what both say."""
    at = next(note["at_seconds"] for note in pair if note)
    return at, str(tuple(note or {} for note in pair))


def _note(note: NoteContent) -> ChangedNote:
    tags = (note.stage, note.probe, note.dimension, note.signal, note.polarity)
    return {
        "at_seconds": note.at_seconds,
        "kind": note.kind,
        "text": note.text,
        "tags": [tag for tag in tags if tag],
    }
