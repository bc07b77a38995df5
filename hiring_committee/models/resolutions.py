"""How people resolved the flags of a packet, which are open, and what recruiters are asked."""

from typing import Any, Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Exists, F, OuterRef, Prefetch, Q, QuerySet, Subquery

from accounts.models import User
from hiring_committee.models.ballots import debrief_open_to
from interviews.models import Interview, Loop
from packets.content.resolved import Resolution
from packets.models import Packet, PacketFlag, PacketQuerySet, Severity
from scorecard.access import OfLoopQuerySet


class Outcome(models.TextChoices):
    UPHELD = "upheld", "Upheld"
    MITIGATED = "mitigated", "Mitigated"
    NOT_SUPPORTED = "not_supported", "Not supported"
    NEEDS_INTERVIEW = "needs_interview", "Needs another interview"


class FlagResolutionQuerySet(OfLoopQuerySet):
    def visible_to(self, user: User) -> Self:
        """Readers of the packet, once its votes are open to them."""
        return super().visible_to(user).filter(debrief_open_to(user))

    def current(self) -> Self:
        """The last word on each flag: no other resolution supersedes it."""
        return self.filter(superseded_by=None)


BaseManager = models.Manager.from_queryset(FlagResolutionQuerySet)


class FlagResolutionManager(BaseManager):  # type: ignore[type-arg]  # made as the program runs
    """Rows come with their person and their packet's version: every reader shows both."""

    def get_queryset(self) -> Any:
        return super().get_queryset().select_related("by", "packet").defer("packet__content")


class FlagResolution(models.Model):
    """What a named member of the committee found of a flag, as they read it in one packet.

    Append-only. Resolving anew is another row that supersedes the one before it: each is superseded
    at most once, and only the first for a fingerprint supersedes none, so one is current. The
    trigger `resolution_allowed` refuses whoever has no seat or is recused, votes that are not open
    yet, a superseded packet, a flag or evidence that the packet does not have.
    """

    loop = models.ForeignKey(Loop, on_delete=models.PROTECT, related_name="flag_resolutions")
    packet = models.ForeignKey(Packet, on_delete=models.PROTECT, related_name="flag_resolutions")
    signal = models.SlugField(max_length=60, db_index=False)
    fingerprint = models.CharField(max_length=80)
    outcome = models.CharField(max_length=20, choices=Outcome.choices)
    evidence = ArrayField(models.CharField(max_length=20), default=list, blank=True)  # notes' refs
    cited = models.JSONField(default=list, editable=False)  # those notes, filled in by the trigger
    reason = models.TextField()
    answer = models.TextField(blank=True)  # why a challenged remark in the reason stands
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    supersedes = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="superseded_by"
    )

    objects = FlagResolutionManager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["loop", "signal", "fingerprint"],
                condition=Q(supersedes=None),
                name="one_first_resolution",
            ),
            models.CheckConstraint(
                condition=Q(outcome__in=Outcome.values), name="resolution_outcome_known"
            ),
            models.CheckConstraint(
                condition=Q(reason__regex=r"\S"), name="resolution_has_a_reason"
            ),
            models.CheckConstraint(
                condition=~Q(outcome=Outcome.MITIGATED) | ~Q(evidence=[]),
                name="mitigated_by_some_evidence",
            ),
            models.CheckConstraint(
                condition=~Q(supersedes=F("pk")), name="resolution_supersedes_another"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.signal}: {self.get_outcome_display()}"

    @property
    def as_read(self) -> Resolution:
        """As the packet shows it."""
        return Resolution(
            signal=self.signal,
            fingerprint=self.fingerprint,
            outcome=self.outcome,
            reason=self.reason,
            by=self.by.email,
            name=self.by.name,
            at=self.at,
            version=self.packet.version,
            cited=tuple(self.cited),
        )

    @property
    def settles(self) -> bool:
        """Is the flag closed by it? What waits for another interview stays open."""
        return self.outcome != Outcome.NEEDS_INTERVIEW


def with_resolutions(packets: PacketQuerySet, reader: User) -> PacketQuerySet:
    """Packets whose documents show no other resolution than this person may read."""
    rows = FlagResolution.objects.visible_to(reader)
    return packets.select_related("loop").prefetch_related(Prefetch("loop__flag_resolutions", rows))


def with_outcome(flags: QuerySet[PacketFlag], reader: User | None = None) -> QuerySet[Any]:
    """With `outcome`: the last word that this reader may read, null where there is none.

    Without a reader it is the last word of all. What colleagues found is no secret kept by
    a page that shows one flag fewer.
    """
    every = FlagResolution.objects.all()
    last = (every if reader is None else FlagResolution.objects.visible_to(reader)).filter(
        loop=OuterRef("packet__loop"),
        signal=OuterRef("signal"),
        fingerprint=OuterRef("fingerprint"),
    )
    return flags.annotate(outcome=Subquery(last.order_by("-pk").values("outcome")[:1]))


def open_flags(flags: QuerySet[PacketFlag], reader: User | None = None) -> QuerySet[Any]:
    """Not settled: nobody resolved what was raised, or it waits for another interview."""
    found = with_outcome(flags, reader)
    return found.filter(Q(outcome=None) | Q(outcome=Outcome.NEEDS_INTERVIEW))


def stopping_flags(flags: QuerySet[PacketFlag]) -> QuerySet[Any]:
    """Open disqualifying flags: no decision is recorded while there is one."""
    return open_flags(flags).filter(severity=Severity.DISQUALIFYING)


class RecruiterTaskQuerySet(OfLoopQuerySet):
    def visible_to(self, user: User) -> Self:
        """Of readers of the packet, those who may read the resolution that asks for it."""
        readable = FlagResolution.objects.visible_to(user).filter(pk=OuterRef("resolution"))
        return super().visible_to(user).filter(Exists(readable))

    def open(self) -> Self:
        return self.filter(done_at=None)


class RecruiterTask(models.Model):
    """An interview to be scheduled, since a flag cannot be settled without it.

    It names the dimension to test and nothing of what was found. It is visible to readers of its
    resolution only: that somebody asks for another interview tells of the evaluation as well.
    Done once: by the interview that was scheduled, or by hand with a reason.
    """

    class Kind(models.TextChoices):
        INTERVIEW = "interview", "Another interview"

    loop = models.ForeignKey(Loop, on_delete=models.PROTECT, related_name="recruiter_tasks")
    resolution = models.ForeignKey(FlagResolution, on_delete=models.PROTECT, related_name="tasks")
    kind = models.CharField(max_length=20, choices=Kind.choices, default=Kind.INTERVIEW)
    about = models.SlugField(max_length=60, db_index=False)  # the dimension to test
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField(auto_now_add=True)
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    interview = models.ForeignKey(
        Interview, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    done_reason = models.TextField(blank=True)

    objects = RecruiterTaskQuerySet.as_manager()

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["resolution"], condition=Q(done_at=None), name="one_open_task"
            ),
            models.CheckConstraint(condition=Q(kind="interview"), name="task_kind_known"),
            models.CheckConstraint(
                condition=Q(done_at=None, done_by=None, interview=None, done_reason="")
                | Q(done_at__isnull=False)
                & (Q(interview__isnull=False) | Q(done_reason__regex=r"\S")),
                name="task_is_done_by_an_interview_or_for_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} of {self.loop}: {self.about}"
