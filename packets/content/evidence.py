"""The evidence by dimension: strengths and risks, and apart from them what counts for nothing."""

from packets.content.card_sections import NoteEntry
from packets.content.document import DimensionEvidence
from packets.content.panel import NOISE, RISK, STRENGTH, Panel


def evidence(panel: Panel) -> list[DimensionEvidence]:
    """All dimensions with their notes by polarity; `other` notes bear none.

    What the interviewer put is no evidence and is left to the whole cards.
    """
    notes = [note for card in panel.counted for note in card.own_notes]
    return [
        _dimension(id, [note for note in notes if note["dimension"] == id])
        for id in panel.rubric.dimensions
    ]


def _dimension(id: str, notes: list[NoteEntry]) -> DimensionEvidence:
    return {
        "dimension": id,
        "strengths": [note for note in notes if note["polarity"] == STRENGTH],
        "risks": [note for note in notes if note["polarity"] == RISK],
        "noise": [note for note in notes if note["polarity"] == NOISE],
        "other": [note for note in notes if note["polarity"] not in (STRENGTH, RISK, NOISE)],
    }
