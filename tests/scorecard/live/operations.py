"""Operations as a page makes them, and what the server answers."""

import uuid
from typing import Any

from scorecard.models import Scorecard
from scorecard.sync import sync


def new() -> str:
    return str(uuid.uuid4())


def put(entity: str, base: int = 0, kind: str = "note.put", id: str = "", **value) -> dict:
    return {
        "id": id or new(),
        "kind": kind,
        "entity": entity,
        "base_revision": base,
        "value": value,
    }


def field(entity: str, value: Any, base: int = 0, kind: str = "card.put") -> dict:
    return {"id": new(), "kind": kind, "entity": entity, "base_revision": base, "value": value}


def send(card: Scorecard, *operations: Any) -> list[dict]:
    return sync(card.pk, card.author, {"operations": list(operations)}).results


def the_error(card: Scorecard, operation: Any) -> dict:
    [result] = send(card, operation)
    assert result["status"] == "refused"
    return result["error"]
