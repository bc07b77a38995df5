"""The packet's content out of a loop's cards. Pure: no clock, no chance, no order of input."""

from dataclasses import replace

from packets.content import adjusted, cards
from packets.content.amendments import amendments, is_late
from packets.content.bar import bar
from packets.content.dimensions import coverage, dimensions, disagreements
from packets.content.document import (
    ChangedReading,
    DimensionReading,
    DimensionSection,
    LateEdit,
    LensEntry,
    PacketContent,
    PacketHead,
    PacketReadings,
    TieBreaker,
)
from packets.content.evidence import evidence
from packets.content.flags import flags, is_open_stop, noted_once, patterns
from packets.content.interviewers import interviewers
from packets.content.levels import levels_below
from packets.content.order_of_thinking import order_of_thinking
from packets.content.packet_input import PacketInput, SeatInput
from packets.content.panel import Panel, read_panel
from packets.content.questions import questions
from packets.content.reading_order import reading_order
from packets.content.statistics import statistics
from rubric.content import Lens
from scorecard import content as card_content

BY_ID = ("dimensions", "signals", "rounds", "stages", "probes", "levels")
SCALES = ("recommendations", "correctness", "severities")


def build(source: PacketInput) -> PacketContent:
    """Everything a packet says but its own version and date, as docs/packet.md lists it.

    Raises KeyError where the opening's level is not one of the rubric.
    """
    panel = read_panel(source)
    readings = _readings(panel)
    late_edits = _late_edits(source, readings)
    return {
        **readings,
        "reading_order": reading_order(readings),
        "late_edits": late_edits,
        "evidence": evidence(panel),
        "order_of_thinking": order_of_thinking(panel),
        "tie_breaker": _tie_breaker(readings),
        "questions": questions(readings, late_edits, source.rubric),
    }


def digest(content: PacketContent) -> str:
    """The content's name. The header `packet` (version, dates) is no part of it."""
    return card_content.digest({key: part for key, part in content.items() if key != "packet"})


def _readings(panel: Panel) -> PacketReadings:
    found = flags(panel)
    rows = dimensions(panel, {flag["dimension"] for flag in found if is_open_stop(flag)})
    return {
        **_head(panel),
        "scorecards": cards.scorecards(panel),
        "flags": found,
        "patterns": patterns(panel),
        "noted_once": noted_once(panel),
        "dimensions": rows,
        "disagreements": disagreements(panel),
        "coverage": coverage(panel, rows),
        "bar": bar(panel, rows),
        "levels_below": levels_below(panel, rows),
        "statistics": statistics(panel),
        "interviewers": interviewers(panel),
        "cards": [cards.whole_card(card, panel.source) for card in panel.counted],
        "shadows": [cards.whole_card(card, panel.source) for card in panel.shadows],
        "apart": [cards.whole_card(card, panel.source) for card in panel.apart],
    }


def _head(panel: Panel) -> PacketHead:
    source, rubric = panel.source, panel.rubric
    opening = source.opening
    return {
        "candidate": source.candidate,
        "opening": {
            "id": opening.id,
            "title": opening.title,
            "level": opening.level,
            "rounds": list(opening.rounds),
        },
        "rubric": {"version": rubric.number},
        "calibration": adjusted.calibration(panel),
        "titles": {
            kind: {id: each.title for id, each in getattr(rubric, kind).items()}
            for kind in (*BY_ID, *SCALES)
        },
        "lenses": [_lens(lens) for lens in rubric.lenses.values()],
        "people": dict(sorted(source.names.items())),
    }


def _lens(lens: Lens) -> LensEntry:
    """One way to group the dimensions; it holds no evidence and no number."""
    return {
        "id": lens.id,
        "title": lens.title,
        "description": lens.description,
        "facets": [
            {
                "id": facet.id,
                "title": facet.title,
                "dimensions": list(facet.dimensions),
                "derived": facet.derived,
            }
            for facet in lens.facets
        ],
    }


def _tie_breaker(content: PacketReadings) -> TieBreaker | None:
    """The dimension that may decide between level candidates; alone it decides nothing."""
    row = next((each for each in content["dimensions"] if each["tie_breaker"]), None)
    return row and {
        "dimension": row["id"],
        **_dimension_reading(row),
        "decides": False,
        "because": "It is opened first only between two candidates who are level in all else.",
    }


def _dimension_reading(each: DimensionSection) -> DimensionReading:
    return {
        "supported": each["supported"],
        "lower_median": each["lower_median"],
        "coverage": each["coverage"],
        "bar": each["bar"],
    }


def _late_edits(source: PacketInput, content: PacketReadings) -> list[LateEdit]:
    """Amendments of counted cards that the first packet did not hold, with both readings."""
    edits: list[LateEdit] = []
    for seat in sorted(source.seats, key=lambda each: each.order):
        late = [v.number for v in seat.versions if is_late(v, seat, source)]
        if seat.role == "shadow" or seat.round not in source.rubric.rounds or not late:
            continue
        before = _readings(read_panel(_as_of(source, seat, late[0])))
        edits += [
            {
                "interview": seat.interview,
                "round": seat.round,
                "interviewer": seat.person,
                **amendment,
                "before": _changed_reading(before, content),
                "after": _changed_reading(content, before),
            }
            for amendment in amendments(seat, source)
            if amendment["version"] in late
        ]
    return edits


def _as_of(source: PacketInput, seat: SeatInput, number: int) -> PacketInput:
    """The loop as if this seat's version `number` and later had not been handed in."""
    earlier = tuple(version for version in seat.versions if version.number < number)
    seats = tuple(replace(s, versions=earlier) if s is seat else s for s in source.seats)
    return replace(source, seats=seats)


def _changed_reading(one: PacketReadings, other: PacketReadings) -> ChangedReading:
    """What the packet reads in `one` where it differs from `other`."""
    mine, theirs = (
        {each["id"]: _dimension_reading(each) for each in packet["dimensions"]}
        for packet in (one, other)
    )
    raised = [(each["signal"], each["severity"]) for each in other["flags"]]
    return {
        "header": reading_order(one)["header"],
        "dimensions": {id: each for id, each in mine.items() if each != theirs[id]},
        "flags": [
            {"signal": flag["signal"], "severity": flag["severity"]}
            for flag in one["flags"]
            if (flag["signal"], flag["severity"]) not in raised
        ],
    }
