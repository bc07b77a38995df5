"""Home, loops, their setting up, the audit trail; packets."""

from django.urls import path

from hiring_committee.views import (
    audit,
    candidates,
    feedback,
    home,
    loops,
    openings,
    packets,
    schedule,
)

urlpatterns = [
    path("", home.home, name="home"),
    path("loops/", loops.loop_list, name="loops"),
    path("loops/<uuid:pk>/", loops.loop, name="loop"),
    path("loops/<uuid:pk>/interviews/add/", schedule.add_interview, name="add_interview"),
    path("loops/<uuid:pk>/committee/add/", schedule.add_seat, name="add_committee_seat"),
    path("committee-seats/<int:pk>/recuse/", schedule.recuse, name="recuse"),
    path("candidates/<uuid:pk>/edit/", candidates.edit_candidate, name="edit_candidate"),
    path("interviews/check-times/", schedule.check_times, name="check_times"),
    path("interviews/<uuid:pk>/", schedule.edit_interview, name="edit_interview"),
    path("interviews/<uuid:pk>/cancel/", schedule.cancel_interview, name="cancel_interview"),
    path("openings/", openings.opening_list, name="openings"),
    path("openings/add/", openings.add_opening, name="add_opening"),
    path("openings/<uuid:pk>/", openings.opening, name="opening"),
    path("openings/<uuid:pk>/edit/", openings.edit_opening, name="edit_opening"),
    path("openings/<uuid:pk>/bar/", openings.opening_bar, name="opening_bar"),
    path("openings/<uuid:pk>/loops/add/", openings.add_loop, name="add_loop"),
    path("audit/", audit.trail, name="audit"),
    path("packets/<uuid:pk>/", packets.packet, name="packet"),
    path("packets/<uuid:pk>.json", packets.packet_json, name="packet_json"),
    path("loops/<uuid:pk>/packet/", packets.loop_packet, name="loop_packet"),
    path("loops/<uuid:pk>/packet/build/", packets.build_packet, name="build_packet"),
    path("packet-requests/<uuid:pk>/", packets.packet_request, name="packet_request"),
    path("loops/<uuid:pk>/feedback/", feedback.loop_feedback, name="loop_feedback"),
    path("loops/<uuid:pk>/feedback/draft/", feedback.draft_feedback, name="draft_feedback"),
    path("feedback/<uuid:pk>/", feedback.feedback, name="feedback"),
    path("feedback/<uuid:pk>/ask/", feedback.ask_check, name="ask_check"),
    path("feedback/<uuid:pk>/release/", feedback.release_feedback, name="release_feedback"),
    path("feedback-checks/<uuid:pk>/", feedback.check_feedback, name="check_feedback"),
]
