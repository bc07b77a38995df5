"""What the worker and the beat have to know of this room."""

from django.utils import timezone

from config.jobs.chores import every, nightly
from reports.agreement import report
from reports.exports import jobs
from reports.nightly_calibration import request_for


@nightly(2, 30)
def calibrate() -> None:
    request_for(timezone.now().date())


@every(600)
def expire() -> None:
    jobs.expire()
    report.forget()
