"""Packets, votes, decisions, flags, discussion, comparison; the audit trail."""

from django.urls import path

from hiring_committee.views import (
    audit_page,
    comparison_page,
    debrief_page,
    discussion_page,
    evidence_note_page,
    flag_page,
    packet_page,
    recruiter_task_page,
)

urlpatterns = [
    path("audit/", audit_page.trail, name="audit"),
    path("compare/", comparison_page.compare, name="compare"),
    path("packets/<uuid:pk>/", packet_page.packet, name="packet"),
    path("loops/<uuid:pk>/summary.pdf", packet_page.loop_summary, name="loop_summary"),
    path("packets/<uuid:pk>.pdf", packet_page.packet_pdf, name="packet_pdf"),
    path("packets/<uuid:pk>.json", packet_page.packet_json, name="packet_json"),
    path("packets/<uuid:pk>/flags/<slug:signal>/", flag_page.resolve_flag, name="resolve_flag"),
    path("packets/<uuid:pk>/discussion/", discussion_page.discuss, name="discussion"),
    path("comments/<int:pk>/withdraw/", discussion_page.withdraw_comment, name="withdraw_comment"),
    path("recruiter-tasks/<int:pk>/done/", recruiter_task_page.task_done, name="task_done"),
    path(
        "loops/<uuid:pk>/evidence-notes/",
        evidence_note_page.write_evidence_note,
        name="write_evidence_note",
    ),
    path(
        "evidence-notes/<uuid:pk>/read/",
        evidence_note_page.read_evidence_note,
        name="read_evidence_note",
    ),
    path("loops/<uuid:pk>/debrief/", debrief_page.loop_debrief, name="debrief"),
    path("loops/<uuid:pk>/conflict/", debrief_page.declare_conflict, name="declare_conflict"),
    path("packets/<uuid:pk>/vote/", debrief_page.vote, name="vote"),
    path("packets/<uuid:pk>/vote/confirm/", debrief_page.confirm_votes, name="confirm_votes"),
    path("packets/<uuid:pk>/votes/open/", debrief_page.open_votes, name="open_votes"),
    path("packets/<uuid:pk>/decide/", debrief_page.decide, name="decide"),
]
