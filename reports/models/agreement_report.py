"""How far raters agree over a set of packets: the work, and what it found."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from config.jobs.rows import Job, open_index, state_constraints


class AgreementReport(Job):
    """The figures of one set of packets, whoever asked for them first.

    A report is found by the digest of the packets that its reader may read at that moment, and by
    nothing else: who may read others finds another report, or none. Packets never change, so
    neither do their figures.
    """

    digest = models.CharField(max_length=64, unique=True)
    packets = ArrayField(models.UUIDField())
    result = models.JSONField(null=True, blank=True)

    class Meta(Job.Meta):
        indexes = [open_index("agreement_reports_open")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="done") | Q(result__isnull=False, progress=100),
                name="agreement_report_done_has_figures",
            ),
            *state_constraints("agreement_report"),
        ]

    def __str__(self) -> str:
        return f"{self.get_state_display()}: agreement over {len(self.packets)} packets"
