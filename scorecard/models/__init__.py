from scorecard.models.card import Scorecard, ScorecardVersion, SyncOperation
from scorecard.models.evidence import Flag, Note, Rating

__all__ = ["Flag", "Note", "Rating", "Scorecard", "ScorecardVersion", "SyncOperation"]
