"""One server process, PostgreSQL or Valkey: started, ready, gone, stopped."""

import signal
import subprocess
import time
from abc import ABC, abstractmethod
from pathlib import Path

from config.services.account import Account, environment
from config.services.errors import ServiceError
from config.services.processes import die_with_parent
from config.services.var import Var

STARTING = 150  # seconds; PostgreSQL may have a crash to recover from
STOPPING = 20
LOG_BYTES = 5_000_000


class Server(ABC):
    name: str

    def __init__(self, var: Var, account: Account) -> None:
        self.var = var
        self.account = account
        self.process: subprocess.Popen[bytes] | None = None
        self.started = 0.0
        self.deaths = 0  # quick ones in a row

    @abstractmethod
    def command(self) -> list[str | Path]:
        """The words that start it in the foreground."""

    @abstractmethod
    def is_ready(self) -> bool: ...

    def prepare(self) -> None:  # noqa: B027  a hook, not a duty
        """What must be there before it starts."""

    def welcome(self) -> None:  # noqa: B027
        """What must be done once it is ready."""

    @property
    def log(self) -> Path:
        return self.var.root / "log" / f"{self.name}.log"

    def start(self) -> None:
        """Start it and wait until it is ready; raises ServiceError with its last words."""
        self.started = time.monotonic()
        self.prepare()
        if self.log.exists() and self.log.stat().st_size > LOG_BYTES:
            self.log.replace(self.log.with_suffix(".log.1"))
        with open(self.log, "ab") as log:
            self.process = subprocess.Popen(
                [*self.account.prefix, *map(str, self.command())],
                cwd="/",
                env=environment(),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                preexec_fn=None if self.account.prefix else die_with_parent(),
            )
        while not self.is_ready():
            if self.has_ended() or time.monotonic() - self.started > STARTING:
                said = self.last_words()
                self.stop()
                raise ServiceError(f"{self.name} did not start: {said}")
            time.sleep(0.02)
        self.welcome()

    def has_ended(self) -> bool:
        return self.process is None or self.process.poll() is not None

    def last_words(self) -> str:
        """The last line of its log that says anything."""
        lines = self.log.read_text(errors="replace").split("\n") if self.log.exists() else []
        said = [line.strip() for line in lines if line.strip()]
        faults = [line for line in said[-20:] if "FATAL" in line and "starting up" not in line]
        return (faults or said or ["it said nothing"])[-1] + f" (see {self.log})"

    def stop(self) -> None:
        """End it cleanly: PostgreSQL and Valkey both write everything down on SIGINT."""
        if self.process is None or self.has_ended():
            return
        self.process.send_signal(signal.SIGINT)
        try:
            self.process.wait(STOPPING)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
