"""Getting a packet built: asked for with its cause, carried out by whoever claims the row.

How a row is claimed, leased and given up is that of every job (config/jobs).
"""

from dataclasses import replace

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone

from accounts import audit
from accounts.models import User
from config.jobs.kinds import JobKind
from config.jobs.rows import Overtaken
from interviews.locks import lock_loop, loop_stream
from interviews.models import Loop
from packets import inputs, severity_snapshots
from packets.content.build import build, digest
from packets.content.document import PacketContent
from packets.models import Packet, PacketFlag, PacketRequest

State = PacketRequest.State


def request_packet(loop: Loop, by: User | None = None) -> PacketRequest:
    """Ask for a packet in the caller's transaction; a request that waits already is joined."""
    with transaction.atomic():
        request = _waiting(loop, by)
        transaction.on_commit(lambda: PACKETS.hint(request.pk))
    return request


def build_now(loop: Loop, by: User | None = None) -> PacketRequest | None:
    """Ask for a packet and build it in this process; None where a worker has it already."""
    with transaction.atomic():
        request = _waiting(loop, by)
        claimed = PACKETS.claim(request.pk)
    return claimed and PACKETS.carry_out(claimed)


def _waiting(loop: Loop, by: User | None) -> PacketRequest:
    lock_loop(loop)
    waiting = PacketRequest.objects.filter(loop=loop, state=State.REQUESTED)
    request: PacketRequest | None = waiting.first()
    if request:
        return request
    request = PacketRequest.objects.create(loop=loop, requested_by=by)
    audit.record(by, "packet.requested", request, stream=loop_stream(loop))
    return request


def supersede(loop: Loop, by: User | None = None) -> None:
    """Mark the loop's current packet, if it has one, as outdated. The caller holds the lock."""
    packet = Packet.objects.current().filter(loop=loop).defer("content").first()
    if packet:
        Packet.objects.filter(pk=packet.pk).update(superseded_at=timezone.now())
        audit.record(
            by, "packet.superseded", packet, stream=loop_stream(loop), version=packet.version
        )


def _build(request: PacketRequest) -> None:
    """Read, build, store; progress is committed between, where others can see it."""
    loop = request.loop
    request.advance(10)
    with transaction.atomic():
        lock_loop(loop)
        source = inputs.read(loop)
        calibration = severity_snapshots.for_loop(loop)
    request.advance(40)
    content = build(replace(source, calibration=calibration))
    request.advance(80)
    with transaction.atomic():
        lock_loop(loop)
        if inputs.read(loop) != source:  # a card, a seat, the bar: whatever outdated a packet
            raise Overtaken("Something that it is built from changed meanwhile.")
        packet = _store(request, content)
        request.finish(packet=packet)


def _store(request: PacketRequest, content: PacketContent) -> Packet:
    """The loop's current packet if it says the same already, else a new version of it."""
    loop, name = request.loop, digest(content)
    current: Packet | None = Packet.objects.current().filter(loop=loop).first()
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
        stream=loop_stream(loop),
        version=packet.version,
        digest=name,
    )
    return packet


def _sentence(error: Exception) -> str:
    """For the reader of the page: what kind of thing went wrong, without anybody's evaluation."""
    if isinstance(error, IntegrityError):
        return "The database refused the packet; the log has the details."
    return f"Building the packet failed ({type(error).__name__}); the log has the details."


PACKETS = JobKind("packet", PacketRequest, _build, _sentence, related=("loop", "requested_by"))
