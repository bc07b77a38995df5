from recruiting.models.feedback import Feedback, FeedbackCheck, FeedbackRelease, FeedbackText
from recruiting.models.invitations import CalendarFeed, Invitation
from recruiting.models.reminders import Reminder, ReminderSchedule

__all__ = [
    "CalendarFeed",
    "Feedback",
    "FeedbackCheck",
    "FeedbackRelease",
    "FeedbackText",
    "Invitation",
    "Reminder",
    "ReminderSchedule",
]
