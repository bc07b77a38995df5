"""Lenses: the same dimensions, grouped as other people group them. They add nothing of their own.

The address names the lens (`?lens=strong-answer`), so that a link keeps it and no script is needed.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Generic, Protocol, TypeVar

from packets.content.document import LensEntry, PacketContent

ELSEWHERE = "In no part of this lens"
DERIVED = "Not rated: it is read from how far the rounds agree."


class OfDimension(Protocol):
    @property
    def id(self) -> str: ...


T = TypeVar("T", bound=OfDimension)


@dataclass(frozen=True)
class FacetRows(Generic[T]):
    """One facet's rows. A dimension that stood in an earlier facet is `again` here."""

    title: str
    rows: list[T]
    again: list[T] = field(default_factory=list)
    says: str = ""

    @property
    def all(self) -> list[T]:
        """Every row of the facet in its own order: for a table, where a row may stand twice."""
        return [*self.rows, *self.again]


@dataclass(frozen=True)
class Lens:
    """Without a chosen one, the ten dimensions stand as the rubric lists them."""

    choices: list[LensEntry]
    chosen: LensEntry | None

    @property
    def query(self) -> str:
        """What keeps the lens in a link to another packet."""
        return f"?lens={self.chosen['id']}" if self.chosen else ""

    def group(self, rows: Sequence[T]) -> list[FacetRows[T]]:
        """Every row at least once, under each facet that draws on its dimension."""
        if not self.chosen:
            return [FacetRows("", list(rows))]
        left = {row.id: row for row in rows}
        known, groups = dict(left), []
        for facet in self.chosen["facets"]:
            drawn = [id for id in facet["dimensions"] if id in known]
            again = [known[id] for id in drawn if id not in left]
            first = [left.pop(id) for id in drawn if id in left]
            says = DERIVED if facet["derived"] else ""
            groups.append(FacetRows(facet["title"], first, again, says))
        return [*groups, FacetRows(ELSEWHERE, list(left.values()))] if left else groups


def lens(content: PacketContent, id: str) -> Lens:
    """A lens that the packet does not know is none."""
    choices = content.get("lenses", [])
    return Lens(choices, next((each for each in choices if each["id"] == id), None))
