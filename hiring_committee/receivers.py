"""What happens here when cards, interviews or seats change: to the packet, and to its votes."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Exists, OuterRef
from django.dispatch import receiver

from accounts.models import User
from hiring_committee import recruiter_tasks, requests, voting
from hiring_committee.inviting import inviting
from hiring_committee.models import Packet
from interviews.models import Interview, Loop, Opening, Seat, SeatRole
from interviews.signals import (
    committee_changed,
    interviews_changed,
    loop_changed,
    opening_changed,
)
from scorecard.models import RubricVersion, Scorecard, ScorecardVersion
from scorecard.rubric.pack import Rubric
from scorecard.signals import version_added


@receiver(version_added, dispatch_uid="packet_of_the_loop")
def refresh_packet(scorecard: Scorecard, version: ScorecardVersion, **_: Any) -> None:
    """In the transaction of the submission, so that neither exists without the other."""
    loop = scorecard.loop
    requests.lock(loop)
    requests.supersede(loop, version.by)
    _request_if_due(loop, scorecard.rubric, version.by)


@receiver(loop_changed, dispatch_uid="packet_of_the_changed_loop")
def rebuild_packet(loop: Loop, by: User | None, **_: Any) -> None:
    """A cancelled round may be the last one waited for; a new one is waited for from now on.

    The current packet stays so until another is built: it may turn out to say the same.
    """
    if RubricVersion.objects.exists():
        rubric = RubricVersion.objects.for_opening(loop.opening).rubric
        requests.lock(loop)
        _request_if_due(loop, rubric, by)


@receiver(opening_changed, dispatch_uid="packets_of_the_changed_opening")
def outdate_packets(opening: Opening, by: User | None, **_: Any) -> None:
    """Every packet of the opening was measured against what it asked before.

    In the order of the keys, so that two changes at once wait for each other and never in a circle.
    """
    has_packet = Exists(Packet.objects.filter(loop=OuterRef("pk")))
    for loop in Loop.objects.filter(has_packet, opening=opening).order_by("pk"):
        requests.lock(loop)
        requests.supersede(loop, by)
        requests.request_packet(loop, by=by)


@receiver([committee_changed, loop_changed], dispatch_uid="votes_of_the_changed_committee")
def open_votes(loop: Loop, **_: Any) -> None:
    """Whoever is recused is not waited for: theirs may have been the last vote missing."""
    voting.open_if_all_in(loop)


@receiver(loop_changed, dispatch_uid="recruiters_tasks_of_the_changed_loop")
def match_tasks(loop: Loop, by: User | None, **_: Any) -> None:
    """An interview that a committee asked for may have been scheduled, or cancelled."""
    recruiter_tasks.match(loop, by)


@receiver(interviews_changed, dispatch_uid="invitations_of_changed_interviews")
def tell_interviewers(interviews: list[Interview], **_: Any) -> None:
    """In the transaction of the change, so that nobody is invited to what was rolled back."""
    inviting.invite(interviews)


def _request_if_due(loop: Loop, rubric: Rubric, by: User | None) -> None:
    if Packet.objects.filter(loop=loop).exists() or is_complete(loop, rubric.rounds):
        requests.request_packet(loop, by=by)


def is_complete(loop: Loop, rounds: Iterable[str]) -> bool:
    """Has everybody whose card counts handed it in? `rounds` are those of the rubric."""
    due = Seat.objects.filter(
        interview__loop=loop, interview__cancelled_at=None, interview__round__in=list(rounds)
    ).exclude(role=SeatRole.SHADOW)
    handed_in = due.filter(scorecard__submitted_at__isnull=False)
    return due.exists() and due.count() == handed_in.count()
