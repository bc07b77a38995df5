"""What the worker has to know of this room: its kind of job."""

from ats.importing import uploads  # noqa: F401  registers it
