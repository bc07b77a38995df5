"""Real servers in a folder of their own, used from real processes that may be killed."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

import psycopg
import pytest

from config.services.var import PROJECT, Var

USE = "from config.services import ensure; print(ensure().database_url, flush=True); input()"


class House:
    """One SCORECARD_VAR with the processes that belong to it."""

    def __init__(self, root: Path) -> None:
        self.var = Var(root)
        self.env = {
            "PATH": os.environ["PATH"],
            "HOME": os.environ.get("HOME", "/"),
            "PYTHONPATH": str(PROJECT),
            "SCORECARD_VAR": str(root),
        }
        self.users: list[subprocess.Popen[str]] = []

    def start(
        self, *command: str, output: IO[str] | None = None, env: dict[str, str] | None = None
    ) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [sys.executable, *command],
            env={**self.env, **(env or {})},
            cwd=PROJECT,
            stdin=subprocess.PIPE,
            stdout=output or subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self.users.append(process)
        return process

    def user(self) -> subprocess.Popen[str]:
        """A process that uses the services until its stdin is closed; not yet ready."""
        return self.start("-c", USE)

    def ready_user(self) -> subprocess.Popen[str]:
        user = self.user()
        assert user.stdout is not None
        assert user.stdout.readline().startswith("postgresql://")
        return user

    def refusal(self) -> str:
        """What manage.py says when it cannot start; the test fails if it can."""
        done = subprocess.run(
            [sys.executable, "manage.py", "check"],
            env=self.env,
            cwd=PROJECT,
            capture_output=True,
            text=True,
        )
        assert done.returncode == 1
        assert "Traceback" not in done.stderr
        assert len(done.stderr.strip().splitlines()) == 1
        return done.stderr.strip()

    def connect(self, role: str = "postgres") -> psycopg.Connection:
        return psycopg.connect(self.var.database_url(role), autocommit=True)

    def processes(self, word: str = "") -> dict[int, str]:
        """Everything that runs on this folder, by pid; `word` must stand in its command line."""
        found = {}
        for entry in Path("/proc").iterdir():
            try:
                words = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode()
                about = words + (entry / "environ").read_bytes().decode(errors="replace")
                about += os.readlink(entry / "cwd")  # by which PostgreSQL's children are known
            except OSError:
                continue
            if words and str(self.var.root) in about and word in words:
                found[int(entry.name)] = words
        return {pid: words for pid, words in found.items() if pid not in self._own_pids()}

    def _own_pids(self) -> set[int]:
        return {user.pid for user in self.users}

    def programs(self, word: str) -> dict[int, str]:
        """Those processes without the copies of them that are still about to become another.

        A child bears its parent's command line from the fork until it takes its own, and
        PostgreSQL forks one for whoever comes.
        """
        found = self.processes(word)
        return {pid: words for pid, words in found.items() if found.get(parent(pid)) != words}

    def pid(self, word: str) -> int:
        (pid,) = self.programs(word)
        return pid

    def kill(self, *words: str) -> None:
        """kill -9 whatever bears one of these words; what dies of it meanwhile is no fault."""
        for word in words:
            for pid in self.processes(word):
                with suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)

    def close(self) -> None:
        for user in self.users:
            user.kill()
            user.communicate()
        self.kill("")
        eventually(lambda: not self.processes())
        if self.var.sockets.parent != self.var.root:
            shutil.rmtree(self.var.sockets, ignore_errors=True)


def parent(pid: int) -> int:
    """Its parent's pid; 0 when it has ended."""
    try:
        return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])
    except OSError:
        return 0


def eventually(condition: Callable[[], object], seconds: float = 60, every: float = 0.05) -> None:
    """Wait until `condition` holds; the test fails when it does not within `seconds`."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(every)


@contextmanager
def new_house() -> Iterator[House]:
    # Not tmp_path: its long name would send every socket to the substitute folder.
    root = Path(tempfile.mkdtemp(prefix="scorecard-test-"))
    house = House(root / "var")
    try:
        yield house
    finally:
        house.close()
        shutil.rmtree(root)


@pytest.fixture
def house() -> Iterator[House]:
    with new_house() as house:
        yield house
