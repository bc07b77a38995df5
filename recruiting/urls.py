"""Home, boards and loops, search, invitations, reminders, letters."""

from django.urls import path

from recruiting.views import board, feedback, home, invitations, loops, my_calendar, reminders
from recruiting.views.search import search_page

urlpatterns = [
    path("", home.home, name="home"),
    path("search/", search_page, name="search"),
    path("loops/", loops.loop_list, name="loops"),
    path("loops/<uuid:pk>/", loops.loop, name="loop"),
    path("openings/<uuid:pk>/", board.opening, name="opening"),
    path("openings/<uuid:pk>/reminders/", reminders.opening_reminders, name="opening_reminders"),
    path("reminders/", reminders.reminder_log, name="reminders"),
    path("interviews/<uuid:pk>/invitations/", invitations.invitations, name="invitations"),
    path("profile/calendar/", my_calendar.my_calendar, name="my_calendar"),
    path("profile/calendar/renew/", my_calendar.renew_calendar, name="renew_calendar"),
    path("profile/calendar/revoke/", my_calendar.revoke_calendar, name="revoke_calendar"),
    path("calendar/<str:token>.ics", my_calendar.calendar_feed, name="calendar_feed"),
    path("loops/<uuid:pk>/feedback/", feedback.loop_feedback, name="loop_feedback"),
    path("loops/<uuid:pk>/feedback/draft/", feedback.draft_feedback, name="draft_feedback"),
    path("feedback/<uuid:pk>/", feedback.feedback, name="feedback"),
    path("feedback/<uuid:pk>/release/", feedback.release_feedback, name="release_feedback"),
    path("feedback-checks/<uuid:pk>/", feedback.check_feedback, name="check_feedback"),
]
