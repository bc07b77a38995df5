"""What happens to a loop's packet when its cards, its interviews or its opening change."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Exists, OuterRef
from django.dispatch import receiver

from accounts.models import User
from interviews.locks import lock_loop
from interviews.models import Loop, Opening, Seat, SeatRole
from interviews.signals import loop_changed, opening_changed
from packets import build_jobs
from packets.models import Packet
from rubric.content import Rubric
from rubric.models import RubricVersion
from scorecard.models import Scorecard, ScorecardVersion
from scorecard.signals import version_added


@receiver(version_added, dispatch_uid="packet_of_the_loop")
def refresh_packet(scorecard: Scorecard, version: ScorecardVersion, **_: Any) -> None:
    """In the transaction of the submission, so that neither exists without the other."""
    loop = scorecard.loop
    lock_loop(loop)
    build_jobs.supersede(loop, version.by)
    _request_if_due(loop, scorecard.rubric, version.by)


@receiver(loop_changed, dispatch_uid="packet_of_the_changed_loop")
def rebuild_packet(loop: Loop, by: User | None, **_: Any) -> None:
    """A cancelled round may be the last one waited for; a new one is waited for from now on.

    The current packet stays so until another is built: it may turn out to say the same.
    """
    if RubricVersion.objects.exists():
        lock_loop(loop)
        _request_if_due(loop, loop.opening.current_rubric, by)


@receiver(opening_changed, dispatch_uid="packets_of_the_changed_opening")
def outdate_packets(opening: Opening, by: User | None, **_: Any) -> None:
    """Every packet of the opening was measured against what it asked before.

    In the order of the keys, so that two changes at once wait for each other and never in a circle.
    """
    has_packet = Exists(Packet.objects.filter(loop=OuterRef("pk")))
    for loop in Loop.objects.filter(has_packet, opening=opening).order_by("pk"):
        lock_loop(loop)
        build_jobs.supersede(loop, by)
        build_jobs.request_packet(loop, by=by)


def _request_if_due(loop: Loop, rubric: Rubric, by: User | None) -> None:
    if Packet.objects.filter(loop=loop).exists() or is_complete(loop, rubric.rounds):
        build_jobs.request_packet(loop, by=by)


def is_complete(loop: Loop, rounds: Iterable[str]) -> bool:
    """Has everybody whose card counts handed it in? `rounds` are those of the rubric."""
    due = Seat.objects.filter(
        interview__loop=loop, interview__cancelled_at=None, interview__round__in=list(rounds)
    ).exclude(role=SeatRole.SHADOW)
    handed_in = due.filter(scorecard__submitted_at__isnull=False)
    return due.exists() and due.count() == handed_in.count()
