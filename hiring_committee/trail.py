"""The lines of the audit trail that one administrator may see, and what is shown of each."""

from django.db.models import Q, QuerySet

from accounts.models import AuditEvent, User
from interviews.models import CommitteeSeat, Loop, about
from interviews.scheduling import stream
from scorecard.models.card import owes_for

# What is shown of a line's detail. Reasons and other words of an evaluation stay in the record.
DETAIL = ("version", "fields", "roles", "round", "rounds", "level", "person", "file", "format")


def lines_for(user: User) -> QuerySet[AuditEvent]:
    lines = AuditEvent.objects.select_related("actor")
    return lines.exclude(stream__in=[stream(loop) for loop in closed_loops(user)])


def closed_loops(user: User) -> QuerySet[Loop]:
    """Loops that this administrator is to know nothing about yet, or ever."""
    recused = CommitteeSeat.objects.filter(person=user, recused_at__isnull=False)
    return Loop.objects.filter(
        about(user, "candidate") | Q(committee_seats__in=recused) | Q(owes_for(user, "candidate"))
    ).distinct()


def shown(line: AuditEvent) -> list[tuple[str, str]]:
    return [
        (name, ", ".join(value) if isinstance(value, list) else str(value))
        for name in DETAIL
        if (value := line.detail.get(name))
    ]
