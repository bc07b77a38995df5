"""The packet's content out of a loop's cards. Pure: no clock, no chance, no order of input."""

from dataclasses import replace
from typing import Any

from packets import reading_order
from packets.content import adjusted, cards
from packets.content import panel as terms
from packets.content.amendments import amendments, is_late
from packets.content.bar import bar
from packets.content.dimensions import coverage, dimensions, disagreements
from packets.content.evidence import evidence
from packets.content.flags import flags, noted_once, patterns
from packets.content.interviewers import interviewers
from packets.content.levels import levels_below
from packets.content.model import OpeningInput, PacketInput, SeatInput
from packets.content.order import order_of_thinking
from packets.content.panel import Panel
from packets.content.questions import questions
from packets.content.statistics import statistics
from rubric.content import Lens
from scorecard import content as card_content

Content = dict[str, Any]


def build(source: PacketInput) -> Content:
    """Everything a packet says but its own version and date, as docs/packet.md lists it.

    Raises KeyError where the opening's level is not one of the rubric.
    """
    panel = terms.panel(source)
    content = _readings(panel)
    content["late_edits"] = _late_edits(source, content)
    content["evidence"] = evidence(panel)
    content["levels_below"] = levels_below(panel, content["dimensions"])
    content["order_of_thinking"] = order_of_thinking(panel)
    content["tie_breaker"] = _tie_breaker(content)
    content["questions"] = questions(panel, content)
    content["cards"] = cards.whole_cards(panel.counted, source)
    content["shadows"] = cards.whole_cards(panel.shadows, source)
    content["apart"] = cards.whole_cards(panel.apart, source)
    return content


def digest(content: Content) -> str:
    """The content's name. The header `packet` (version, dates) is no part of it."""
    return card_content.digest({key: part for key, part in content.items() if key != "packet"})


def _readings(panel: Panel) -> Content:
    """Head, flags, consistency, coverage, bar and numbers, and the order to read them in."""
    content = _head(panel)
    content["scorecards"] = cards.scorecards(panel)
    content["flags"] = flags(panel)
    content["patterns"] = patterns(panel)
    content["noted_once"] = noted_once(panel)
    stops = frozenset(f["dimension"] for f in content["flags"] if reading_order.is_open_stop(f))
    content["dimensions"] = dimensions(panel, stops)
    content["disagreements"] = disagreements(panel)
    content["coverage"] = coverage(panel, content["dimensions"])
    content["bar"] = bar(panel, content["dimensions"])
    content["statistics"] = statistics(panel)
    content["interviewers"] = interviewers(panel)
    content["reading_order"] = reading_order.reading_order(content)
    return content


def _head(panel: Panel) -> Content:
    source, rubric = panel.source, panel.rubric
    by_id = ("dimensions", "signals", "rounds", "stages", "probes", "recommendations")
    titles: dict[str, dict[str, str]] = {
        kind: {id: each.title for id, each in getattr(rubric, kind).items()}
        for kind in (*by_id, "correctness", "severities", "levels")
    }
    return {
        "candidate": vars(source.candidate).copy(),
        "opening": _opening(source.opening),
        "rubric": {"version": rubric.number},
        "calibration": adjusted.calibration(panel),
        "titles": titles,
        "lenses": [_lens(lens) for lens in rubric.lenses.values()],
        "people": dict(sorted(source.names.items())),
    }


def _opening(opening: OpeningInput) -> dict[str, Any]:
    """Without its bar: the part `bar` says what that asks."""
    shown = {key: getattr(opening, key) for key in ("id", "title", "level")}
    return {**shown, "rounds": list(opening.rounds)}


def _lens(lens: Lens) -> dict[str, Any]:
    """One way to group the dimensions; it holds no evidence and no number."""
    facets = [{**vars(facet), "dimensions": list(facet.dimensions)} for facet in lens.facets]
    return {**vars(lens), "facets": facets}


def _tie_breaker(content: Content) -> dict[str, Any] | None:
    """The dimension that may decide between level candidates; alone it decides nothing."""
    row = next((each for each in content["dimensions"] if each["tie_breaker"]), None)
    if row is None:
        return None
    return {
        "dimension": row["id"],
        **{key: row[key] for key in ("supported", "lower_median", "coverage", "bar")},
        "decides": False,
        "because": "It is opened first only between two candidates who are level in all else.",
    }


def _late_edits(source: PacketInput, content: Content) -> list[dict[str, Any]]:
    """Amendments of counted cards that the first packet did not hold, with both readings."""
    edits = []
    for seat in sorted(source.seats, key=lambda each: each.order):
        late = [v for v in seat.versions if is_late(v, seat, source)]
        if seat.role == "shadow" or seat.round not in source.rubric.rounds or not late:
            continue
        before = _readings(terms.panel(_as_of(source, seat, late[0].number)))
        by_version = {each["version"]: each for each in amendments(seat, source)}
        for version in late:
            edits.append(
                {
                    "interview": seat.interview,
                    "round": seat.round,
                    "interviewer": seat.person,
                    **by_version[version.number],
                    "before": _reading(before, content),
                    "after": _reading(content, before),
                }
            )
    return edits


def _as_of(source: PacketInput, seat: SeatInput, number: int) -> PacketInput:
    """The loop as if this seat's version `number` and later had not been handed in."""
    earlier = tuple(version for version in seat.versions if version.number < number)
    seats = tuple(replace(s, versions=earlier) if s is seat else s for s in source.seats)
    return replace(source, seats=seats)


def _reading(one: Content, other: Content) -> dict[str, Any]:
    """What the packet reads in `one` where it differs from `other`."""
    keys = ("supported", "lower_median", "coverage", "bar")
    pairs = zip(one["dimensions"], other["dimensions"], strict=True)
    return {
        "header": one["reading_order"]["header"],
        "dimensions": {
            mine["id"]: {key: mine[key] for key in keys}
            for mine, theirs in pairs
            if any(mine[key] != theirs[key] for key in keys)
        },
        "flags": [
            {"signal": flag["signal"], "severity": flag["severity"]}
            for flag in one["flags"]
            if (flag["signal"], flag["severity"])
            not in {(each["signal"], each["severity"]) for each in other["flags"]}
        ],
    }
