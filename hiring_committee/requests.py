"""Getting a packet built: asked for with its cause, carried out by whoever claims the row.

How a row is claimed, leased and given up is `jobs.py`'s.
"""

from dataclasses import replace
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone

from accounts import audit
from accounts.models import User
from config import jobs
from config.celery import app
from config.jobs import Overtaken
from hiring_committee import snapshots
from hiring_committee.models import Packet, PacketFlag, PacketRequest
from hiring_committee.packet import inputs
from hiring_committee.packet.build import Content, build, digest
from interviews.models import Loop

TASK = "hiring_committee.tasks.build_packet"
State = PacketRequest.State


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
    """Tell a worker to look at once."""
    jobs.hint(app, TASK, request_id)


def supersede(loop: Loop, by: User | None = None) -> None:
    """Mark the loop's current packet, if it has one, as outdated. The caller holds the lock."""
    packet = Packet.objects.current().filter(loop=loop).defer("content").first()
    if packet:
        Packet.objects.filter(pk=packet.pk).update(superseded_at=timezone.now())
        audit.record(by, "packet.superseded", packet, stream=stream(loop), version=packet.version)


def claim(request_id: UUID | str) -> int | None:
    """Take a request that waits, or that its worker left; the number of the attempt, or None."""
    return jobs.claim(PacketRequest.objects.all(), request_id)


def run(request_id: UUID | str) -> PacketRequest | None:
    """Build what was requested; None where another worker has it or it is finished.

    An error is stored as a sentence and tried again by the sweep, three times in all.
    """
    attempt = claim(request_id)
    return None if attempt is None else _carry_out(request_id, attempt)


def _carry_out(request_id: UUID | str, attempt: int) -> PacketRequest:
    request = PacketRequest.objects.select_related("loop", "requested_by").get(pk=request_id)
    return jobs.carry_out(request, attempt, _build, sentence=_sentence, again=hint)


def _build(request: PacketRequest, attempt: int) -> None:
    """Read, build, store; progress is committed between, where others can see it."""
    loop = request.loop
    jobs.advance(request, attempt, 10)
    with transaction.atomic():
        lock(loop)
        source = inputs.read(loop)
        calibration = snapshots.for_loop(loop)
    jobs.advance(request, attempt, 40)
    content = build(replace(source, calibration=calibration))
    jobs.advance(request, attempt, 80)
    with transaction.atomic():
        lock(loop)
        if inputs.read(loop) != source:  # a card, a seat, the bar: whatever outdated a packet
            raise Overtaken("Something that it is built from changed meanwhile.")
        packet = _store(request, content)
        jobs.finish(request, attempt, packet=packet)


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
    PacketFlag.objects.store(packet)
    audit.record(
        request.requested_by,
        "packet.built",
        packet,
        stream=stream(loop),
        version=packet.version,
        digest=name,
    )
    return packet


def _sentence(error: Exception) -> str:
    """For the reader of the page: what kind of thing went wrong, without anybody's evaluation."""
    if isinstance(error, IntegrityError):
        return "The database refused the packet; the log has the details."
    return f"Building the packet failed ({type(error).__name__}); the log has the details."


def sweep() -> list[UUID]:
    """Build what was requested and not started, and what its worker left; the ids taken up."""
    return [id for id in jobs.waiting(PacketRequest.objects.all()) if run(id)]
