"""How far raters agree over a season: which packets it is of, and the report about them.

Computing takes longer than a click once there are many packets, so it is a job. What it found
belongs to the set of packets alone, and is looked up by the set that the reader may read now.
"""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import sha256
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from accounts import audit
from accounts.models import User
from config.jobs.kinds import JobKind
from interviews.models import Interview, Opening
from packets.models import Packet
from reports import closed_ratings
from reports.models import AgreementReport

log = logging.getLogger(__name__)

VERSION = "2"  # changes with what a report says of the same packets
KEPT = timedelta(days=30)
BATCH = 500  # packets between two signs of life
State = AgreementReport.State


@dataclass(frozen=True)
class Season:
    """What is asked for; of the days both ends are in, by the reader's clock."""

    opening: UUID | None = None
    since: date | None = None
    until: date | None = None

    @property
    def narrows(self) -> bool:
        return bool(self.opening or self.since or self.until)


def packets_of(user: User, season: Season) -> list[UUID]:
    """The current packets that this person may read, of loops with an interview in the season.

    One query. Whoever owes a scorecard for a candidate is told nothing about them: their packet
    is in no set of this reader's, so no figure of theirs moves with it.
    """
    packets = Packet.objects.visible_to(user).current()
    if season.opening:
        packets = packets.filter(loop__opening=season.opening)
    if season.since or season.until:
        packets = packets.filter(Exists(_held(season)))
    return sorted(packets.order_by().values_list("pk", flat=True))


def _held(season: Season) -> QuerySet[Interview]:
    held = Interview.objects.filter(loop=OuterRef("loop"), cancelled_at=None)
    if season.since:
        held = held.filter(Q(starts_at__date__gte=season.since) | Q(day__gte=season.since))
    if season.until:
        held = held.filter(Q(starts_at__date__lte=season.until) | Q(day__lte=season.until))
    return held


def openings_of(user: User) -> QuerySet[Opening]:
    """Those of which this person may read a packet."""
    read = Packet.objects.visible_to(user).current().filter(loop__opening=OuterRef("pk"))
    return Opening.objects.filter(Exists(read)).order_by("title", "pk")


def digest(packets: Sequence[UUID]) -> str:
    named = [VERSION, *sorted(map(str, packets))]
    return sha256(" ".join(named).encode()).hexdigest()


def report_on(user: User, packets: Sequence[UUID], *, again: bool = False) -> AgreementReport:
    """The report on these packets, asked for where there is none; `again` where it failed.

    Reading figures is recorded, once for all the loops that they are of.
    """
    name = digest(packets)
    with transaction.atomic():
        if again:
            AgreementReport.objects.filter(digest=name, state=State.FAILED).delete()
        report, is_new = AgreementReport.objects.get_or_create(
            digest=name, defaults={"packets": list(packets), "requested_by": user}
        )
        if is_new:
            transaction.on_commit(lambda: REPORTS.hint(report.pk))
        if report.state == State.DONE:
            audit.record(user, "agreement.read", report, loops=len(packets), digest=name)
    return report


def state_of(packets: Sequence[UUID]) -> AgreementReport | None:
    """The row alone, for who waits for it; None where other packets are there by now."""
    return AgreementReport.objects.filter(digest=digest(packets)).defer("packets", "result").first()


def forget() -> None:
    """Delete reports that nobody has asked for in a while."""
    AgreementReport.objects.filter(finished_at__lt=timezone.now() - KEPT).delete()


def _compute(report: AgreementReport) -> None:
    from reports.agreement.units import figures  # brings scipy, which no page needs

    ratings: list[closed_ratings.CountedRating] = []
    for at in range(0, len(report.packets), BATCH):
        report.advance(40 * at // len(report.packets))
        batch = report.packets[at : at + BATCH]
        ratings += closed_ratings.counted_ratings(Packet.objects.filter(pk__in=batch))
    found = figures(ratings, alive=lambda done: report.advance(40 + done // 2))
    report.finish(result=found)


def _sentence(error: Exception) -> str:
    return f"Computing the agreement failed ({type(error).__name__}); the log has the details."


REPORTS = JobKind("agreement", AgreementReport, _compute, _sentence)
