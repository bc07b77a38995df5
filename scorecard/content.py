"""What one scorecard says: the frozen form in which it is submitted, checked and read.

Plain dataclasses without Django. `CardContent.to_dict` is what a ScorecardVersion stores and
what a packet is built from; notes are referred to by their id.
"""

import hashlib
import json
from dataclasses import asdict, dataclass
from typing import Any

NOTE_KINDS = ("observation", "quote", "probe")
SEVERITIES = ("concern", "disqualifying")


@dataclass(frozen=True)
class NoteContent:
    id: str  # uuid as text
    at_seconds: int  # from the start of the interview
    kind: str  # one of NOTE_KINDS; a probe is what the interviewer put
    text: str
    stage: str = ""
    probe: str = ""
    dimension: str = ""
    signal: str = ""
    polarity: str = ""  # strength, risk, noise; that of the signal where there is one
    job_related: str = ""  # the writer's reason for keeping a remark that was challenged


@dataclass(frozen=True)
class RatingContent:
    dimension: str
    value: int | None  # 1..4; None is "not observed", never a low score
    rationale: str = ""
    not_observed_reason: str = ""
    notes: tuple[str, ...] = ()  # ids of cited notes


@dataclass(frozen=True)
class FlagContent:
    signal: str
    severity: str  # one of SEVERITIES
    explanation: str = ""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Answer:
    """The reason an interviewer gave for going on in spite of a soft finding of the checks."""

    code: str
    where: str
    reason: str


@dataclass(frozen=True)
class CardContent:
    recommendation: str = ""
    correctness: str = ""
    summary: str = ""
    follow_up: str = ""
    notes: tuple[NoteContent, ...] = ()  # as written down, not always by time
    ratings: tuple[RatingContent, ...] = ()
    flags: tuple[FlagContent, ...] = ()
    answers: tuple[Answer, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        data: dict[str, Any] = json.loads(canonical(asdict(self)))
        return data

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> "CardContent":
        rows = {
            "notes": tuple(NoteContent(**note) for note in data["notes"]),
            "ratings": tuple(RatingContent(**_with_notes(rating)) for rating in data["ratings"]),
            "flags": tuple(FlagContent(**_with_notes(flag)) for flag in data["flags"]),
            "answers": tuple(Answer(**answer) for answer in data["answers"]),
        }
        return cls(**data | rows)

    def digest(self) -> str:
        return digest(asdict(self))


def _with_notes(data: dict[str, Any]) -> dict[str, Any]:
    return {**data, "notes": tuple(data["notes"])}


def canonical(data: Any) -> str:
    """JSON with one spelling for one value: sorted keys, no spaces, real characters."""
    return json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def digest(data: Any) -> str:
    return "sha256:" + hashlib.sha256(canonical(data).encode()).hexdigest()
