from scorecard.models.card import Scorecard, ScorecardVersion, SyncOperation
from scorecard.models.evidence import Flag, Note, Rating
from scorecard.models.imports import ImportRun, LoopUpload
from scorecard.models.rubric import RubricVersion

__all__ = [
    "Flag",
    "ImportRun",
    "LoopUpload",
    "Note",
    "Rating",
    "RubricVersion",
    "Scorecard",
    "ScorecardVersion",
    "SyncOperation",
]
