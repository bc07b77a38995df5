"""Committee packets, and the requests for them."""

import json
import uuid
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from hiring_committee.models.access import OfLoopQuerySet
from interviews.models import Loop


class PacketQuerySet(OfLoopQuerySet):
    def current(self) -> Self:
        return self.filter(superseded_at=None)


class Packet(models.Model):
    """One version of what the committee reads about a loop. Only `superseded_at` changes, once.

    `content` is what `packet.build` made; `document` is the same under its header of version,
    digest and age, as the page, the PDF and the JSON show it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    loop = models.ForeignKey(Loop, on_delete=models.PROTECT, related_name="packets")
    version = models.PositiveIntegerField()
    content = models.JSONField()
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

    @property
    def document(self) -> dict[str, Any]:
        """The whole packet as docs/packet.md describes it."""
        header = {
            "id": str(self.id),
            "loop": str(self.loop_id),
            "version": self.version,
            "digest": self.digest,
            "built_at": self.built_at.isoformat(),
            "superseded": self.is_superseded,
        }
        return {"packet": header, **self.content}

    def as_json(self) -> str:
        """The document as `build_packet --json` prints it and the page offers it."""
        return json.dumps(self.document, indent=2, ensure_ascii=False)


class PacketRequest(models.Model):
    """A packet to be built. The row is the work; the message broker only says where to look.

    `attempts` grows with every claim, so that a worker which lost its lease cannot write over
    the one that took its place.
    """

    class State(models.TextChoices):
        REQUESTED = "requested", "Requested"
        RUNNING = "running", "Being built"
        DONE = "done", "Built"
        FAILED = "failed", "Failed"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    loop = models.ForeignKey(Loop, on_delete=models.PROTECT, related_name="packet_requests")
    state = models.CharField(max_length=10, choices=State.choices, default=State.REQUESTED)
    progress = models.PositiveSmallIntegerField(default=0)  # percent
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    requested_at = models.DateTimeField(auto_now_add=True)
    started_at = models.DateTimeField(null=True, blank=True)
    leased_at = models.DateTimeField(null=True, blank=True)  # last sign of life of its worker
    finished_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    error = models.TextField(blank=True)  # a sentence for the reader of the page
    packet = models.ForeignKey(
        Packet, null=True, blank=True, on_delete=models.PROTECT, related_name="requests"
    )

    objects = OfLoopQuerySet.as_manager()

    class Meta:
        ordering = ["-requested_at", "id"]
        indexes = [
            models.Index(
                fields=["requested_at"],
                condition=Q(state__in=["requested", "running"]),
                name="packet_requests_open",
            )
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["loop"], condition=Q(state="requested"), name="one_packet_requested"
            ),
            models.CheckConstraint(
                condition=Q(state="requested", started_at=None, finished_at=None)
                | Q(state="running", started_at__isnull=False, finished_at=None)
                | Q(state__in=["done", "failed"], finished_at__isnull=False),
                name="packet_request_state_has_its_times",
            ),
            models.CheckConstraint(
                condition=~Q(state="done") | Q(packet__isnull=False, progress=100),
                name="packet_request_done_has_a_packet",
            ),
            models.CheckConstraint(
                condition=~Q(state="failed") | ~Q(error=""), name="packet_request_failed_says_why"
            ),
            models.CheckConstraint(
                condition=Q(progress__lte=100), name="packet_request_progress_percent"
            ),
            models.CheckConstraint(
                condition=Q(finished_at=None)
                | Q(started_at=None)
                | Q(finished_at__gte=F("started_at")),
                name="packet_request_ends_after_it_starts",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_state_display()}: packet for {self.loop}"

    @property
    def is_open(self) -> bool:
        return self.state in (self.State.REQUESTED, self.State.RUNNING)
