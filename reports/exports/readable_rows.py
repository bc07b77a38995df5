"""Which rows an asker gets of each kind: the one place where that is decided."""

from collections.abc import Collection
from uuid import UUID

from django.db.models import QuerySet

from accounts.models import AuditEvent, User
from hiring_committee.audit_lines import closed_loops, lines_for
from hiring_committee.models import Decision
from interviews.models import Loop
from reports.exports.audit_lines import audit_lines
from reports.exports.cards import scorecards
from reports.exports.decisions import decisions
from reports.exports.season import season
from reports.exports.sheet import Sheet
from reports.models import ExportKind
from scorecard.access import loops_read_by
from scorecard.models import Scorecard


def sheet(kind: str, asker: User | None) -> Sheet:
    """The rows of this kind that the asker may read now; None is an operator, who may read each."""
    if kind == ExportKind.AUDIT:
        return audit_lines(_lines(asker))
    loops = Loop.objects.all() if asker is None else loops_read_by(asker)
    if kind == ExportKind.SEASON:
        return season(loops, asker)
    if kind == ExportKind.DECISIONS:
        every = Decision.objects.all() if asker is None else Decision.objects.visible_to(asker)
        return decisions(every.filter(loop__in=loops.order_by()))
    cards = Scorecard.objects.all() if asker is None else Scorecard.objects.visible_to(asker)
    return scorecards(cards.filter(seat__interview__loop__in=loops.order_by()))


def _lines(asker: User | None) -> QuerySet[AuditEvent]:
    if asker is None:
        return AuditEvent.objects.select_related("actor")
    return lines_for(asker) if asker.is_administrator else AuditEvent.objects.none()


def may_still_read(kind: str, asker: User, loops: Collection[UUID]) -> bool:
    """Is every one of these loops, of which a file tells, still open to its asker?"""
    if kind == ExportKind.AUDIT:
        return not closed_loops(asker).filter(pk__in=loops).exists()
    return loops_read_by(asker).filter(pk__in=loops).count() == len(loops)
