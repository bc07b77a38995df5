"""`make run` from a fresh clone: cold, warm, and what it holds in memory at rest."""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from tests.bench.figures import Figure, seconds

PROJECT = Path(__file__).resolve().parents[2]
REST = 8  # seconds after which a started product is at rest


def figures(folder: Path) -> Iterator[Figure]:
    clone = folder / "clone"
    subprocess.run(["git", "clone", "--quiet", str(PROJECT), str(clone)], check=True)
    floor = seconds(lambda: _install_only(folder / "floor-venv"))
    shutil.rmtree(folder / "floor-venv")
    cold, _, _ = _run(clone)
    yield Figure("cold_make_run", cold, "s", floor, "venv and pip install of requirements.txt")
    warm, megabytes, processes = _run(clone)
    start = seconds(_bare_process, times=3)
    yield Figure("warm_make_run", warm, "s", start, "one process that only sets Django up")
    bare = _bare_memory() * processes
    yield Figure("memory_at_rest", megabytes, "MB", bare, f"{processes} bare Python processes")


def _install_only(venv: Path) -> None:
    subprocess.run([sys.executable, "-m", "venv", str(venv)], check=True)
    locks = ["-r", "requirements.txt", "-c", "constraints.txt"]
    install = [str(venv / "bin/pip"), "install", "--quiet", "--no-cache-dir", *locks]
    subprocess.run(install, check=True, cwd=PROJECT, stderr=subprocess.DEVNULL)


def _run(clone: Path) -> tuple[float, float, int]:
    """Start it, wait for the address, measure, stop: seconds, MB at rest, Python processes."""
    env = {
        k: v for k, v in os.environ.items() if not re.match("DATABASE|REDIS|SCORECARD|SECRET", k)
    }
    env |= {"PORT": str(_free_port()), "PIP_NO_CACHE_DIR": "1"}
    start = time.perf_counter()
    runner = subprocess.Popen(
        ["make", "run"], cwd=clone, env=env, stdout=subprocess.PIPE, text=True,
        stderr=subprocess.DEVNULL, start_new_session=True,
    )  # fmt: skip
    try:
        for line in runner.stdout or ():
            if "Scorecard is at" in line:
                break
        else:
            raise SystemExit("bench: make run ended before it served")
        took = time.perf_counter() - start
        time.sleep(REST)
        ours = _processes_of(clone)
        python = [pid for pid, command in ours.items() if "python" in command]
        return took, sum(_megabytes(pid) for pid in ours), len(python)
    finally:
        os.killpg(runner.pid, signal.SIGINT)
        runner.wait(60)


def _processes_of(clone: Path) -> dict[int, str]:
    """Every process whose program, arguments or folder lie in the clone: pid to command line."""
    found = {}
    for proc in Path("/proc").glob("[0-9]*"):
        try:
            command = (proc / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
            places = [command, os.readlink(proc / "exe"), os.readlink(proc / "cwd")]
        except OSError:
            continue
        if any(str(clone) in place for place in places):
            found[int(proc.name)] = command
    return found


def _megabytes(pid: int) -> float:
    """Proportional set size: shared pages are counted once, divided among their users."""
    try:
        rollup = Path(f"/proc/{pid}/smaps_rollup").read_text()
    except OSError:
        return 0.0
    match = re.search(r"^Pss:\s+(\d+) kB", rollup, re.M)
    return int(match[1]) / 1024 if match else 0.0


BARE = (
    "import os; os.environ['DJANGO_SETTINGS_MODULE'] = 'config.settings';"
    "import django; django.setup()"
)


def _bare_process() -> None:
    subprocess.run([sys.executable, "-c", BARE], cwd=PROJECT, check=True)


def _bare_memory() -> float:
    wait = f"{BARE}; print('up', flush=True); import sys; sys.stdin.read()"
    with subprocess.Popen(
        [sys.executable, "-c", wait], cwd=PROJECT, text=True,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE,
    ) as process:  # fmt: skip
        assert process.stdout and process.stdin
        process.stdout.readline()
        megabytes = _megabytes(process.pid)
        process.stdin.close()
    return megabytes


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
