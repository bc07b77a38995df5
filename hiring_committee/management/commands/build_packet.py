"""Build a loop's packet in this process and print it, as the worker would build and record it."""

import time
from contextlib import suppress
from pathlib import Path
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db.models import Q

from accounts import audit
from config.jobs.rows import LEASE
from hiring_committee.packet_document import as_json, document_of
from interviews.locks import loop_stream
from interviews.models import Loop
from packets import build_jobs
from packets.content.text_summary import summary
from packets.models import Packet
from packets.pdf.render import packet_pdf


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "loop", metavar="LOOP", help="the loop's id, or its candidate's id in the imported file"
        )
        form = parser.add_mutually_exclusive_group()
        form.add_argument("--json", action="store_true", help="print the whole packet as JSON")
        form.add_argument("--pdf", metavar="FILE", help="write the packet as a PDF")

    def handle(self, *args: Any, **options: Any) -> None:
        loop = find_loop(options["loop"])
        packet = build(loop)
        audit.record(None, "packet.read", packet, stream=loop_stream(loop), how="build_packet")
        if options["pdf"]:
            self._write_pdf(packet, Path(options["pdf"]))
        else:
            self.stdout.write(
                as_json(document_of(packet)) if options["json"] else summary(document_of(packet))
            )

    def _write_pdf(self, packet: Packet, file: Path) -> None:
        try:
            file.write_bytes(packet_pdf(document_of(packet)))
        except OSError as error:
            raise CommandError(f"{file} cannot be written: {error.strerror}.") from None
        self.stdout.write(f"{file}: packet {packet.version}, {packet.digest}")


def build(loop: Loop) -> Packet:
    """The loop's packet, requested and recorded like any other; CommandError where it fails."""
    until = time.monotonic() + LEASE.total_seconds()
    while time.monotonic() < until:
        request = build_jobs.build_now(loop)
        if request and request.packet:
            return request.packet
        if request and request.error:
            raise CommandError(request.error)
        time.sleep(0.1)  # a worker has it, or a card came in meanwhile
    raise CommandError("A worker is building this packet and has not finished. Try again later.")


def find_loop(text: str) -> Loop:
    """By the loop's id or its candidate's; CommandError where there is none, or more than one."""
    wanted = Q(candidate__external_id=text)
    with suppress(ValueError):
        wanted |= Q(pk=UUID(text))
    loops = list(Loop.objects.filter(wanted).select_related("opening", "candidate")[:2])
    if not loops:
        raise CommandError(f"There is no loop {text}: neither a loop nor a candidate has this id.")
    if len(loops) > 1:
        every = Loop.objects.filter(wanted).select_related("opening")
        listed = ", ".join(f"{loop.pk} ({loop.opening})" for loop in every)
        raise CommandError(f"Candidate {text} has several loops. Name one of them: {listed}.")
    return loops[0]
