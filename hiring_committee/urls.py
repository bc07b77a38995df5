"""Packets, votes, decisions, flags, discussion, comparison; the audit trail."""

from django.urls import path

from hiring_committee.views import (
    audit,
    comparison,
    debrief,
    discussion,
    evidence_notes,
    flags,
    packets,
    recruiter_tasks,
)

urlpatterns = [
    path("audit/", audit.trail, name="audit"),
    path("compare/", comparison.compare, name="compare"),
    path("packets/<uuid:pk>/", packets.packet, name="packet"),
    path("loops/<uuid:pk>/summary.pdf", packets.loop_summary, name="loop_summary"),
    path("packets/<uuid:pk>.pdf", packets.packet_pdf, name="packet_pdf"),
    path("packets/<uuid:pk>.json", packets.packet_json, name="packet_json"),
    path("packets/<uuid:pk>/flags/<slug:signal>/", flags.resolve_flag, name="resolve_flag"),
    path("packets/<uuid:pk>/discussion/", discussion.discuss, name="discussion"),
    path("comments/<int:pk>/withdraw/", discussion.withdraw_comment, name="withdraw_comment"),
    path("recruiter-tasks/<int:pk>/done/", recruiter_tasks.task_done, name="task_done"),
    path(
        "loops/<uuid:pk>/evidence-notes/",
        evidence_notes.write_evidence_note,
        name="write_evidence_note",
    ),
    path(
        "evidence-notes/<uuid:pk>/read/",
        evidence_notes.read_evidence_note,
        name="read_evidence_note",
    ),
    path("loops/<uuid:pk>/debrief/", debrief.loop_debrief, name="debrief"),
    path("loops/<uuid:pk>/conflict/", debrief.declare_conflict, name="declare_conflict"),
    path("packets/<uuid:pk>/vote/", debrief.vote, name="vote"),
    path("packets/<uuid:pk>/vote/confirm/", debrief.confirm_votes, name="confirm_votes"),
    path("packets/<uuid:pk>/votes/open/", debrief.open_votes, name="open_votes"),
    path("packets/<uuid:pk>/decide/", debrief.decide, name="decide"),
]
