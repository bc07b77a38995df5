"""Getting a packet built: asked for with its cause, carried out by whoever claims the row.

The row is the truth. A message to the worker is only a hint to look at it at once; when the
broker loses it, the sweep finds the row.
"""

import logging
from datetime import timedelta
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F, Max, Q, QuerySet
from django.utils import timezone

from accounts import audit
from accounts.models import User
from config.celery import app
from hiring_committee.models import Packet, PacketRequest
from hiring_committee.packet import inputs
from hiring_committee.packet.build import Content, build, digest
from interviews.models import Loop
from scorecard.models import ScorecardVersion

log = logging.getLogger(__name__)

LEASE = timedelta(seconds=60)  # without a sign of life for so long, its worker is gone
MAX_ATTEMPTS = 3
State = PacketRequest.State


class Overtaken(Exception):
    """Another worker took this request over, or a card came in while the packet was built."""


def lock(loop: Loop) -> None:
    """Until the transaction ends nobody else submits, amends or stores a packet for this loop.

    Without it the last two cards, handed in at once, would each wait for the other; and a packet
    could be stored as current that a card had just outdated.
    """
    audit.hold(stream(loop))


def request_packet(loop: Loop, by: User | None = None) -> PacketRequest:
    """Ask for a packet in the caller's transaction; a request that waits already is joined."""
    with transaction.atomic():
        request = _waiting(loop, by)
        transaction.on_commit(lambda: hint(request.pk))
    return request


def build_now(loop: Loop, by: User | None = None) -> PacketRequest | None:
    """Ask for a packet and build it in this process; None where a worker has it already."""
    with transaction.atomic():
        request = _waiting(loop, by)
        attempt = claim(request.pk)
    return None if attempt is None else _carry_out(request.pk, attempt)


def _waiting(loop: Loop, by: User | None) -> PacketRequest:
    lock(loop)
    waiting = PacketRequest.objects.filter(loop=loop, state=State.REQUESTED).first()
    if waiting:
        return waiting
    request = PacketRequest.objects.create(loop=loop, requested_by=by)
    audit.record(by, "packet.requested", request, stream=stream(loop))
    return request


def stream(loop: Loop) -> str:
    """The loop's chain in the audit trail."""
    return f"loop:{loop.pk}"


def hint(request_id: UUID) -> None:
    """Tell a worker to look. A broker that is down is logged and waited for by the sweep."""
    try:
        app.send_task("hiring_committee.tasks.build_packet", args=[str(request_id)], retry=False)
    except Exception as error:  # whatever the broker's client raises, the row stays
        log.warning("The broker took no hint for packet request %s: %s", request_id, error)


def supersede(loop: Loop, by: User | None = None) -> None:
    """Mark the loop's current packet, if it has one, as outdated. The caller holds the lock."""
    packet = Packet.objects.current().filter(loop=loop).defer("content").first()
    if packet:
        Packet.objects.filter(pk=packet.pk).update(superseded_at=timezone.now())
        audit.record(by, "packet.superseded", packet, stream=stream(loop), version=packet.version)


def _claimable() -> Q:
    gone = Q(leased_at=None) | Q(leased_at__lt=timezone.now() - LEASE)
    return Q(attempts__lt=MAX_ATTEMPTS) & (Q(state=State.REQUESTED) | Q(state=State.RUNNING) & gone)


def claim(request_id: UUID | str) -> int | None:
    """Take a request that waits, or that its worker left; the number of the attempt, or None.

    One conditional UPDATE: of two workers at once, one finds no row.
    """
    now = timezone.now()
    with transaction.atomic():
        rows = PacketRequest.objects.filter(_claimable(), pk=request_id).update(
            state=State.RUNNING,
            attempts=F("attempts") + 1,
            started_at=now,
            leased_at=now,
            progress=0,
        )
        if not rows:
            return None
        return PacketRequest.objects.values_list("attempts", flat=True).get(pk=request_id)


def run(request_id: UUID | str) -> PacketRequest | None:
    """Build what was requested; None where another worker has it or it is finished.

    An error is stored as a sentence and tried again by the sweep, MAX_ATTEMPTS times in all.
    """
    attempt = claim(request_id)
    return None if attempt is None else _carry_out(request_id, attempt)


