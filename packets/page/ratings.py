"""One card's rating of one dimension, wherever the page shows one."""

from collections.abc import Iterable
from dataclasses import dataclass

from packets.content.card_sections import NoteEntry, RatingEntry
from packets.page.labels import CardLabel, Labels
from scorecard.readable import ReadableNote


@dataclass(frozen=True)
class ShownRating:
    """`reason` says why the rating counts for nothing, or why there is none."""

    anchor: str
    where: CardLabel
    dimension: str
    value: int | None
    reason: str
    rationale: str
    notes: list[ReadableNote]


def evidence_anchor(dimension: str, ref: str) -> str:
    """Where the evidence has what that card holds on the dimension."""
    return f"ev-{dimension}-{ref}"


def shown_rating(
    dimension: str, rating: RatingEntry, labels: Labels, notes: Iterable[NoteEntry] | None = None
) -> ShownRating:
    """With the notes that it cites, or with these."""
    return ShownRating(
        anchor=evidence_anchor(dimension, labels.ref(rating)),
        where=labels.where(rating),
        dimension=labels.title("dimensions", dimension),
        value=rating["rating"],
        reason=rating["reason"],
        rationale=rating["rationale"],
        notes=labels.notes(rating["notes"] if notes is None else notes),
    )
