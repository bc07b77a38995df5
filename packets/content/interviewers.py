"""Each interviewer in this loop: cards in and owed, lateness, and the quality of their evidence."""

from packets.content.adjusted import WHY_NO_SEVERITY, severity
from packets.content.cards import LATE_HOURS, hours_after
from packets.content.document import InterviewerEntry
from packets.content.panel import PROBE, Panel
from packets.content.values import plain


def interviewers(panel: Panel) -> list[InterviewerEntry]:
    """Everybody of the panel but shadows, those who still owe their card last."""
    people = dict.fromkeys([*panel.people, *(seat.person for seat in panel.missing)])
    return [_interviewer(panel, person) for person in people]


def _interviewer(panel: Panel, person: str) -> InterviewerEntry:
    cards = [card for card in panel.counted if card.by == person]
    owed = [seat for seat in panel.missing if seat.person == person]
    notes = [note for card in cards for note in card.own_notes]
    tagged = [note for note in notes if note["dimension"]]
    rated = [each for card in cards for each in card.ratings.values() if each["rating"] is not None]
    supported = [each for each in rated if each["supported"]]
    cited = {note["ref"] for each in rated for note in each["notes"] if note["kind"] != PROBE}
    hours = [hours for card in cards if (hours := hours_after(card.seat)) is not None]
    found = severity(panel, person)
    reasons = {
        "severity": WHY_NO_SEVERITY[found["severity_label"]] if found["severity"] is None else "",
        "tagged_share": "" if notes else "No notes.",
        "supported_share": "" if rated else "No ratings.",
    }
    return {
        "interviewer": person,
        "rounds": [seat.round for seat in (*(card.seat for card in cards), *owed)],
        "cards": len(cards),
        "owed": len(owed),
        "hours_after": hours,
        "late": sum(each > LATE_HOURS for each in hours),
        "notes": len(notes),
        "tagged": len(tagged),
        "tagged_share": plain(len(tagged) / len(notes)) if notes else None,
        "cited": len(cited),
        "ratings": len(rated),
        "supported": len(supported),
        "supported_share": plain(len(supported) / len(rated)) if rated else None,
        **found,
        "reasons": {key: reason for key, reason in reasons.items() if reason},
    }
