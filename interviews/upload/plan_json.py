"""A plan between its making and the word to go on, as JSON: what is shown of it, and its digest."""

from datetime import datetime
from typing import Any

from interviews.upload.plan import Plan, Step, Verdict
from interviews.upload.rows import Row


def pack(plan: Plan) -> dict[str, Any]:
    return {"digest": plan.digest, "steps": [_packed(step) for step in plan.steps]}


def unpack(kept: dict[str, Any]) -> Plan:
    """The plan to be shown. Its steps know nothing of the database: doing it plans anew."""
    return Plan(tuple(_unpacked(step) for step in kept["steps"]), kept["digest"])


def _packed(step: Step) -> dict[str, Any]:
    row = step.row
    return {
        "row": [row.number, row.name, row.email],
        "round": row.round,
        "times": [at and at.isoformat() for at in (row.starts_at, row.ends_at)],
        "people": dict(row.people),
        "verdict": step.verdict,
        "says": step.says,
        "warns": step.warns,
    }


def _unpacked(kept: dict[str, Any]) -> Step:
    number, name, email = kept["row"]
    starts_at, ends_at = (at and datetime.fromisoformat(at) for at in kept["times"])
    row = Row(
        number,
        name,
        email,
        round=kept["round"],
        starts_at=starts_at,
        ends_at=ends_at,
        people=kept["people"],
    )
    return Step(row, Verdict(kept["verdict"]), tuple(kept["says"]), tuple(kept["warns"]))
