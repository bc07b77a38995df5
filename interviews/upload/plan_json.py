"""A plan between its making and the word to go on, as JSON: what is shown of it, and its digest."""

from dataclasses import asdict
from datetime import datetime
from typing import Any

from interviews.upload.plan import Plan, Step, Verdict
from interviews.upload.rows import Row

TIMES = ("starts_at", "ends_at")


def pack(plan: Plan) -> dict[str, Any]:
    steps = [
        {"row": asdict(s.row), "verdict": s.verdict, "says": s.says, "warns": s.warns}
        for s in plan.steps
    ]
    return {"digest": plan.digest, "steps": steps}


def unpack(packed: dict[str, Any]) -> Plan:
    """The plan to be shown. Its steps know nothing of the database: doing it plans anew."""
    return Plan(tuple(_step(**step) for step in packed["steps"]), packed["digest"])


def _step(row: dict[str, Any], verdict: str, says: list[str], warns: list[str]) -> Step:
    times = {at: row[at] and datetime.fromisoformat(row[at]) for at in TIMES}
    return Step(Row(**row | times), Verdict(verdict), tuple(says), tuple(warns))
