"""Votes, decisions, resolved flags, discussion and comparison; the audit page."""
