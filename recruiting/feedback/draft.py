"""The first draft of a candidate's feedback. Pure: out of a packet's document and its rubric.

Every sentence about the candidate is the rubric's own, chosen by what supported ratings cite. The
draft takes ids out of the packet and no text, so that no quote, name, rating or flag can get in.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from packets.content.card_sections import FlagSection
from packets.content.document import DimensionSection, PacketContent
from rubric.content import Rubric

LEAST_CARDS = 2  # with one, the candidate would know whose view they read
SOLID = 3  # from this rating on, what it cites was seen as a strength
MOST_SEEN, MOST_MORE = 5, 3  # points: more of them are not read

SAYS = yaml.safe_load(Path(__file__).with_name("sentences.yaml").read_text("utf-8"))


@dataclass(frozen=True)
class Point:
    """One thing to say, and the dimension it is about."""

    dimension: str
    title: str
    text: str


@dataclass(frozen=True)
class Draft:
    """What was seen, what would have shown more, and the letter made of both."""

    seen: tuple[Point, ...]
    more: tuple[Point, ...]
    text: str


def is_ready(document: PacketContent) -> bool:
    """Do enough counted scorecards stand behind the packet to speak of what was seen?"""
    counted = [card for card in document["scorecards"] if card["status"] == "counted"]
    return len(counted) >= LEAST_CARDS


def draft(document: PacketContent, rubric: Rubric) -> Draft:
    """A letter in the house's words. Raises ValueError where `is_ready` says no."""
    if not is_ready(document):
        raise ValueError(f"Feedback needs {LEAST_CARDS} scorecards that count.")
    tested = [row for row in document["dimensions"] if row["supported"]]
    wanting = _wanting(tested, document)
    more = tuple(_growth(rubric, wanting))
    seen = tuple(_seen([row for row in tested if row["id"] not in wanting], rubric))
    return Draft(seen, more, _letter(document, seen, more))


def _wanting(tested: Sequence[DimensionSection], document: PacketContent) -> dict[str, bool]:
    """Tested dimensions with something left to show, what the level needs most first.

    Below the bar; else under a flag that stands; else where the panel is split. With each, whether
    its bar is met all the same: then it was seen in one room and not in another.
    """
    standing = {flag["dimension"] for flag in document["flags"] if _stands(flag)}

    def rank(row: DimensionSection) -> int | None:
        if (row["lower_median"] or 0) < row["needs"]:
            return 0 if row["must"] else 1
        if row["id"] in standing:
            return 2
        return 3 if row["disagreement"] and min(row["supported"]) < SOLID else None

    ranked = [(place, row["id"]) for row in tested if (place := rank(row)) is not None]
    ranked.sort(key=lambda each: each[0])  # stable: the rubric's order
    return {id: place > 1 for place, id in ranked}


def _stands(flag: FlagSection) -> bool:
    """A flag counts against a dimension until somebody found that it was not supported."""
    resolution = flag["resolution"]
    return not resolution or resolution["outcome"] != "not_supported"


def _growth(rubric: Rubric, wanting: Mapping[str, bool]) -> Iterator[Point]:
    """In the rubric's words; of several that differed between rooms, each says so otherwise."""
    told = iter(SAYS["differed"])
    for id, met in list(wanting.items())[:MOST_MORE]:
        dimension = rubric.dimensions[id]
        differed = next(told) if met else ""
        yield Point(id, dimension.title, differed + dimension.growth)


def _seen(tested: Iterable[DimensionSection], rubric: Rubric) -> list[Point]:
    """The strength of each dimension that most people cited; the firmest dimensions first."""
    found: list[tuple[int, int, Point]] = []
    for row in tested:
        people = _cited(row)
        known = [id for id in people if id in rubric.signals and rubric.signals[id].told]
        if known:
            best = max(known, key=lambda id: len(people[id]))  # the first of equals
            title = rubric.dimensions[row["id"]].title
            point = Point(row["id"], title, rubric.signals[best].told)
            found.append((row["lower_median"] or 0, len(people[best]), point))
    found.sort(key=lambda each: (-each[0], -each[1]))  # stable: the rubric's order
    return [point for _, _, point in found[:MOST_SEEN]]


def _cited(row: DimensionSection) -> dict[str, set[str]]:
    """Strengths that supported, solid ratings of the dimension cite, with who cites them."""
    people: dict[str, set[str]] = {}
    for rating in row["ratings"]:
        if not rating["supported"] or (rating["rating"] or 0) < SOLID:
            continue
        for note in rating["notes"]:
            if note["polarity"] == "strength" and note["dimension"] == row["id"]:
                people.setdefault(note["signal"], set()).add(rating["interviewer"])
    return people


def _letter(document: PacketContent, seen: Sequence[Point], more: Sequence[Point]) -> str:
    """Plain text: paragraphs, and a line for each point."""
    parts = [
        f"Dear {document['candidate']['name']},",
        SAYS["opening"].format(title=document["opening"]["title"]),
    ]
    if seen:
        parts.append(_points(SAYS["seen"], seen))
    if more:
        parts += [_points(SAYS["more"], more), SAYS["closing"]]
    elif seen:
        parts += [SAYS["nothing_more"], SAYS["closing_well"]]
    else:
        parts += [SAYS["little"], SAYS["closing_well"]]
    parts.append(SAYS["farewell"])
    return "\n\n".join(parts) + "\n"


def _points(heading: str, points: Sequence[Point]) -> str:
    return "\n".join([heading, *(f"- {point.title}: {point.text}" for point in points)])
