"""Flags and patterns: who saw a risk, who bears it out, who saw otherwise, who never looked."""

from collections.abc import Iterable
from typing import Any

from packets.content.panel import PROBE, RISK, STRENGTH, Card, Note, Panel, Raised

LOW, HIGH = (1, 2), (3, 4)
GRAVEST_FIRST = ("disqualifying", "concern")


def flags(panel: Panel) -> list[dict[str, Any]]:
    """One entry a flagged risk, however many raised it; the gravest and best seen first."""
    grouped: dict[str, list[tuple[Card, Raised]]] = {}
    for card in panel.counted:
        for raised in card.flags:
            grouped.setdefault(raised.signal, []).append((card, raised))
    found = [_flag(panel, signal, raised) for signal, raised in grouped.items()]
    return sorted(found, key=lambda flag: _flag_order(panel, flag))


def _flag_order(panel: Panel, flag: dict[str, Any]) -> tuple[int, int, int, str]:
    dimensions = list(panel.rubric.dimensions)
    known = flag["dimension"] in dimensions
    return (
        GRAVEST_FIRST.index(flag["severity"]),
        -len(flag["corroborated_by"]),
        dimensions.index(flag["dimension"]) if known else len(dimensions),
        flag["signal"],
    )


def _flag(panel: Panel, signal: str, raised: list[tuple[Card, Raised]]) -> dict[str, Any]:
    raised = sorted(raised, key=_first_seen)
    dimension = panel.dimension_of(signal)
    first = raised[0][0].by
    others = [card for card in panel.counted if card.by != first]
    flagged_on = {card.ref for card, _ in raised}
    corroboration = [
        side for card in others if (side := _side(card, dimension, [signal], LOW, flagged_on))
    ]
    strengths = panel.signals(dimension, STRENGTH)
    contradiction = [side for card in others if (side := _side(card, dimension, strengths, HIGH))]
    corroborated = panel.in_order(side["by"] for side in corroboration)
    contradicted = panel.in_order(side["by"] for side in contradiction)
    severity = min((each.severity for _, each in raised), key=GRAVEST_FIRST.index)
    return {
        "signal": signal,
        "dimension": dimension,
        "severity": severity,
        "disqualifying": severity == "disqualifying",
        "resolution": None,
        "raised": [_raised(panel, card, each) for card, each in raised],
        "corroborated_by": corroborated,
        "contradicted_by": contradicted,
        "untested_by": [
            person for person in panel.people if person not in {first, *corroborated, *contradicted}
        ],
        "both": [person for person in corroborated if person in contradicted],
        "corroboration": corroboration,
        "contradiction": contradiction,
        "contested": _is_contested(raised, contradiction),
    }


def _first_seen(item: tuple[Card, Raised]) -> tuple[str, str, int, int, str]:
    """By interview; within one, whose note is the earlier."""
    card, raised = item
    when, interview, role, person = card.seat.order
    at = min((note.content.at_seconds for note in raised.notes), default=0)
    return when, interview, at, role, person


def _side(
    card: Card,
    dimension: str,
    signals: Iterable[str],
    values: tuple[int, int],
    flagged_on: frozenset[str] | set[str] = frozenset(),
) -> dict[str, Any] | None:
    """What one card says for or against: a supported rating, tagged notes, or a flag of its own."""
    rating = card.rating(dimension)
    rates = rating if rating and rating.value in values else None
    tagged = card.tagged(signals)
    if not rates and not tagged and card.ref not in flagged_on:
        return None
    notes = {note.ref: note for note in (*tagged, *(rates.notes if rates else ()))}
    shown = [note for note in card.notes if note.ref in notes]
    return {
        **card.where,
        "rating": rates.value if rates else None,
        "tagged": bool(tagged),
        "flagged": card.ref in flagged_on,
        "notes": [note.shown() for note in shown],
    }


def _raised(panel: Panel, card: Card, raised: Raised) -> dict[str, Any]:
    rating = card.rating(panel.dimension_of(raised.signal))
    setting, asked = _interviewers_words(card, raised.notes)
    return {
        **card.where,
        "severity": raised.severity,
        "explanation": raised.explanation,
        "notes": [note.shown() for note in raised.notes],
        "setting": [note.shown() for note in setting],
        "asked": [note.shown() for note in asked],
        "rating": rating.value if rating else None,
        "recommendation": card.content.recommendation or None,
    }


def _interviewers_words(card: Card, notes: tuple[Note, ...]) -> tuple[list[Note], list[Note]]:
    """The interviewer's probes of the same stages: those before the flag's notes, those between.

    A probe stands before when no note of the flag in its stage is earlier than it. A flag may rest
    on probes alone: then those are its notes.
    """
    shown = [note for note in notes if note.content.kind != PROBE] or list(notes)
    first: dict[str, int] = {}
    last: dict[str, int] = {}
    for note in shown:
        stage, at = note.content.stage, note.content.at_seconds
        if stage:
            first[stage] = min(at, first.get(stage, at))
            last[stage] = max(at, last.get(stage, at))
    probes = [
        note
        for note in card.notes
        if note.content.kind == PROBE and note.content.stage in first and note not in shown
    ]
    setting = [n for n in probes if n.content.at_seconds < first[n.content.stage]]
    asked = [
        n for n in probes if first[n.content.stage] <= n.content.at_seconds <= last[n.content.stage]
    ]
    return setting, asked


def _is_contested(raised: list[tuple[Card, Raised]], contradiction: list[dict]) -> bool:
    """Rated 3 or 4 with evidence by another person in another round than some raiser's."""
    return any(
        side["rating"] and side["by"] != card.by and side["interview"] != card.seat.interview
        for card, _ in raised
        for side in contradiction
    )


def patterns(panel: Panel) -> list[dict[str, Any]]:
    """Risks that two or more different people saw, flagged or only noted."""
    return [pattern for pattern in _sightings(panel) if len(pattern["seen_by"]) > 1]


def noted_once(panel: Panel) -> list[dict[str, Any]]:
    """Risks that one person noted and nobody flagged."""
    return [
        {
            "signal": once["signal"],
            "dimension": once["dimension"],
            "by": once["seen_by"][0],
            "notes": once["notes"],
        }
        for once in _sightings(panel)
        if len(once["seen_by"]) == 1 and not once["flagged_by"]
    ]


def _sightings(panel: Panel) -> list[dict[str, Any]]:
    found = []
    for signal in panel.rubric.signals.values():
        if signal.polarity != RISK:
            continue
        seen, flagged, notes = _seen(panel, signal.id)
        if not seen:
            continue
        found.append(
            {
                "signal": signal.id,
                "dimension": signal.dimension,
                "seen_by": panel.in_order(card.by for card in seen),
                "flagged_by": panel.in_order(card.by for card in flagged),
                "rounds": list(dict.fromkeys(card.seat.round for card in seen)),
                "rooms": len({card.seat.interview for card in seen}),
                "notes": [note.shown() for note in notes],
            }
        )
    return sorted(found, key=lambda each: (-len(each["seen_by"]), each["signal"]))


def _seen(panel: Panel, signal: str) -> tuple[list[Card], list[Card], list[Note]]:
    seen: list[Card] = []
    flagged: list[Card] = []
    notes: list[Note] = []
    for card in panel.counted:
        flags = [each for each in card.flags if each.signal == signal]
        shows = {note.ref for each in flags for note in each.notes}
        shows |= {note.ref for note in card.tagged([signal])}
        if flags:
            flagged.append(card)
        if flags or shows:
            seen.append(card)
            notes.extend(note for note in card.notes if note.ref in shows)
    return seen, flagged, notes
