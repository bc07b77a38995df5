from hiring_committee.models.ballots import BallotOpening, Vote
from hiring_committee.models.comments import Comment
from hiring_committee.models.decisions import Decision
from hiring_committee.models.evidence_notes import EvidenceNote
from hiring_committee.models.recruiter_tasks import RecruiterTask
from hiring_committee.models.resolutions import FlagResolution, Outcome, with_resolutions

__all__ = [
    "BallotOpening",
    "Comment",
    "Decision",
    "EvidenceNote",
    "FlagResolution",
    "Outcome",
    "RecruiterTask",
    "Vote",
    "with_resolutions",
]
