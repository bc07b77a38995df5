"""What the worker has to know of this room."""

from packets import build_jobs  # noqa: F401  registers its kind of job
