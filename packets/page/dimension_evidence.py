"""Part 6: what was written down of each dimension, card by card; noise stands apart."""

from dataclasses import dataclass

from packets.content.card_sections import NoteEntry, RatingEntry
from packets.content.document import DimensionEvidence, PacketContent
from packets.page.labels import CardLabel, Labels, ShownRating, by_time
from scorecard.readable import ReadableNote


@dataclass(frozen=True)
class DimensionNotes:
    id: str
    title: str
    strengths: int
    risks: int
    noise: int
    groups: list[ShownRating]  # one a card, with the notes that it cites or tagged
    ignored: list[tuple[CardLabel, list[ReadableNote]]]  # noise


def evidence(content: PacketContent, labels: Labels) -> list[DimensionNotes]:
    ratings = {each["id"]: each["ratings"] for each in content["dimensions"]}
    return [_dimension(each, ratings[each["dimension"]], labels) for each in content["evidence"]]


def _dimension(
    found: DimensionEvidence, ratings: list[RatingEntry], labels: Labels
) -> DimensionNotes:
    id = found["dimension"]
    rated = {labels.ref(rating): rating for rating in ratings}
    tagged: dict[str, list[NoteEntry]] = {}
    for note in (*found["strengths"], *found["risks"], *found["other"]):
        tagged.setdefault(labels.ref(note), []).append(note)
    refs = sorted({*rated, *tagged}, key=int)
    ignored = _noise(found["noise"], ratings)
    return DimensionNotes(
        id=id,
        title=labels.title("dimensions", id),
        strengths=len(found["strengths"]),
        risks=len(found["risks"]),
        noise=len(ignored),
        groups=[_on_card(id, rated.get(ref), tagged.get(ref, []), labels) for ref in refs],
        ignored=labels.by_card(ignored),
    )


def _noise(tagged: list[NoteEntry], ratings: list[RatingEntry]) -> list[NoteEntry]:
    """Noise on the dimension, and what its ratings cite in vain, wherever that was tagged."""
    cited = [note for rating in ratings for note in rating["notes"]]
    noise = [*tagged, *(note for note in cited if note["polarity"] == "noise")]
    return list({note["ref"]: note for note in noise}.values())


def _on_card(
    dimension: str, rating: RatingEntry | None, tagged: list[NoteEntry], labels: Labels
) -> ShownRating:
    """What one card holds on the dimension: a rating, notes that were tagged with it, or both."""
    if rating:
        cited = [note for note in rating["notes"] if note["polarity"] != "noise"]
        return labels.rating(dimension, rating, by_time(cited, tagged))
    where, title = labels.where(tagged[0]), labels.title("dimensions", dimension)
    anchor, notes = labels.evidence_anchor(dimension, tagged[0]), labels.notes(by_time(tagged))
    return ShownRating(anchor, where, title, None, "Did not rate it.", "", notes)
