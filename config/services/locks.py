"""Locks that the kernel frees when their holder dies, however it dies."""

import fcntl
import os
import time
from pathlib import Path


class Lock:
    """A flock on a file. Never inherited by programs that the holder starts."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.descriptor: int | None = None

    def shared(self, timeout: float) -> bool:
        """Join those who hold it; False when one process kept it from us for `timeout` s."""
        return self._take(fcntl.LOCK_SH, timeout)

    def exclusive(self, timeout: float = 0) -> bool:
        """Have it alone; False when it stayed taken for `timeout` seconds."""
        return self._take(fcntl.LOCK_EX, timeout)

    def _take(self, kind: int, timeout: float) -> bool:
        descriptor = os.open(self.path, os.O_RDWR | os.O_CREAT, 0o600)
        deadline = time.monotonic() + timeout
        while True:
            try:
                fcntl.flock(descriptor, kind | fcntl.LOCK_NB)
            except BlockingIOError:
                if time.monotonic() >= deadline:
                    os.close(descriptor)
                    return False
                time.sleep(0.01)
            else:
                self.descriptor = descriptor
                return True

    def write(self, text: str) -> None:
        """Leave a word for those who find the lock taken."""
        assert self.descriptor is not None
        os.ftruncate(self.descriptor, 0)
        os.pwrite(self.descriptor, text.encode(), 0)

    def release(self) -> None:
        if self.descriptor is not None:
            os.close(self.descriptor)
            self.descriptor = None

    def __enter__(self) -> "Lock":
        return self

    def __exit__(self, *error: object) -> None:
        self.release()


def holder_says(path: Path) -> str | None:
    """What the holder of an exclusive lock wrote there; None when nobody holds it."""
    if not path.exists():
        return None
    with Lock(path) as lock:
        return None if lock.shared(0) else path.read_text()
