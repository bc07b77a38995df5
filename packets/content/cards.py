"""Who handed in what: the list of scorecards, and the cards whole."""

from packets.content.amendments import amended_times, amendments
from packets.content.card_sections import (
    CardRating,
    CardSection,
    CheckAnswer,
    RatingEntry,
    ScorecardEntry,
)
from packets.content.packet_input import PacketInput, SeatInput
from packets.content.panel import Card, Panel, is_missing
from packets.content.values import plain, stamp
from scorecard.content import Answer

LATE_HOURS = 24  # from the end of the interview, by which memory is still the interview's
NO_ROUND = "This is no round of the rubric."


def scorecards(panel: Panel) -> list[ScorecardEntry]:
    """Every seat, in the order of the interviews, and whether its card is in and counts."""
    seats = sorted(panel.source.seats, key=lambda seat: seat.order)
    return [_scorecard(panel, seat) for seat in seats if _is_listed(seat, panel)]


def _is_listed(seat: SeatInput, panel: Panel) -> bool:
    """A cancelled interview is listed only where somebody handed in a card."""
    known = seat.role == "shadow" or is_missing(seat, panel.rubric)
    return bool(seat.versions) or (known and not seat.cancelled)


def _scorecard(panel: Panel, seat: SeatInput) -> ScorecardEntry:
    card = seat.versions[-1].card if seat.versions else None
    hours, status = hours_after(seat), _status(seat, panel)
    return {
        "interview": seat.interview,
        "round": seat.round,
        "interviewer": seat.person,
        "role": seat.role,
        "status": status,
        "reason": NO_ROUND if status == "apart" else "",
        "recommendation": (card.recommendation or None) if card else None,
        "correctness": (card.correctness or None) if card else None,
        "starts_at": stamp(seat.starts_at) if seat.starts_at else None,
        "ends_at": stamp(seat.ends_at) if seat.ends_at else None,
        "day": seat.day.isoformat() if seat.day else None,
        "cancelled": seat.cancelled,
        "submitted_at": stamp(seat.versions[0].at) if card else None,
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


def hours_after(seat: SeatInput) -> float | None:
    """Hours from the interview's end to the first submission; None for an all-day event."""
    if not seat.versions or seat.ends_at is None:
        return None
    return plain(round((seat.versions[0].at - seat.ends_at).total_seconds() / 3600, 2))


def whole_card(card: Card, source: PacketInput) -> CardSection:
    """The card as it stands, with each amendment before and after."""
    return {
        "ref": card.ref,
        **card.seat_entry,
        "version": card.seat.versions[-1].number,
        "recommendation": card.content.recommendation,
        "correctness": card.content.correctness,
        "summary": card.content.summary,
        "follow_up": card.content.follow_up,
        "notes": card.notes,
        "ratings": [_rating(id, each) for id, each in card.ratings.items()],
        "flags": [
            {
                "signal": flag.signal,
                "severity": flag.severity,
                "explanation": flag.explanation,
                "notes": [note["ref"] for note in flag.notes],
            }
            for flag in card.flags
        ],
        "answers": [
            _answer(each) for each in sorted(card.content.answers, key=lambda a: (a.code, a.where))
        ],
        "amendments": amendments(card.seat, source),
    }


def _rating(dimension: str, each: RatingEntry) -> CardRating:
    return {
        "dimension": dimension,
        "rating": each["rating"],
        "supported": each["supported"],
        "reason": each["reason"],
        "rationale": each["rationale"],
        "notes": [note["ref"] for note in each["notes"]],
    }


def _answer(each: Answer) -> CheckAnswer:
    return {"code": each.code, "where": each.where, "reason": each.reason}
