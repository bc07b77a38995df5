from hiring_committee.models.access import OfLoopQuerySet, loops_read_by
from hiring_committee.models.agreement import AgreementReport
from hiring_committee.models.bulk import BulkUpload
from hiring_committee.models.calibration import (
    CalibrationRun,
    CalibrationSnapshot,
    InterviewerSeverity,
)
from hiring_committee.models.comments import Comment
from hiring_committee.models.decisions import Decision
from hiring_committee.models.evidence_notes import EvidenceNote
from hiring_committee.models.exports import Export, ExportFormat, ExportKind, export_kinds_for
from hiring_committee.models.feedback import (
    Feedback,
    FeedbackCheck,
    FeedbackRelease,
    FeedbackText,
)
from hiring_committee.models.flags import FlagResolution, Outcome, PacketFlag, with_resolutions
from hiring_committee.models.invitations import CalendarFeed, Invitation
from hiring_committee.models.mails import Mail, MailKind, MailText
from hiring_committee.models.packets import Packet, PacketRequest
from hiring_committee.models.recruiter_tasks import RecruiterTask
from hiring_committee.models.reminders import Reminder, ReminderSchedule
from hiring_committee.models.votes import Closing, Vote

__all__ = [
    "AgreementReport",
    "BulkUpload",
    "CalendarFeed",
    "CalibrationRun",
    "CalibrationSnapshot",
    "Comment",
    "Closing",
    "Decision",
    "EvidenceNote",
    "Export",
    "ExportFormat",
    "ExportKind",
    "Feedback",
    "FeedbackCheck",
    "FeedbackRelease",
    "FeedbackText",
    "FlagResolution",
    "InterviewerSeverity",
    "Invitation",
    "Mail",
    "MailKind",
    "MailText",
    "OfLoopQuerySet",
    "Outcome",
    "Packet",
    "PacketFlag",
    "PacketRequest",
    "RecruiterTask",
    "Reminder",
    "ReminderSchedule",
    "Vote",
    "export_kinds_for",
    "loops_read_by",
    "with_resolutions",
]
