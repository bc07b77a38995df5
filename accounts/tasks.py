"""What the beat has to know of this room."""

from django.core.management import call_command

from config.jobs.chores import nightly


@nightly(3, 20)
def clear_sessions() -> None:
    """Delete sessions that have expired, since nothing else does."""
    call_command("clearsessions")
