"""The order of thinking: when objective, data, model and trade-offs first came up in each round."""

from packets.content.card_sections import OrderOfThinking
from packets.content.panel import Card, Panel

STAGES = {
    "objective": "objective",
    "data": "data",
    "model": "model-choice",
    "tradeoffs": "trade-offs",
}


def order_of_thinking(panel: Panel) -> list[OrderOfThinking]:
    """One row a counted card, in seconds from the start of its interview, and the notes' refs."""
    return [_row(card) for card in panel.counted]


def _row(card: Card) -> OrderOfThinking:
    # A probe is the interviewer's: what counts is the candidate's own first word on the stage.
    first = {
        key: next((note for note in card.own_notes if note["stage"] == stage), None)
        for key, stage in STAGES.items()
    }
    at = {key: note["at_seconds"] if note else None for key, note in first.items()}
    return {
        **card.seat_entry,
        "objective_s": at["objective"],
        "data_s": at["data"],
        "model_s": at["model"],
        "tradeoffs_s": at["tradeoffs"],
        "objective_before_model": _before(at["objective"], at["model"]),
        "data_before_model": _before(at["data"], at["model"]),
        "first_notes": {key: note["ref"] if note else None for key, note in first.items()},
    }


def _before(one: int | None, other: int | None) -> bool | None:
    """Undefined where either never came up; at one second, neither came before."""
    return None if one is None or other is None else one < other
