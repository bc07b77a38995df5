"""The nightly calibration: one row a night, one snapshot where there is enough to say.

Packets are computed from the newest published snapshot, and keep it; a new one supersedes none.
"""

from datetime import date

from django.db import transaction
from django.utils import timezone

from accounts import audit
from calibration.models import CalibrationRun
from config.jobs.kinds import JobKind


def request_for(night: date) -> CalibrationRun:
    """The night's run, asked for once however often the beat rings."""
    with transaction.atomic():
        run, is_new = CalibrationRun.objects.get_or_create(night=night)
        if is_new:
            audit.record(None, "calibration.requested", run, stream="calibration")
            transaction.on_commit(lambda: CALIBRATIONS.hint(run.pk))
    return run


def _calibrate(job: CalibrationRun) -> None:
    from reports.calibration_run import calibrate  # brings scipy, which no other task needs

    job.advance(10)
    found = calibrate(timezone.now(), alive=lambda: job.advance(50))
    with transaction.atomic():
        snapshot = found.store() if found.fit else None
        job.finish(snapshot=snapshot, outcome=found.outcome)


def _sentence(error: Exception) -> str:
    return f"The calibration failed ({type(error).__name__}); the log has the details."


CALIBRATIONS = JobKind("calibration", CalibrationRun, _calibrate, _sentence)
