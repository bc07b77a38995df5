"""What other apps may hear of: sent inside the transaction that caused it."""

from django.dispatch import Signal

# A scorecard got a new version (submitted, amended or imported).
# Arguments: scorecard (Scorecard), version (ScorecardVersion).
version_added = Signal()
