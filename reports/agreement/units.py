"""Who is compared with whom: a season's ratings as units that more than one rater has rated. Pure.

Two questions, kept apart, since their answers differ. *In one room*: do two people who heard the
same answers give the same rating? *Across rounds*: do different people, who heard different
answers, rate one candidate alike?
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Any

from calibration.agreement import agreement
from calibration.judgement import Judgement
from packets.content.dimensions import lower_median
from reports.closed_ratings import CountedRating

Unit = tuple[str, ...]


def in_one_room(ratings: Iterable[CountedRating]) -> list[Judgement]:
    """Each interview is a unit, each of its people a rater. `ratings` are of one dimension."""
    return [
        Judgement(" ".join(room), each.interviewer, each.value, each.candidate)
        for room, those in _rooms(ratings).items()
        if len({each.interviewer for each in those}) > 1
        for each in those
    ]


def across_rounds(ratings: Iterable[CountedRating]) -> list[Judgement]:
    """Each candidate is a unit, each interview a rater. `ratings` are of one dimension.

    People of one room count as one, with the lower median of their ratings; a later interview by
    somebody of an earlier one is left out, since two rounds by one person are one person.
    """
    by_candidate: dict[str, list[Judgement]] = defaultdict(list)
    met: dict[str, set[str]] = defaultdict(set)
    for _, those in sorted(_rooms(ratings).items()):
        candidate, people = those[0].candidate, {each.interviewer for each in those}
        if people & met[candidate]:
            continue
        met[candidate] |= people
        value = lower_median(sorted(each.value for each in those)) or 0
        by_candidate[candidate].append(Judgement(candidate, " ".join(sorted(people)), value))
    return [each for those in by_candidate.values() if len(those) > 1 for each in those]


def _rooms(ratings: Iterable[CountedRating]) -> dict[Unit, list[CountedRating]]:
    rooms: dict[Unit, list[CountedRating]] = defaultdict(list)
    for each in ratings:
        rooms[str(each.packet), each.interview].append(each)
    return rooms


DESIGNS: dict[str, Callable[[Iterable[CountedRating]], list[Judgement]]] = {
    "in_one_room": in_one_room,
    "across_rounds": across_rounds,
}


def figures(ratings: list[CountedRating], alive: Callable[[int], object]) -> dict[str, Any]:
    """For each design the figures of each dimension, as JSON. `alive` hears the share, in percent.

    A dimension that no two raters can be compared in has its design's entry all the same.
    """
    by_dimension: dict[str, list[CountedRating]] = defaultdict(list)
    for each in ratings:
        by_dimension[each.dimension].append(each)
    found: dict[str, Any] = {design: {} for design in DESIGNS}
    for done, (dimension, those) in enumerate(by_dimension.items()):
        alive(100 * done // len(by_dimension))
        for design, judgements in DESIGNS.items():
            found[design][dimension] = _figures(judgements(those))
    return found


def _figures(judgements: list[Judgement]) -> dict[str, Any]:
    return {**vars(agreement(judgements)), "ratings": len(judgements)}
