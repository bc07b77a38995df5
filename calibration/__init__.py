"""Severity and agreement of interviewers: arithmetic, and the snapshots of what it found."""
