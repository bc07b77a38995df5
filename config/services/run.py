"""`make run`: everything on one machine, in one terminal.

PORT (8000) and HOST (127.0.0.1) say where; DEMO=0 leaves the demo out and makes a first
administrator. Ends with everything it started on Ctrl-C, SIGTERM or the loss of its terminal.
"""

import errno
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request

from config.services import ServiceError, client, ensure
from config.services.locks import Lock, holder_says
from config.services.processes import die_with_parent
from config.services.supervisor import Program, Supervisor, note
from config.services.var import PROJECT, Var
from config.services.wakeup import Wakeup

CHECK = 2.0  # seconds between two looks at the embedded services
START = 120.0  # seconds until the first page answers


def address() -> tuple[str, int]:
    """HOST and PORT from the environment; raises ServiceError unless they can be had."""
    host, text = os.environ.get("HOST") or "127.0.0.1", os.environ.get("PORT") or "8000"
    if not text.isdigit() or not 0 < int(text) < 65536:
        raise ServiceError(f"PORT is {text!r} and must be a number from 1 to 65535.")
    port = int(text)
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise ServiceError(refusal(host, port, error)) from None
    return host, port


def refusal(host: str, port: int, error: OSError) -> str:
    if error.errno == errno.EADDRINUSE:
        return (
            f"Port {port} is in use: stop what listens there, or choose: PORT={port + 1} make run"
        )
    if error.errno == errno.EACCES:
        return f"Port {port} needs root's rights: choose one above 1023, as in PORT=8000 make run"
    return f"Cannot listen on {host}, port {port}: {(error.strerror or str(error)).lower()}."


def programs(host: str, port: int, var: Var) -> list[Program]:
    """Web server, worker and beat, none of which learns the owner's way into the database."""
    env = {**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings", "PYTHONUNBUFFERED": "1"}
    for name in ("DATABASE_OWNER_URL", "SCORECARD_DB_ROLE"):
        env.pop(name, None)
    at = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    python = [sys.executable, "-m"]
    web = [*python, "gunicorn", "config.wsgi", "--bind", at, "--preload", "--no-control-socket"]
    web += ["--worker-class", "gthread", "--workers", "2", "--threads", "4"]
    web += ["--graceful-timeout", "8", "--log-level", "warning"]
    # Celery advises against root; the runner has it from whoever started it, and says no more.
    quiet = ["-W", "ignore::UserWarning:celery.platforms"]
    celery = [sys.executable, *quiet, "-m", "celery", "--quiet", "-A", "config.celery"]
    worker = [*celery, "worker", "--concurrency", "2", "--loglevel", "warning"]
    worker += ["--without-gossip", "--without-mingle"]
    schedule = str(var.root / "beat-schedule")
    beat = [*celery, "beat", "--loglevel", "warning", "--schedule", schedule, "--pidfile="]
    return [
        Program("web", web, {**env, "SCORECARD_DB_POOL": "1"}),
        Program("worker", worker, env),
        Program("beat", beat, env),
    ]


def prepare(demo: bool, wakeup: Wakeup) -> str:
    """Run prepare.py in a process of its own, which takes its memory with it.

    Returns what it has to say to people; raises ServiceError when it fails.
    """
    process = subprocess.Popen(
        [sys.executable, "-m", "config.services.prepare"]
        + ["--demo" if demo else "--first-administrator"],
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
        preexec_fn=die_with_parent(signal.SIGTERM),
    )
    said = None
    while said is None:
        try:
            said, _ = process.communicate(timeout=0.2)
        except subprocess.TimeoutExpired:
            if wakeup.stop:
                process.terminate()
    if process.returncode and not wakeup.stop:
        print(said, end="", file=sys.stderr)
        raise ServiceError("The database was not brought up to date (the reason is above).")
    return said


def answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=2):  # noqa: S310  the house's own address
            return True
    except urllib.error.HTTPError as refusal:
        return refusal.code < 500  # a host name that it does not know is an answer too
    except OSError:
        return False


def serve(var: Var, wakeup: Wakeup) -> None:
    """Start everything, say so, and stay until a signal says stop. Raises ServiceError."""
    host, port = address()
    ensure()
    people = prepare(os.environ["DEMO"] == "1", wakeup)
    if wakeup.stop:
        return
    supervisor = Supervisor(programs(host, port, var), wakeup)
    everywhere = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}  # noqa: S104  nothing is bound here
    shown = everywhere.get(host, f"[{host}]" if ":" in host else host)
    url = f"http://{shown}:{port}/"
    try:
        supervisor.start()
        if not supervisor.run_until(lambda: answers(f"{url}healthz"), START):
            if not wakeup.stop:
                raise ServiceError(f"{url} did not answer within {START:.0f} s.")
            return
        print(f"\n{people.strip()}\n\nScorecard is at {url} (Ctrl-C stops it)\n", flush=True)
        looked = time.monotonic()
        while not wakeup.stop:
            supervisor.turn(CHECK)
            if time.monotonic() - looked >= CHECK:
                ensure()  # servers whose process was killed are started again
                looked = time.monotonic()
    finally:
        supervisor.stop()


def leave(var: Var) -> None:
    """Stop counting as a user, and wait for the servers' end if we were the last."""
    client.leave()
    with Lock(var.users_lock) as lock:
        alone = not var.users_lock.exists() or lock.exclusive(timeout=0.2)
    deadline = time.monotonic() + 30
    while alone and holder_says(var.servers_lock) is not None and time.monotonic() < deadline:
        time.sleep(0.1)


def main() -> int:
    if "--with-parent" in sys.argv:
        die_with_parent(signal.SIGTERM)()
    os.chdir(PROJECT)
    os.environ["DEMO"] = "0" if os.environ.get("DEMO", "1") in ("0", "false", "no") else "1"
    var = Var.from_environment()
    wakeup = Wakeup(signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    try:
        var.make()
        with Lock(var.runner_lock) as alone:
            if not alone.exclusive(timeout=1):
                where = holder_says(var.runner_lock)
                raise ServiceError(f"It already runs on the data in {var.root} ({where}).")
            alone.write(f"process {os.getpid()}, port {os.environ.get('PORT') or 8000}")
            serve(var, wakeup)
            if wakeup.stop:
                note("stopping")
            leave(var)
    except ServiceError as error:
        note(str(error))
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
