"""Calendars of interviewers: an invitation for each change, and a private feed."""
