"""Consistency and coverage: each dimension's ratings side by side, and what was never tested."""

from typing import Any

from packets.content import bar
from packets.content.panel import Panel, Reading

SPOT = 2  # points between two people's supported ratings that make a disagreement spot


def dimensions(panel: Panel, open_dimensions: frozenset[str]) -> list[dict[str, Any]]:
    """All dimensions of the rubric; those with an open disqualifying flag read `open`."""
    return [_dimension(panel, id, id in open_dimensions) for id in panel.rubric.dimensions]


def _dimension(panel: Panel, id: str, is_open: bool) -> dict[str, Any]:
    supported = panel.supported(id)
    values = sorted(each.value for each in supported if each.value is not None)
    apart = gap(supported)
    median = lower_median(values)
    needs = panel.bar.for_dimension(id)
    return {
        "id": id,
        "tie_breaker": panel.rubric.dimensions[id].tie_breaker,
        "ratings": [_shown(each) for each in panel.readings(id)],
        "supported": values,
        "range": apart,
        "lower_median": median,
        "coverage": coverage_of(len(values)),
        "single_source": len({each.by for each in supported}) == 1,
        "disagreement": apart is not None and apart >= SPOT,
        "bar": bar.reading(median, needs, is_open),
        "needs": needs,
        "must": id in panel.bar.musts,
    }


def _shown(each: Reading) -> dict[str, Any]:
    return {
        "interviewer": each.by,
        "round": each.round,
        "interview": each.interview,
        "rating": each.value,
        "supported": each.is_supported,
        "reason": each.reason,
        "rationale": each.rationale,
        "notes": [note.shown() for note in each.notes],
    }


def lower_median(values: list[int]) -> int | None:
    """The middle of sorted values, the lower of two when even; None of none."""
    return values[(len(values) - 1) // 2] if values else None


def gap(supported: tuple[Reading, ...]) -> int | None:
    """The widest distance between two different people's ratings; None where only one rated."""
    return max(
        (
            abs((a.value or 0) - (b.value or 0))
            for a in supported
            for b in supported
            if a.by != b.by
        ),
        default=None,
    )


def coverage_of(ratings: int) -> str:
    return "not_covered" if not ratings else "thin" if ratings == 1 else "covered"


def disagreements(panel: Panel) -> list[dict[str, Any]]:
    """The disagreement spots, each with the notes of both sides; the widest first."""
    spots = []
    for id in panel.rubric.dimensions:
        supported = panel.supported(id)
        apart = gap(supported)
        if apart is not None and apart >= SPOT:
            low = [a for a in supported if any(_above(a, b) for b in supported)]
            high = [b for b in supported if any(_above(a, b) for a in supported)]
            spots.append(
                {
                    "dimension": id,
                    "gap": apart,
                    "low": [_shown(each) for each in low],
                    "high": [_shown(each) for each in high],
                }
            )
    return sorted(spots, key=lambda spot: -spot["gap"])


def _above(a: Reading, b: Reading) -> bool:
    """Is b's rating by another person so far above a's that the two disagree?"""
    return a.by != b.by and (b.value or 0) - (a.value or 0) >= SPOT


def coverage(panel: Panel, dimensions: list[dict[str, Any]]) -> dict[str, Any]:
    """What nobody tested, what rests on one rating, and where the loop left its plan."""
    by_coverage = {
        wanted: [each["id"] for each in dimensions if each["coverage"] == wanted]
        for wanted in ("not_covered", "thin")
    }
    planned = panel.source.opening.rounds
    to_test = {id for round in (*planned, *panel.held) for id in panel.focus(round)}
    focus = [id for id in panel.rubric.dimensions if id in to_test]
    return {
        "focus": focus,
        **by_coverage,
        "gaps": [_gap(panel, each) for each in dimensions if _is_gap(each, focus)],
        "plan": _plan(panel),
    }


def _is_gap(dimension: dict[str, Any], focus: list[str]) -> bool:
    return dimension["id"] in focus and dimension["coverage"] != "covered"


def _gap(panel: Panel, dimension: dict[str, Any]) -> dict[str, Any]:
    """A gap, and who could close it: who rated it, else whose round was for it, else anybody."""
    id = dimension["id"]
    raters = [each.by for each in panel.supported(id)]
    testers = [card.by for card in panel.counted if id in panel.focus(card.seat.round)]
    owing = [seat.person for seat in panel.missing if id in panel.focus(seat.round)]
    anybody = [*panel.people, *(seat.person for seat in panel.missing)]
    rounds = [id_ for id_ in panel.rubric.rounds if id in panel.focus(id_)]
    return {
        "dimension": id,
        "coverage": dimension["coverage"],
        "rounds": rounds,
        "ask": list(dict.fromkeys(raters or [*testers, *owing] or anybody)),
    }


def _plan(panel: Panel) -> dict[str, list[str]]:
    planned, held = panel.source.opening.rounds, panel.held
    counted = {card.seat.round for card in panel.counted}
    dropped = sorted((s for s in panel.source.seats if s.cancelled), key=lambda s: s.order)
    return {
        "planned": list(planned),
        "held": list(held),
        "awaited": [round for round in held if round not in counted],
        "not_held": [round for round in planned if round not in held],
        "added": [round for round in held if round not in planned],
        "cancelled": list(dict.fromkeys(seat.round for seat in dropped)),
    }
