"""Sleep that ends at once when a child dies or a signal comes, without a thread."""

import os
import select
import signal
from types import FrameType


class Wakeup:
    """Counts the `stop` signals that have come; a dead child only wakes."""

    def __init__(self, *stop: signal.Signals) -> None:
        self.stop = 0
        self.reader, writer = os.pipe()
        os.set_blocking(self.reader, False)
        os.set_blocking(writer, False)
        signal.set_wakeup_fd(writer, warn_on_full_buffer=False)
        signal.signal(signal.SIGCHLD, lambda number, frame: None)
        for number in stop:
            signal.signal(number, self._ask_to_stop)

    def _ask_to_stop(self, number: int, frame: FrameType | None) -> None:
        self.stop += 1

    def wait(self, seconds: float, *others: int) -> list[int]:
        """Wait at most `seconds`; returns which of `others` (file descriptors) have something."""
        ready, _, _ = select.select([self.reader, *others], [], [], max(0, seconds))
        if self.reader in ready:
            os.read(self.reader, 4096)
            ready.remove(self.reader)
        return ready
