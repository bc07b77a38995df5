"""What happens here when a scorecard is handed in: the packet is outdated, a new one requested."""

from collections.abc import Iterable
from typing import Any

from django.dispatch import receiver

from hiring_committee import requests
from hiring_committee.models import Packet
from interviews.models import Loop, Seat, SeatRole
from scorecard.models import Scorecard, ScorecardVersion
from scorecard.signals import version_added


@receiver(version_added, dispatch_uid="packet_of_the_loop")
def refresh_packet(scorecard: Scorecard, version: ScorecardVersion, **_: Any) -> None:
    """In the transaction of the submission, so that neither exists without the other."""
    loop = scorecard.loop
    requests.lock(loop)
    requests.supersede(loop, version.by)
    if Packet.objects.filter(loop=loop).exists() or is_complete(loop, scorecard.rubric.rounds):
        requests.request_packet(loop, by=version.by)


def is_complete(loop: Loop, rounds: Iterable[str]) -> bool:
    """Has everybody whose card counts handed it in? `rounds` are those of the rubric."""
    due = Seat.objects.filter(
        interview__loop=loop, interview__cancelled_at=None, interview__round__in=list(rounds)
    ).exclude(role=SeatRole.SHADOW)
    handed_in = due.filter(scorecard__submitted_at__isnull=False)
    return due.exists() and due.count() == handed_in.count()
