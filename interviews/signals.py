"""What other apps may hear of: sent inside the transaction that caused it."""

from django.dispatch import Signal

# A loop's interviews or who sits in them changed, be it that one was cancelled.
# Arguments: loop (Loop), by (User or None).
loop_changed = Signal()

# What every packet of an opening is measured against changed: level, plan or bar.
# Arguments: opening (Opening), by (User or None).
opening_changed = Signal()

# Who sits in a loop's committee changed: a seat was added or recused, or the chair passed on.
# Arguments: loop (Loop), by (User or None).
committee_changed = Signal()

# Interviews were scheduled, moved or cancelled, or who sits in them changed.
# Arguments: interviews (list of Interview), by (User or None).
interviews_changed = Signal()
