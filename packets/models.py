"""Committee packets, their flags as rows, and the requests for packets."""

import uuid
from typing import Self

from django.db import models
from django.db.models import Q

from config.jobs.rows import Job, open_index, state_constraints
from interviews.models import Loop
from packets.content.document import PacketContent
from packets.content.fingerprint import fingerprint
from scorecard.access import OfLoopQuerySet


class PacketQuerySet(OfLoopQuerySet):
    def current(self) -> Self:
        return self.filter(superseded_at=None)


class Packet(models.Model):
    """One version of what the committee reads about a loop. Only `superseded_at` changes, once.

    `content` is what `packets.content.build` made. What readers get is the same with its flags
    resolved (hiring_committee/packet_document.py).
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


class Severity(models.TextChoices):
    CONCERN = "concern", "Concern"
    DISQUALIFYING = "disqualifying", "Disqualifying"


class PacketFlagQuerySet(models.QuerySet["PacketFlag"]):
    def store(self, packet: Packet) -> None:
        """A row for each flag of a new packet, in the transaction that stores it."""
        PacketFlag.objects.bulk_create(
            PacketFlag(
                packet=packet,
                signal=flag["signal"],
                severity=flag["severity"],
                fingerprint=fingerprint(flag),
            )
            for flag in packet.content["flags"]
        )


class PacketFlag(models.Model):
    """One flagged risk of a packet, stored with it: what constraints on resolutions rest on.

    `fingerprint` stands for what was raised (content/fingerprint.py): while it stays the same from
    one packet to the next, so does the resolution. The database function `open_flags(packet)`
    gives signal, severity and outcome (null, or needs_interview) of those that are open.
    """

    packet = models.ForeignKey(Packet, on_delete=models.PROTECT, related_name="flags")
    signal = models.SlugField(max_length=60, db_index=False)
    severity = models.CharField(max_length=20, choices=Severity.choices)  # the gravest raised
    fingerprint = models.CharField(max_length=80)

    objects = PacketFlagQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["packet", "signal"], name="packet_flag_once"),
            models.CheckConstraint(
                condition=Q(severity__in=Severity.values), name="packet_flag_severity_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.signal} in {self.packet}"


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
