"""The web server and the worker as real processes on the test database, as the runtime role."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.db import connection

from config.services.processes import die_with_parent

PROJECT = Path(__file__).resolve().parents[2]
STARTING = 60  # seconds


def environment(var: Path, **more: str) -> dict[str, str]:
    """What such a process is told: the test database, as the role that owns nothing."""
    runtime = urlsplit(os.environ["DATABASE_URL"])._replace(
        path=f"/{connection.settings_dict['NAME']}"
    )
    kept = {k: v for k, v in os.environ.items() if k != "SCORECARD_DB_ROLE"}
    return kept | {
        "DATABASE_URL": runtime.geturl(),
        "SECRET_KEY": settings.SECRET_KEY,
        "SCORECARD_VAR": str(var),  # where its static files are collected
        **more,
    }


class Process:
    """A process that can be stopped, killed in the middle of its work, and started again."""

    def __init__(self, command: list[str], env: dict[str, str], log: Path) -> None:
        self.command, self.env, self.log = command, env, log
        self.process: subprocess.Popen[bytes] | None = None
        self.begins_at = 0  # in the log, which earlier ones may have written, too

    def start(self) -> None:
        with open(self.log, "ab") as log:
            self.begins_at = log.tell()
            self.process = subprocess.Popen(
                self.command,
                cwd=PROJECT,
                env=self.env,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                preexec_fn=die_with_parent(signal.SIGTERM),
            )

    def said(self) -> str:
        """What it has logged since it was last started."""
        return self.log.read_bytes()[self.begins_at :].decode()

    def kill(self) -> None:
        """kill -9 of it and all its children: no chance to finish anything."""
        self._signal(signal.SIGKILL)

    def stop(self) -> None:
        self._signal(signal.SIGTERM)

    def _signal(self, number: int) -> None:
        if not self.process:
            return
        if self.process.poll() is None:
            os.killpg(self.process.pid, number)
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
        self.process = None


class WebServer(Process):
    def __init__(self, var: Path) -> None:
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        command = [
            sys.executable,
            "-m",
            "gunicorn",
            "config.wsgi",
            f"--bind=127.0.0.1:{self.port}",
            "--workers=2",
            "--threads=4",
            "--graceful-timeout=5",
        ]
        super().__init__(command, environment(var), var / "web.log")

    def start(self) -> None:
        super().start()
        deadline = time.monotonic() + STARTING
        while not self.is_ready():
            if time.monotonic() > deadline or self.process.poll() is not None:  # type: ignore[union-attr]
                raise RuntimeError(f"The web server did not start: {self.said()[-2000:]}")
            time.sleep(0.05)

    def is_ready(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.url}/healthz", timeout=2) as answer:
                return answer.status == 200
        except (urllib.error.URLError, OSError):
            return False


class Worker(Process):
    """A Celery worker on a queue database of its own, so that no other worker takes its tasks."""

    def __init__(self, var: Path) -> None:
        command = [
            sys.executable,
            "-m",
            "celery",
            "--app=config",
            "worker",
            "--beat",
            f"--schedule={var / 'beat'}",
            "--concurrency=1",
            "--loglevel=INFO",
        ]
        super().__init__(command, environment(var), var / "worker.log")

    def is_ready(self) -> bool:
        """Whether it takes tasks: Celery's own words for that, "celery@host ready."."""
        return " ready." in self.said()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def collect_static(var: Path) -> None:
    subprocess.run(
        [sys.executable, "-m", "django", "collectstatic", "--noinput", "--verbosity=0"],
        cwd=PROJECT,
        env=environment(var, DJANGO_SETTINGS_MODULE="config.settings", PYTHONPATH=str(PROJECT)),
        check=True,
    )
