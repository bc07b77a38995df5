"""Committee packets, and the requests for them."""

import uuid
from collections.abc import Iterable
from typing import Self

from django.db import models
from django.db.models import Q

from config.jobs.rows import Job, open_index, state_constraints
from interviews.models import Loop
from packets.content.document import PacketContent, PacketDocument, PacketHeader
from packets.content.resolved import Resolution, resolved
from scorecard.access import OfLoopQuerySet


class PacketQuerySet(OfLoopQuerySet):
    def current(self) -> Self:
        return self.filter(superseded_at=None)


class Packet(models.Model):
    """One version of what the committee reads about a loop. Only `superseded_at` changes, once.

    `content` is what `packets.content.build` made; `document` is the same under its header of
    version, digest and age, with its flags resolved, as the page, the PDF and the JSON show it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    loop = models.ForeignKey(Loop, on_delete=models.PROTECT, related_name="packets")
    version = models.PositiveIntegerField()
    content: "models.JSONField[PacketContent, PacketContent]" = models.JSONField()
    digest = models.CharField(max_length=80)
    built_at = models.DateTimeField()
    superseded_at = models.DateTimeField(null=True, blank=True)

    objects = PacketQuerySet.as_manager()

    class Meta:
        ordering = ["loop", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["loop", "version"], name="packet_version_once"),
            models.UniqueConstraint(
                fields=["loop"], condition=Q(superseded_at=None), name="one_current_packet"
            ),
            models.CheckConstraint(condition=Q(version__gte=1), name="packet_version_from_1"),
        ]

    def __str__(self) -> str:
        return f"Packet {self.version} for {self.loop}"

    @property
    def is_superseded(self) -> bool:
        return self.superseded_at is not None

    def document(self, resolutions: Iterable[Resolution]) -> PacketDocument:
        """The whole packet as docs/packet.md describes it, under what people found of its flags."""
        header: PacketHeader = {
            "id": str(self.id),
            "loop": str(self.loop_id),
            "version": self.version,
            "digest": self.digest,
            "built_at": self.built_at.isoformat(),
            "superseded": self.is_superseded,
        }
        return {"packet": header, **resolved(self.content, list(resolutions))}


class PacketRequest(Job):
    """A packet to be built."""

    loop = models.ForeignKey(Loop, on_delete=models.PROTECT, related_name="packet_requests")
    packet = models.ForeignKey(
        Packet, null=True, blank=True, on_delete=models.PROTECT, related_name="requests"
    )

    objects = OfLoopQuerySet.as_manager()

    class Meta(Job.Meta):
        indexes = [open_index("packet_requests_open")]
        constraints = [
            models.UniqueConstraint(
                fields=["loop"], condition=Q(state="requested"), name="one_packet_requested"
            ),
            models.CheckConstraint(
                condition=~Q(state="done") | Q(packet__isnull=False, progress=100),
                name="packet_request_done_has_a_packet",
            ),
            *state_constraints("packet_request"),
        ]

    def __str__(self) -> str:
        return f"{self.get_state_display()}: packet for {self.loop}"
