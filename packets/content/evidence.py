"""The evidence by dimension: strengths and risks, and apart from them what counts for nothing."""

from packets.content.document import DimensionEvidence
from packets.content.panel import NOISE, PROBE, RISK, STRENGTH, Note, Panel, entries


def evidence(panel: Panel) -> list[DimensionEvidence]:
    """All dimensions with their notes by polarity; `other` notes bear none.

    What the interviewer put is no evidence and is left to the whole cards.
    """
    notes = [note for card in panel.counted for note in card.notes if note.content.kind != PROBE]
    return [
        _dimension(id, [note for note in notes if note.content.dimension == id])
        for id in panel.rubric.dimensions
    ]


def _dimension(id: str, notes: list[Note]) -> DimensionEvidence:
    polar = (STRENGTH, RISK, NOISE)
    return {
        "dimension": id,
        "strengths": entries(note for note in notes if note.content.polarity == STRENGTH),
        "risks": entries(note for note in notes if note.content.polarity == RISK),
        "noise": entries(note for note in notes if note.content.polarity == NOISE),
        "other": entries(note for note in notes if note.content.polarity not in polar),
    }
