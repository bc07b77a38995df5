"""What the worker and the beat have to know of this room."""

from config.jobs.chores import every
from interviews.upload import uploads


@every(600)
def forget_uploads() -> None:
    uploads.forget()
