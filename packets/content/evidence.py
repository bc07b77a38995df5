"""The evidence by dimension: strengths and risks, and apart from them what counts for nothing."""

from typing import Any

from packets.content.panel import NOISE, PROBE, RISK, STRENGTH, Panel

SHELVES = {STRENGTH: "strengths", RISK: "risks", NOISE: "noise"}


def evidence(panel: Panel) -> list[dict[str, Any]]:
    """All dimensions with their notes by polarity; `other` notes bear none.

    What the interviewer put is no evidence and is left to the whole cards.
    """
    rows: dict[str, dict[str, Any]] = {
        id: {"dimension": id, "strengths": [], "risks": [], "noise": [], "other": []}
        for id in panel.rubric.dimensions
    }
    for card in panel.counted:
        for note in card.notes:
            if note.content.dimension in rows and note.content.kind != PROBE:
                shelf = SHELVES.get(note.content.polarity, "other")
                rows[note.content.dimension][shelf].append(note.shown())
    return list(rows.values())
