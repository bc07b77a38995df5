"""The flags of a packet as rows."""

from django.db import models
from django.db.models import Q

from packets.content.fingerprint import fingerprint
from packets.models.packets import Packet


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
