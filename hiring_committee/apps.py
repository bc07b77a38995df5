from django.apps import AppConfig


class HiringCommitteeConfig(AppConfig):
    name = "hiring_committee"
    append_only = {
        "hiring_committee_calibrationsnapshot": (),
        "hiring_committee_interviewerseverity": (),
        "hiring_committee_evidencenote": ("read_at",),
        "hiring_committee_packet": ("superseded_at",),
        "hiring_committee_packetflag": (),
        "hiring_committee_flagresolution": (),
        "hiring_committee_recruitertask": ("done_at", "done_by_id", "interview_id", "done_reason"),
        "hiring_committee_comment": ("withdrawn_at",),
        "hiring_committee_vote": (),
        "hiring_committee_closing": (),
        "hiring_committee_decision": ("superseded_at",),
        "hiring_committee_feedback": (),
        "hiring_committee_feedbacktext": (),
        "hiring_committee_feedbackcheck": ("answered_at", "approves", "remark"),
        "hiring_committee_feedbackrelease": (),
        "hiring_committee_mailtext": (),
        "hiring_committee_mail": ("state", "error", "begun_at"),
        "hiring_committee_invitation": (),
    }

    def ready(self) -> None:
        from hiring_committee import receivers  # noqa: F401  connects them
