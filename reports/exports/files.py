"""Where exported files lie: in the data folder, for their owner's eyes, whole or not at all."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import UUID

from django.conf import settings

from reports.models import Export


def folder() -> Path:
    """Made when missing; nobody but the product's own user may look inside."""
    path = Path(settings.EXPORTS_FOLDER)
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path


def path_of(export: Export) -> Path:
    return folder() / f"{export.pk}.{export.format}"


@contextmanager
def for_one_attempt(export: Export) -> Iterator[Path]:
    """The file to write, in a folder of this attempt; what earlier attempts left is removed.

    Their workers are gone, or will find that they lost the job before they store anything.
    """
    remove(export.pk)
    own = folder() / f"{export.pk}.{export.attempts}.part"
    own.mkdir(mode=0o700)
    try:
        yield own / f"export.{export.format}"
    finally:
        shutil.rmtree(own, ignore_errors=True)


def keep(made: Path, place: Path) -> None:
    """Put a finished file in its place: flushed to the disk first, then renamed at one stroke."""
    made.chmod(0o600)
    _flush(made)
    made.replace(place)
    _flush(place.parent)


def _flush(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def remove(id: UUID | str) -> None:
    """Everything that is kept of one export, finished or not."""
    for path in folder().glob(f"{id}.*"):
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)


def ids() -> set[str]:
    """The exports that something is kept of."""
    return {path.name.partition(".")[0] for path in folder().iterdir()}
