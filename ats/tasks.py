"""What the worker and the beat have to know of this room."""

from ats.importing import uploads
from config.jobs.chores import every


@every(600)
def forget_uploads() -> None:
    uploads.forget()
