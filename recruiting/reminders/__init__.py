"""Chasing late scorecards: when a reminder is due, what it says, and that it goes out once."""
