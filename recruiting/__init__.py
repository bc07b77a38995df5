"""The recruiter's day: home, board, search, invitations, reminders, candidate letters; the demo."""
