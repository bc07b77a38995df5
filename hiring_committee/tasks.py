"""Celery tasks of packets, exports, mail and calibration: a name, a policy and one call each."""

from typing import Any

from celery import shared_task
from celery.signals import worker_ready
from django.utils import timezone

from hiring_committee import bulk_uploads, mailbox, nightly, requests, season_agreement
from hiring_committee.chasing import reminding
from hiring_committee.exports import making
from hiring_committee.mails import outbox


@shared_task(name="hiring_committee.tasks.build_packet")
def build_packet(request_id: str) -> None:
    requests.run(request_id)


@shared_task(name="hiring_committee.tasks.sweep")
def sweep() -> None:
    requests.sweep()


@shared_task(name="hiring_committee.tasks.calibrate")
def calibrate() -> None:
    """Started by the beat, once a night."""
    nightly.request_for(timezone.now().date())


@shared_task(name="hiring_committee.tasks.run_calibration")
def run_calibration(run_id: str) -> None:
    nightly.run(run_id)


@shared_task(name="hiring_committee.tasks.sweep_calibrations")
def sweep_calibrations() -> None:
    nightly.sweep()


@shared_task(name="hiring_committee.tasks.make_export")
def make_export(export_id: str) -> None:
    making.run(export_id)


@shared_task(name="hiring_committee.tasks.sweep_exports")
def sweep_exports() -> None:
    making.sweep()


@shared_task(name="hiring_committee.tasks.work_on_bulk_upload")
def work_on_bulk_upload(upload_id: str) -> None:
    bulk_uploads.run(upload_id)


@shared_task(name="hiring_committee.tasks.sweep_bulk_uploads")
def sweep_bulk_uploads() -> None:
    bulk_uploads.sweep()


@shared_task(name="hiring_committee.tasks.make_agreement_report")
def make_agreement_report(report_id: str) -> None:
    season_agreement.run(report_id)


@shared_task(name="hiring_committee.tasks.sweep_agreement_reports")
def sweep_agreement_reports() -> None:
    season_agreement.sweep()


@shared_task(name="hiring_committee.tasks.expire_exports")
def expire_exports() -> None:
    making.expire()


@shared_task(name="hiring_committee.tasks.remind")
def remind() -> None:
    reminding.remind(timezone.now())


@shared_task(name="hiring_committee.tasks.send_mails")
def send_mails() -> None:
    outbox.sweep()


@shared_task(name="hiring_committee.tasks.forget_local_mails")
def forget_local_mails() -> None:
    mailbox.forget(timezone.now())


@worker_ready.connect(dispatch_uid="sweep_when_ready")
def sweep_when_ready(sender: Any, **_: Any) -> None:
    """What was requested while no worker ran is built now, not at the next beat."""
    sender.app.send_task("hiring_committee.tasks.sweep")
    sender.app.send_task("hiring_committee.tasks.sweep_exports")
    sender.app.send_task("hiring_committee.tasks.sweep_bulk_uploads")
    sender.app.send_task("hiring_committee.tasks.send_mails")
    sender.app.send_task("scorecard.tasks.sweep_loop_uploads")