def _carry_out(request_id: UUID | str, attempt: int) -> PacketRequest:
    request = PacketRequest.objects.select_related("loop", "requested_by").get(pk=request_id)
    try:
        _build(request, attempt)
    except Overtaken as reason:
        log.info("Packet request %s: %s", request_id, reason)
        _leave(request, attempt)
    except Exception as error:
        log.exception("Packet request %s failed, attempt %s", request_id, attempt)
        _give_up(request, attempt, _sentence(error))
    request.refresh_from_db()
    return request


def _build(request: PacketRequest, attempt: int) -> None:
    """Read, build, store; progress is committed between, where others can see it."""
    loop = request.loop
    _progress(request, attempt, 10)
    with transaction.atomic():
        lock(loop)
        seen = _newest_version(loop)
        source = inputs.read(loop)
    _progress(request, attempt, 40)
    content = build(source)
    _progress(request, attempt, 80)
    with transaction.atomic():
        lock(loop)
        if _newest_version(loop) != seen:
            raise Overtaken("A card came in meanwhile.")
        packet = _store(request, content)
        _finish(request, attempt, packet)


def _newest_version(loop: Loop) -> int | None:
    """The loop's newest card version: while it stays, so do the packet's inputs."""
    versions = ScorecardVersion.objects.filter(scorecard__seat__interview__loop=loop)
    return versions.aggregate(newest=Max("pk"))["newest"]


def _store(request: PacketRequest, content: Content) -> Packet:
    """The loop's current packet if it says the same already, else a new version of it."""
    loop, name = request.loop, digest(content)
    current = Packet.objects.current().filter(loop=loop).first()
    if current and current.digest == name:
        return current
    supersede(loop, request.requested_by)
    last = Packet.objects.filter(loop=loop).aggregate(last=Max("version"))["last"] or 0
    packet = Packet.objects.create(
        loop=loop, version=last + 1, content=content, digest=name, built_at=timezone.now()
    )
    audit.record(
        request.requested_by,
        "packet.built",
        packet,
        stream=stream(loop),
        version=packet.version,
        digest=name,
    )
    return packet


def _mine(request: PacketRequest, attempt: int) -> QuerySet[PacketRequest]:
    """The row, only while this attempt holds it: a worker that lost its lease finds none."""
    return PacketRequest.objects.filter(pk=request.pk, state=State.RUNNING, attempts=attempt)


def _progress(request: PacketRequest, attempt: int, percent: int) -> None:
    if not _mine(request, attempt).update(progress=percent, leased_at=timezone.now()):
        raise Overtaken("Its lease ran out and another worker took it.")


def _finish(request: PacketRequest, attempt: int, packet: Packet) -> None:
    done = _mine(request, attempt).update(
        state=State.DONE, progress=100, finished_at=timezone.now(), packet=packet, error=""
    )
    if not done:
        raise Overtaken("Its lease ran out and another worker took it.")


def _leave(request: PacketRequest, attempt: int) -> None:
    """Put it back to be claimed at once, at no cost of an attempt: nothing went wrong."""
    left = _mine(request, attempt).update(leased_at=None, attempts=F("attempts") - 1, progress=0)
    if left:
        hint(request.pk)


def _give_up(request: PacketRequest, attempt: int, sentence: str) -> None:
    """Keep the error; the last attempt fails the request, an earlier one leaves it to the sweep."""
    row = _mine(request, attempt)
    if attempt >= MAX_ATTEMPTS:
        row.update(state=State.FAILED, error=sentence, finished_at=timezone.now())
    else:
        row.update(leased_at=None, error=sentence, progress=0)


def _sentence(error: Exception) -> str:
    """For the reader of the page: what kind of thing went wrong, without anybody's evaluation."""
    if isinstance(error, IntegrityError):
        return "The database refused the packet; the log has the details."
    return f"Building the packet failed ({type(error).__name__}); the log has the details."


def sweep() -> list[UUID]:
    """Build what was requested and not started, and what its worker left; the ids taken up.

    What was begun MAX_ATTEMPTS times and never finished is failed, with a sentence.
    """
    gone = Q(leased_at=None) | Q(leased_at__lt=timezone.now() - LEASE)
    PacketRequest.objects.filter(gone, state=State.RUNNING, attempts__gte=MAX_ATTEMPTS).update(
        state=State.FAILED,
        finished_at=timezone.now(),
        error=f"Building was begun {MAX_ATTEMPTS} times and never finished. Request it again.",
    )
    waiting = PacketRequest.objects.filter(_claimable()).order_by("requested_at")
    ids = list(waiting.values_list("pk", flat=True))
    return [id for id in ids if run(id)]
