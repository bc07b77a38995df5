"""What has to be asked of Linux and of macOS in different ways, about processes."""

import ctypes
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

LINUX = sys.platform == "linux"
PR_SET_PDEATHSIG = 1
libc = ctypes.CDLL(None, use_errno=True)
# macOS tells no child of its parent's death: a shell looks until parent or child has ended.
WATCH = "(while kill -0 $0 && kill -0 $1; do sleep 0.5; done; kill -s $2 $1) >/dev/null 2>&1 &"


def die_with_parent(number: signal.Signals = signal.SIGINT) -> Callable[[], None]:
    """For Popen's preexec_fn: the child gets signal `number` when the thread that made it ends."""

    def arm() -> None:
        if LINUX:
            libc.prctl(PR_SET_PDEATHSIG, number)
        else:
            pids = [str(os.getppid()), str(os.getpid())]
            command = ["sh", "-c", WATCH, *pids, number.name.removeprefix("SIG")]
            subprocess.run(command, start_new_session=True)

    return arm


def command_line(pid: int) -> str:
    """The words that a process was started with; none where there is no such process."""
    try:
        if LINUX:  # which has /proc, and ps only where somebody installed it
            return os.fsdecode(Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" "))
        ps = ["ps", "-ww", "-o", "command=", "-p", str(pid)]
        return subprocess.run(ps, capture_output=True, text=True).stdout
    except OSError:
        return ""
