"""The lines of the audit trail that one administrator may see."""

from django.db.models import Q, QuerySet

from accounts.models import AuditEvent, User
from hiring_committee import votes_owed
from interviews.locks import loop_stream
from interviews.models import CommitteeSeat, Loop, about
from scorecard.models.card import owes_for


def lines_for(user: User) -> QuerySet[AuditEvent]:
    """Without votes that are not open yet, so that nobody learns who has voted."""
    lines = AuditEvent.objects.exclude(subject__in=votes_owed.blind_subjects())
    closed = [loop_stream(loop) for loop in closed_loops(user)]
    return lines.exclude(stream__in=closed).select_related("actor")


def closed_loops(user: User) -> QuerySet[Loop]:
    """Loops whose lines this administrator may not see yet, or ever.

    A member of the committee waits until their vote is in: who has voted, resolved a flag or
    spoken stands in the trail.
    """
    recused = CommitteeSeat.objects.recused().filter(person=user)
    to_vote_on = votes_owed.owed_by(user).values("loop")
    return Loop.objects.filter(
        about(user, "candidate")
        | Q(committee_seats__in=recused)
        | Q(owes_for(user, "candidate"))
        | Q(pk__in=to_vote_on)
    ).distinct()
