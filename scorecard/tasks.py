"""Celery tasks of imports: a name and one call each."""

from celery import shared_task

from scorecard.importing import uploads


@shared_task(name="scorecard.tasks.work_on_loop_upload")
def work_on_loop_upload(upload_id: str) -> None:
    uploads.run(upload_id)


@shared_task(name="scorecard.tasks.sweep_loop_uploads")
def sweep_loop_uploads() -> None:
    uploads.sweep()
