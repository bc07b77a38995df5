"""Who handed in what: the list of scorecards, and the cards whole."""

from typing import Any

from packets.content.amendments import amended_times, amendments
from packets.content.model import PacketInput, SeatInput
from packets.content.panel import Card, Panel, is_missing
from packets.content.values import plain, stamp

LATE_HOURS = 24  # from the end of the interview, by which memory is still the interview's
NO_ROUND = "This is no round of the rubric."
FIELDS = ("recommendation", "correctness", "summary", "follow_up")


def scorecards(panel: Panel) -> list[dict[str, Any]]:
    """Every seat, in the order of the interviews, and whether its card is in and counts."""
    source = panel.source
    seats = sorted(source.seats, key=lambda seat: seat.order)
    return [_scorecard(panel, seat) for seat in seats if _is_listed(seat, panel)]


def _is_listed(seat: SeatInput, panel: Panel) -> bool:
    """A cancelled interview is listed only where somebody handed in a card."""
    known = seat.role == "shadow" or is_missing(seat, panel.rubric)
    return bool(seat.versions) or (known and not seat.cancelled)


def _scorecard(panel: Panel, seat: SeatInput) -> dict[str, Any]:
    last = seat.versions[-1] if seat.versions else None
    hours = hours_after(seat)
    return {
        "interview": seat.interview,
        "round": seat.round,
        "interviewer": seat.person,
        "role": seat.role,
        "status": _status(seat, panel),
        "reason": NO_ROUND if _status(seat, panel) == "apart" else "",
        "recommendation": (last.card.recommendation or None) if last else None,
        "correctness": (last.card.correctness or None) if last else None,
        "starts_at": stamp(seat.starts_at),
        "ends_at": stamp(seat.ends_at),
        "day": seat.day.isoformat() if seat.day else None,
        "cancelled": seat.cancelled,
        "submitted_at": stamp(seat.versions[0].at) if last else None,
        "hours_after": hours,
        "late": hours is not None and hours > LATE_HOURS,
        "amended": amended_times(seat) > 0,
        "amendments": amended_times(seat),
        "entered_by": seat.entered_by,
    }


def _status(seat: SeatInput, panel: Panel) -> str:
    if seat.role == "shadow":
        return "shadow"
    if not seat.versions:
        return "missing"
    return "counted" if seat.round in panel.rubric.rounds else "apart"


def hours_after(seat: SeatInput) -> float | int | None:
    """Hours from the interview's end to the first submission; None for an all-day event."""
    if not seat.versions or seat.ends_at is None:
        return None
    return plain(round((seat.versions[0].at - seat.ends_at).total_seconds() / 3600, 2))


def whole_cards(cards: tuple[Card, ...], source: PacketInput) -> list[dict[str, Any]]:
    """The cards as they stand, with each amendment before and after."""
    return [_whole(card, source) for card in cards]


def _whole(card: Card, source: PacketInput) -> dict[str, Any]:
    return {
        "ref": card.ref,
        "interview": card.seat.interview,
        "round": card.seat.round,
        "interviewer": card.by,
        "version": card.seat.versions[-1].number,
        **{name: getattr(card.content, name) for name in FIELDS},
        "notes": [note.shown() for note in card.notes],
        "ratings": [
            {
                "dimension": each.dimension,
                "rating": each.value,
                "supported": each.is_supported,
                "reason": each.reason,
                "rationale": each.rationale,
                "notes": [note.ref for note in each.notes],
            }
            for each in card.ratings
        ],
        "flags": [
            {
                "signal": flag.signal,
                "severity": flag.severity,
                "explanation": flag.explanation,
                "notes": [note.ref for note in flag.notes],
            }
            for flag in card.flags
        ],
        "answers": sorted(
            ({"code": a.code, "where": a.where, "reason": a.reason} for a in card.content.answers),
            key=lambda answer: (answer["code"], answer["where"]),
        ),
        "amendments": amendments(card.seat, source),
    }
