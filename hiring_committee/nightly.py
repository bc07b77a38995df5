"""The nightly calibration: one row a night, one snapshot where there is enough to say.

Packets are computed from the newest published snapshot, and keep it; a new one supersedes none.
"""

from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from accounts import audit
from config import jobs
from config.celery import app
from hiring_committee.models import CalibrationRun

TASK = "hiring_committee.tasks.run_calibration"


def request_for(night: date) -> CalibrationRun:
    """The night's run, asked for once however often the beat rings."""
    with transaction.atomic():
        run, is_new = CalibrationRun.objects.get_or_create(night=night)
        if is_new:
            audit.record(None, "calibration.requested", run, stream="calibration")
            transaction.on_commit(lambda: jobs.hint(app, TASK, run.pk))
    return run


def run(id: UUID | str) -> CalibrationRun | None:
    """Fit what was requested; None where another worker has it or it is finished."""
    attempt = jobs.claim(CalibrationRun.objects.all(), id)
    if attempt is None:
        return None
    job = CalibrationRun.objects.get(pk=id)
    return jobs.carry_out(job, attempt, _calibrate, sentence=_sentence, again=_again)


def sweep() -> None:
    """Fit what the broker's hint lost, or its worker left."""
    for id in jobs.waiting(CalibrationRun.objects.all()):
        run(id)


def _calibrate(job: CalibrationRun, attempt: int) -> None:
    from hiring_committee.calibrating import calibrate  # brings scipy, which no other task needs

    jobs.advance(job, attempt, 10)
    found = calibrate(timezone.now(), alive=lambda: jobs.advance(job, attempt, 50))
    with transaction.atomic():
        snapshot = found.store() if found.fit else None
        jobs.finish(job, attempt, snapshot=snapshot, outcome=found.outcome)


def _sentence(error: Exception) -> str:
    return f"The calibration failed ({type(error).__name__}); the log has the details."


def _again(id: UUID) -> None:
    jobs.hint(app, TASK, id)
