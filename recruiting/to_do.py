"""What needs a person today beyond their own interviews: lists for the home page, by queryset.

Every list comes from `visible_to(user)`, so that nothing is counted that they may not read.
"""

from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, QuerySet

from accounts.models import User
from ats.models import ImportRun, ImportUpload
from hiring_committee import votes_owed
from hiring_committee.models import Decision
from interviews.models import CommitteeSeat, InterviewUpload
from mail.models import Mail
from packets.models import Packet
from recruiting.models import Feedback, FeedbackCheck, FeedbackRelease, FeedbackText

NEWS = timedelta(days=3)  # for so long something that failed is told of
TO_PASS_ON = timedelta(days=30)  # a candidate who heard nothing for longer is told in person


def to_vote_on(user: User) -> QuerySet[Packet]:
    """Packets that wait for this member's vote, with `first_in` and `unread`, oldest first."""
    unread = votes_owed.unread_by(user).filter(pk=OuterRef("pk"))
    owed: QuerySet[Packet] = votes_owed.owed_by(user).annotate(unread=Exists(unread))
    return owed.select_related("loop__candidate", "loop__opening").order_by("built_at", "pk")


def to_check(user: User) -> QuerySet[FeedbackCheck]:
    """Letters that somebody asked this person to look at and that are still as they were."""
    released = FeedbackRelease.objects.filter(feedback=OuterRef("text__feedback"))
    checks = FeedbackCheck.objects.filter(
        asked_of=user, answered_at=None, text__feedback__in=Feedback.objects.visible_to(user)
    )
    checks = _of_newest_text(checks).exclude(Exists(released))
    return checks.select_related("text__feedback__loop__candidate", "asked_by")


def _of_newest_text(checks: QuerySet[FeedbackCheck]) -> QuerySet[FeedbackCheck]:
    newer = FeedbackText.objects.filter(
        feedback=OuterRef("text__feedback"), number__gt=OuterRef("text__number")
    )
    return checks.exclude(Exists(newer))


def undecided(user: User) -> QuerySet[Packet]:
    """Current packets that wait for a decision, with `has_committee`, oldest first."""
    seats = CommitteeSeat.objects.sitting().filter(loop=OuterRef("loop"))
    packets = Packet.objects.visible_to(user).current().exclude(votes_owed.is_settled())
    found: QuerySet[Packet] = packets.annotate(has_committee=Exists(seats)).defer("content")
    return found.select_related("loop__candidate", "loop__opening").order_by("built_at", "pk")


def to_pass_on(user: User, now: datetime) -> QuerySet[Decision]:
    """Recent final decisions whose candidate was sent no feedback yet.

    With `has_letter`, and of its newest text: `in_check` by a second person, `to_change` by theirs.
    """
    letters = Feedback.objects.filter(decision=OuterRef("pk"))
    checks = _of_newest_text(FeedbackCheck.objects.filter(text__feedback__decision=OuterRef("pk")))
    decisions = Decision.objects.visible_to(user).current()
    decisions = decisions.exclude(kind=Decision.Kind.MORE_EVIDENCE)
    decisions = decisions.filter(decided_at__gt=now - TO_PASS_ON)
    decisions = decisions.exclude(Exists(letters.filter(release__isnull=False)))
    found: QuerySet[Decision] = decisions.annotate(
        has_letter=Exists(letters),
        in_check=Exists(checks.filter(answered_at=None)),
        to_change=Exists(checks.filter(approves=False)),
    )
    return found.select_related("loop__candidate", "loop__opening").order_by("decided_at", "pk")


def failed_imports(user: User) -> QuerySet[ImportRun]:
    return ImportRun.objects.visible_to(user).unsettled()


def interview_uploads(user: User) -> QuerySet[InterviewUpload]:
    """Tables that were uploaded and are not carried out yet: in work, to be looked at, failed."""
    unfinished = (
        InterviewUpload.objects.visible_to(user).unfinished().defer("file", "table", "plan")
    )
    return unfinished.select_related("opening")


def import_uploads(user: User) -> QuerySet[ImportUpload]:
    """Loop files likewise."""
    return ImportUpload.objects.visible_to(user).unfinished().defer("file", "outcomes")


def failed_mails(user: User, now: datetime) -> QuerySet[Mail]:
    """Recent mails that no mail server took, newest first."""
    failed = Mail.objects.visible_to(user).filter(state=Mail.State.FAILED)
    failed = failed.filter(created_at__gt=now - NEWS).defer("body", "calendar")
    return failed.select_related("loop__candidate")
