"""Consistency and coverage: each dimension's ratings side by side, and what was never tested."""

from packets.content import bar
from packets.content.card_sections import RatingEntry
from packets.content.document import (
    CoverageGap,
    CoverageSection,
    DimensionSection,
    DisagreementSection,
    RoundPlan,
)
from packets.content.panel import Panel, points

SPOT = 2  # points between two people's supported ratings that make a disagreement spot


def dimensions(panel: Panel, open_dimensions: set[str]) -> list[DimensionSection]:
    """All dimensions of the rubric; those with an open disqualifying flag read `open`."""
    return [_dimension(panel, id, id in open_dimensions) for id in panel.rubric.dimensions]


def _dimension(panel: Panel, id: str, is_open: bool) -> DimensionSection:
    supported = panel.supported(id)
    values = sorted(map(points, supported))
    apart = gap(supported)
    median = lower_median(values)
    needs = panel.bar.for_dimension(id)
    return {
        "id": id,
        "tie_breaker": panel.rubric.dimensions[id].tie_breaker,
        "ratings": panel.ratings(id),
        "supported": values,
        "range": apart,
        "lower_median": median,
        "coverage": "not_covered" if not values else "thin" if len(values) == 1 else "covered",
        "single_source": len({each["interviewer"] for each in supported}) == 1,
        "disagreement": apart is not None and apart >= SPOT,
        "bar": bar.reading(median, needs, is_open),
        "needs": needs,
        "must": id in panel.bar.musts,
    }


def lower_median(values: list[int]) -> int | None:
    """The middle of sorted values, the lower of two when even; None of none."""
    return values[(len(values) - 1) // 2] if values else None


def gap(supported: list[RatingEntry]) -> int | None:
    """The widest distance between two different people's ratings; None where only one rated."""
    people = {each["interviewer"] for each in supported}
    distances = (_above(a, b) for a in supported for b in supported)
    return max(distances) if len(people) > 1 else None


def _above(a: RatingEntry, b: RatingEntry) -> int:
    """How far b's rating stands above a's; 0 for two ratings of one person."""
    return points(b) - points(a) if a["interviewer"] != b["interviewer"] else 0


def disagreements(panel: Panel) -> list[DisagreementSection]:
    """The disagreement spots, each with the notes of both sides; the widest first."""
    spots: list[DisagreementSection] = []
    for id in panel.rubric.dimensions:
        supported = panel.supported(id)
        apart = gap(supported)
        if apart is not None and apart >= SPOT:
            low = [a for a in supported if any(_above(a, b) >= SPOT for b in supported)]
            high = [b for b in supported if any(_above(a, b) >= SPOT for a in supported)]
            spots.append(
                {
                    "dimension": id,
                    "gap": apart,
                    "low": low,
                    "high": high,
                }
            )
    return sorted(spots, key=lambda spot: -spot["gap"])


def coverage(panel: Panel, dimensions: list[DimensionSection]) -> CoverageSection:
    """What nobody tested, what rests on one rating, and where the loop left its plan."""
    return {
        "focus": [id for id in panel.rubric.dimensions if id in panel.to_test],
        "not_covered": [each["id"] for each in dimensions if each["coverage"] == "not_covered"],
        "thin": [each["id"] for each in dimensions if each["coverage"] == "thin"],
        "gaps": [
            _gap(panel, each)
            for each in dimensions
            if each["id"] in panel.to_test and each["coverage"] != "covered"
        ],
        "plan": _plan(panel),
    }


def _gap(panel: Panel, dimension: DimensionSection) -> CoverageGap:
    """A gap, and who could close it: who rated it, else whose round was for it, else anybody."""
    id = dimension["id"]
    raters = [each["interviewer"] for each in panel.supported(id)]
    testers = [card.by for card in panel.counted if id in panel.focus(card.seat.round)]
    owing = [seat.person for seat in panel.missing if id in panel.focus(seat.round)]
    anybody = [*panel.people, *(seat.person for seat in panel.missing)]
    return {
        "dimension": id,
        "coverage": dimension["coverage"],
        "rounds": [round for round in panel.rubric.rounds if id in panel.focus(round)],
        "ask": list(dict.fromkeys(raters or [*testers, *owing] or anybody)),
    }


def _plan(panel: Panel) -> RoundPlan:
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
