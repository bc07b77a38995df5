"""What the worker has to know of this room: its kind of job."""

from interviews.upload import uploads  # noqa: F401  registers it
