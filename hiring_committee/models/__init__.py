from hiring_committee.models.ballots import BallotOpening, Decision, Vote, is_in_debrief
from hiring_committee.models.comment import Comment
from hiring_committee.models.evidence_note import EvidenceNote
from hiring_committee.models.resolutions import (
    FlagResolution,
    Outcome,
    RecruiterTask,
    with_resolutions,
)

__all__ = [
    "BallotOpening",
    "Comment",
    "Decision",
    "EvidenceNote",
    "FlagResolution",
    "Outcome",
    "RecruiterTask",
    "Vote",
    "is_in_debrief",
    "with_resolutions",
]
