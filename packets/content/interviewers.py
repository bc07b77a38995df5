"""Each interviewer in this loop: cards in and owed, lateness, and the quality of their evidence."""

from typing import Any

from packets.content import adjusted
from packets.content.cards import LATE_HOURS, hours_after
from packets.content.panel import PROBE, Panel
from packets.content.values import plain


def interviewers(panel: Panel) -> list[dict[str, Any]]:
    """Everybody of the panel but shadows, those who still owe their card last."""
    owing = [seat.person for seat in panel.missing]
    people = dict.fromkeys([*panel.people, *owing])
    return [_interviewer(panel, person, owing.count(person)) for person in people]


def _interviewer(panel: Panel, person: str, owed: int) -> dict[str, Any]:
    cards = [card for card in panel.counted if card.by == person]
    seats = [s for s in panel.missing if s.person == person]
    notes = [note for card in cards for note in card.notes if note.content.kind != PROBE]
    tagged = [note for note in notes if note.content.dimension]
    rated = [each for card in cards for each in card.ratings if each.value is not None]
    supported = [each for each in rated if each.is_supported]
    cited = {note.ref for each in rated for note in each.notes if note.content.kind != PROBE}
    severity = adjusted.severity(panel, person)
    hours = [hours for card in cards if (hours := hours_after(card.seat)) is not None]
    return {
        "interviewer": person,
        "rounds": [card.seat.round for card in cards] + [seat.round for seat in seats],
        "cards": len(cards),
        "owed": owed,
        "hours_after": hours,
        "late": sum(each > LATE_HOURS for each in hours),
        "notes": len(notes),
        "tagged": len(tagged),
        "tagged_share": _share(len(tagged), len(notes)),
        "cited": len(cited),
        "ratings": len(rated),
        "supported": len(supported),
        "supported_share": _share(len(supported), len(rated)),
        **severity,
        "reasons": {**_why_no_severity(severity), **_why_no_share(notes, rated)},
    }


def _share(part: int, whole: int) -> float | int | None:
    return plain(part / whole) if whole else None


def _why_no_severity(found: dict[str, Any]) -> dict[str, str]:
    known = found["severity"] is not None
    return {} if known else {"severity": adjusted.WHY_NO_SEVERITY[found["severity_label"]]}


def _why_no_share(notes: list, rated: list) -> dict[str, str]:
    why = {} if notes else {"tagged_share": "No notes."}
    return why if rated else {**why, "supported_share": "No ratings."}
