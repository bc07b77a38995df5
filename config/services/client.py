"""What a process does that uses the servers: see that they run, and be counted as a user."""

import os
import socket
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from config.services import programs
from config.services.errors import ServiceError
from config.services.locks import Lock, holder_says
from config.services.processes import command_line
from config.services.var import PROJECT, Var

PATIENCE = 180  # seconds; recovery after a crash reads the whole write-ahead log
RUNTIME_ROLE = "scorecard_app"
OWNER_ROLE = "scorecard_owner"

_counted: dict[Path, Lock] = {}  # by folder; held until this process ends


@dataclass(frozen=True)
class Services:
    database_url: str  # as the role that owns nothing: web, worker, most commands
    owner_url: str  # as the owner of the schema: migrations and tests
    redis_url: str


def ensure() -> Services:
    """Be sure that PostgreSQL and Valkey answer, and export where they are.

    Sets DATABASE_URL, DATABASE_OWNER_URL, REDIS_URL and SECRET_KEY where they are not set. This
    process counts as a user until it ends or calls `leave()`. Raises ServiceError.
    """
    var = Var.from_environment()
    try:
        if not os.environ.get("SECRET_KEY"):
            var.make()
            os.environ["SECRET_KEY"] = var.secret_key()
        services = export(var)
        embedded = {var.database_url(RUNTIME_ROLE), var.redis_url}
        if embedded & {services.database_url, services.redis_url}:
            _be_counted(var)
            _wait_until_ready(var)
    except OSError as error:
        raise ServiceError(var.refusal(error)) from None
    return services


def export(var: Var | None = None) -> Services:
    """Put the addresses into the environment without starting anything."""
    environ = os.environ
    var = var or Var.from_environment()
    if not environ.get("DATABASE_URL"):
        environ["DATABASE_URL"] = var.database_url(RUNTIME_ROLE)
        environ["DATABASE_OWNER_URL"] = var.database_url(OWNER_ROLE)
        environ["PGHOST"] = str(var.sockets)  # for manage.py dbshell, with the psql that we have
        environ["PATH"] = f"{environ.get('PATH', os.defpath)}:{programs.postgres_folder()}"
    environ.setdefault("DATABASE_OWNER_URL", environ["DATABASE_URL"])
    if not environ.get("REDIS_URL"):
        environ["REDIS_URL"] = var.redis_url
    return Services(environ["DATABASE_URL"], environ["DATABASE_OWNER_URL"], environ["REDIS_URL"])


def leave() -> None:
    """Stop counting as a user; the servers end soon after the last one has left."""
    while _counted:
        _counted.popitem()[1].release()


def _be_counted(var: Var) -> None:
    if var.root in _counted:
        return
    var.make()
    lock = Lock(var.users_lock)
    if not lock.shared(PATIENCE):
        raise ServiceError(
            f"The services in {var.root} have been stopping for {PATIENCE} s: see "
            f"{var.root}/log/servers.log, and end the process that holds servers.lock."
        )
    os.utime(var.users_lock)  # a short visit counts too: the servers linger after it
    _counted[var.root] = lock


def _wait_until_ready(var: Var) -> None:
    deadline = time.monotonic() + PATIENCE
    while not is_ready(var):
        if holder_says(var.servers_lock) is None:
            _start_servers(var)
            continue
        if time.monotonic() > deadline:
            raise ServiceError(
                f"PostgreSQL and Valkey in {var.root} did not become ready within {PATIENCE} s: "
                f"see {var.root}/log."
            )
        time.sleep(0.02)


def is_ready(var: Var) -> bool:
    """Whether their process says so and both servers take a connection."""
    says = holder_says(var.servers_lock)
    if says is None or not says.startswith("ready "):
        return False
    # The word of a killed process counts for nothing, though the next may already hold the lock.
    if "config.services.dev_servers" not in command_line(int(says.split()[1])):
        return False
    return _answers(var.postgres_socket) and _answers(var.redis_socket)


def _answers(path: Path) -> bool:
    with socket.socket(socket.AF_UNIX) as connection:
        connection.settimeout(2)
        try:
            connection.connect(str(path))
        except OSError:
            return False
    return True


def _start_servers(var: Var) -> None:
    """Start dev_servers.py and wait for its first word; raises ServiceError with its sentence."""
    paths = [str(PROJECT), *filter(None, [os.environ.get("PYTHONPATH")])]
    environment = {**os.environ, "SCORECARD_VAR": str(var.root), "PYTHONPATH": ":".join(paths)}
    with open(var.root / "log" / "servers.log", "ab") as log:
        process = subprocess.Popen(
            [sys.executable, "-P", "-m", "config.services.dev_servers"],
            cwd="/",
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=log,
            start_new_session=True,  # a Ctrl-C here is not meant for it
        )
        with process:  # it detaches, so that this ends with its first word
            assert process.stdout is not None
            word = process.stdout.read().decode().strip()
    if word.startswith("error "):
        raise ServiceError(word.removeprefix("error "))
    if not word:
        raise ServiceError(f"PostgreSQL and Valkey did not start: see {var.root}/log/servers.log.")
