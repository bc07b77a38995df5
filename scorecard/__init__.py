"""Scorecards: live notes and their sync, ratings, flags, checks, submission, suggestions."""
