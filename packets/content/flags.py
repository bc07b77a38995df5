"""Flags and patterns: who saw a risk, who bears it out, who saw otherwise, who never looked."""

from collections.abc import Collection, Iterator

from packets.content.card_sections import (
    FlagSection,
    FlagSide,
    NotedOnce,
    NoteEntry,
    PatternSection,
    RaisedFlag,
)
from packets.content.panel import PROBE, RISK, STRENGTH, Card, FlagOnCard, Panel

LOW, HIGH = (1, 2), (3, 4)
GRAVEST_FIRST = ("disqualifying", "concern")


def is_open(flag: FlagSection) -> bool:
    """Not settled: nobody resolved it, or it waits for another interview.

    Upheld is settled, and is no rejection.
    """
    return flag["resolution"] is None or flag["resolution"]["outcome"] == "needs_interview"


def is_open_stop(flag: FlagSection) -> bool:
    """An open disqualifying flag."""
    return flag["disqualifying"] and is_open(flag)


def flags(panel: Panel) -> list[FlagSection]:
    """One entry a flagged risk, however many raised it; the gravest and best seen first."""
    grouped: dict[str, list[tuple[Card, FlagOnCard]]] = {}
    for card in panel.counted:
        for raised in card.flags:
            grouped.setdefault(raised.signal, []).append((card, raised))
    found = [_flag(panel, signal, raised) for signal, raised in grouped.items()]
    rank = {id: place for place, id in enumerate(panel.rubric.dimensions)}
    return sorted(
        found,
        key=lambda flag: (
            GRAVEST_FIRST.index(flag["severity"]),
            -len(flag["corroborated_by"]),
            rank.get(flag["dimension"], len(rank)),
            flag["signal"],
        ),
    )


def _flag(panel: Panel, signal: str, raised: list[tuple[Card, FlagOnCard]]) -> FlagSection:
    raised = sorted(raised, key=_first_seen)
    dimension = panel.dimension_of(signal)
    first = raised[0][0].by
    others = [card for card in panel.counted if card.by != first]
    flagged_on = [card.ref for card, _ in raised]
    strengths = [each.id for each in panel.rubric.signals_of(dimension, STRENGTH)]
    corroboration = list(_sides(others, dimension, [signal], LOW, flagged_on))
    contradiction = list(_sides(others, dimension, strengths, HIGH))
    corroborated = panel.in_order(side["by"] for side in corroboration)
    contradicted = panel.in_order(side["by"] for side in contradiction)
    severity = min((each.severity for _, each in raised), key=GRAVEST_FIRST.index)
    return {
        "signal": signal,
        "dimension": dimension,
        "severity": severity,
        "disqualifying": severity == "disqualifying",
        "resolution": None,
        "raised": [_raised(card, each, dimension) for card, each in raised],
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


def _first_seen(item: tuple[Card, FlagOnCard]) -> tuple[str, str, int, int, str]:
    """By interview; within one, whose note is the earlier."""
    card, raised = item
    when, interview, role, person = card.seat.order
    at = min((note["at_seconds"] for note in raised.notes), default=0)
    return when, interview, at, role, person


def _sides(
    cards: list[Card],
    dimension: str,
    signals: list[str],
    values: tuple[int, int],
    flagged_on: Collection[str] = (),
) -> Iterator[FlagSide]:
    """What cards say for or against: a supported rating, tagged notes, or a flag of their own."""
    for card in cards:
        rating = card.supported(dimension)
        rates = rating if rating and rating["rating"] in values else None
        tagged = card.tagged(signals)
        if rates or tagged or card.ref in flagged_on:
            shown = [*tagged, *(rates["notes"] if rates else ())]
            yield {
                **card.writer_entry,
                "rating": rates["rating"] if rates else None,
                "tagged": bool(tagged),
                "flagged": card.ref in flagged_on,
                "notes": [note for note in card.notes if note in shown],
            }


def _raised(card: Card, raised: FlagOnCard, dimension: str) -> RaisedFlag:
    rating = card.supported(dimension)
    setting, asked = _interviewers_words(card, raised.notes)
    return {
        **card.writer_entry,
        "severity": raised.severity,
        "explanation": raised.explanation,
        "notes": raised.notes,
        "setting": setting,
        "asked": asked,
        "rating": rating["rating"] if rating else None,
        "recommendation": card.content.recommendation or None,
    }


def _interviewers_words(
    card: Card, notes: list[NoteEntry]
) -> tuple[list[NoteEntry], list[NoteEntry]]:
    """The interviewer's probes of the same stages: those before the flag's notes, those between.

    A probe stands before when no note of the flag in its stage is earlier than it. A flag may rest
    on probes alone: then those are its notes.
    """
    shown = [note for note in notes if note["kind"] != PROBE] or notes
    setting, asked = [], []
    for note in card.notes:
        stage = [each["at_seconds"] for each in shown if each["stage"] == note["stage"] != ""]
        if note["kind"] == PROBE and stage and note not in shown:
            if note["at_seconds"] < min(stage):
                setting.append(note)
            elif note["at_seconds"] <= max(stage):
                asked.append(note)
    return setting, asked


def _is_contested(raised: list[tuple[Card, FlagOnCard]], contradiction: list[FlagSide]) -> bool:
    """Rated 3 or 4 with evidence by another person in another round than some raiser's."""
    return any(
        side["rating"] and side["by"] != card.by and side["interview"] != card.seat.interview
        for card, _ in raised
        for side in contradiction
    )


def patterns(panel: Panel) -> list[PatternSection]:
    """Risks that two or more different people saw, flagged or only noted."""
    return [pattern for pattern in _sightings(panel) if len(pattern["seen_by"]) > 1]


def noted_once(panel: Panel) -> list[NotedOnce]:
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


def _sightings(panel: Panel) -> list[PatternSection]:
    risks = [signal.id for signal in panel.rubric.signals.values() if signal.polarity == RISK]
    found = [sighting for id in risks if (sighting := _sighting(panel, id))["seen_by"]]
    return sorted(found, key=lambda each: (-len(each["seen_by"]), each["signal"]))


def _sighting(panel: Panel, signal: str) -> PatternSection:
    seen: list[Card] = []
    flagged: list[Card] = []
    notes: list[NoteEntry] = []
    for card in panel.counted:
        flags = [each for each in card.flags if each.signal == signal]
        shows = [*card.tagged([signal]), *(note for each in flags for note in each.notes)]
        flagged += [card] if flags else []
        seen += [card] if flags or shows else []
        notes += [note for note in card.notes if note in shows]
    return {
        "signal": signal,
        "dimension": panel.dimension_of(signal),
        "seen_by": panel.in_order(card.by for card in seen),
        "flagged_by": panel.in_order(card.by for card in flagged),
        "rounds": list(dict.fromkeys(card.seat.round for card in seen)),
        "rooms": len({card.seat.interview for card in seen}),
        "notes": notes,
    }
