"""The order of thinking: when objective, data, model and trade-offs first came up in each round."""

from typing import Any

from hiring_committee.packet.terms import PROBE, Card, Panel

STAGES = {
    "objective_s": "objective",
    "data_s": "data",
    "model_s": "model-choice",
    "tradeoffs_s": "trade-offs",
}


def order_of_thinking(panel: Panel) -> list[dict[str, Any]]:
    """One row a counted card, in seconds from the start of its interview."""
    return [_row(card) for card in panel.counted]


def _row(card: Card) -> dict[str, Any]:
    first = {key: _first(card, stage) for key, stage in STAGES.items()}
    return {
        "round": card.seat.round,
        "interviewer": card.by,
        "interview": card.seat.interview,
        **first,
        "objective_before_model": _before(first["objective_s"], first["model_s"]),
        "data_before_model": _before(first["data_s"], first["model_s"]),
    }


def _first(card: Card, stage: str) -> int | None:
    """The candidate's own first word on the stage: a probe is the interviewer's."""
    own = (note.content for note in card.notes if note.content.kind != PROBE)
    return min((note.at_seconds for note in own if note.stage == stage), default=None)


def _before(one: int | None, other: int | None) -> bool | None:
    """Undefined where either never came up; at one second, neither came before."""
    return None if one is None or other is None else one < other
