"""`make run` from start to end: it serves, it survives, it leaves nothing behind."""

import json
import os
import signal
import socket
import subprocess
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from tests.config.services.conftest import House, eventually, parent

pytestmark = pytest.mark.slow  # whole houses, started and ended

POSTMASTER = "bin/postgres -D"
RUN = ("-m", "config.services.run")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def start(house: House, port: int) -> tuple[subprocess.Popen[str], str]:
    """The runner, and what it said until it served."""
    log = house.var.root.parent / "runner.log"
    with open(log, "w") as file:
        runner = house.start(*RUN, env={"PORT": str(port), "DEMO": "0"}, output=file)
    eventually(lambda: "Ctrl-C stops it" in log.read_text() or runner.poll() is not None, 60)
    assert runner.poll() is None, log.read_text()
    return runner, log.read_text()


def ready(port: int) -> dict[str, bool]:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=30) as answer:
            return json.load(answer)
    except urllib.error.HTTPError as answer:
        return json.load(answer)


def all_ready(port: int) -> bool:
    return ready(port) == {"database": True, "broker": True, "worker": True}


def test_it_serves_as_the_runtime_role_and_ctrl_c_ends_everything(house: House) -> None:
    port = free_port()
    runner, said = start(house, port)
    assert f"http://127.0.0.1:{port}/" in said
    eventually(lambda: all_ready(port))
    for pid in house.processes("gunicorn") | house.processes("celery"):
        environment = Path(f"/proc/{pid}/environ").read_bytes()
        assert b"scorecard_app" in environment
        assert b"scorecard_owner" not in environment
    with house.connect() as superuser:
        roles = superuser.execute(
            "SELECT DISTINCT usename FROM pg_stat_activity WHERE datname = 'scorecard'"
        ).fetchall()
    assert ("scorecard_app",) in roles
    assert ("scorecard_owner",) not in roles

    workers = house.processes("config.celery worker")
    (main,) = [pid for pid in workers if parent(pid) not in workers]
    os.kill(main, signal.SIGKILL)
    eventually(lambda: len(house.processes("config.celery worker").keys() - workers.keys()) == 3)
    assert not house.processes().keys() & workers.keys()  # its children went with it

    runner.send_signal(signal.SIGINT)
    assert runner.wait(60) == 0
    eventually(lambda: not house.processes())  # what had to be killed takes a moment to be gone


def test_killed_runner_leaves_nothing_and_the_next_reuses_the_data(house: House) -> None:
    port = free_port()
    runner, said = start(house, port)
    assert "password" in said.lower()  # the first administrator's, shown once
    with house.connect("scorecard_owner") as owner:
        people = owner.execute("SELECT id, email FROM accounts_user").fetchall()
    runner.kill()
    runner.communicate()
    eventually(lambda: not house.processes())

    again, said = start(house, port)
    with house.connect("scorecard_owner") as owner:
        assert owner.execute("SELECT id, email FROM accounts_user").fetchall() == people
    assert len(people) == 1
    old = house.pid(POSTMASTER)
    house.kill("services.dev_servers")
    eventually(lambda: set(house.programs(POSTMASTER)) - {old})  # the runner sent for another
    eventually(lambda: ready(port)["database"])
    again.terminate()
    assert again.wait(60) == 0
    eventually(lambda: not house.processes())  # what had to be killed takes a moment to be gone


def refusal(house: House, port: str) -> str:
    runner = house.start(*RUN, env={"PORT": port})
    said, _ = runner.communicate(timeout=60)
    assert runner.returncode == 1
    assert len(said.strip().splitlines()) == 1
    return said.strip()


def test_port_in_use_is_said_before_anything_is_started(house: House) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        said = refusal(house, str(port))
    assert said.startswith(f"Scorecard: Port {port} is in use")
    assert f"PORT={port + 1} make run" in said
    assert not house.var.servers_lock.exists()


def test_port_that_is_no_number_is_refused(house: House) -> None:
    assert "PORT is '80a'" in refusal(house, "80a")
    assert "PORT is '70000'" in refusal(house, "70000")


def test_second_runner_on_the_same_data_is_told_of_the_first(house: House) -> None:
    house.var.make()
    holder = house.start(
        "-c",
        "from config.services.var import Var; from config.services.locks import Lock\n"
        "lock = Lock(Var.from_environment().runner_lock); lock.exclusive()\n"
        "lock.write('process 7, port 8000'); print('held', flush=True); input()",
    )
    assert holder.stdout is not None
    assert holder.stdout.readline() == "held\n"
    assert "already runs" in (said := refusal(house, str(free_port())))
    assert "process 7, port 8000" in said


SUPERVISE = """
import os, signal, sys
from config.services import supervisor
from config.services.errors import ServiceError
from config.services.wakeup import Wakeup
supervisor.BACKOFF = 0.01
env = dict(os.environ)
guard = supervisor.Supervisor(
    [supervisor.Program("good", ["sleep", "60"], env),
     supervisor.Program("bad", ["sh", "-c", "echo no such table; exit 3"], env)],
    Wakeup(signal.SIGTERM))
try:
    guard.start()
    guard.run_until(lambda: False, 20)
except ServiceError as error:
    print("GAVE UP", error)
finally:
    guard.stop()
"""


def test_program_that_keeps_dying_is_given_up_with_its_last_words(house: House) -> None:
    said, _ = house.start("-c", SUPERVISE).communicate(timeout=60)
    verdict = said[said.index("GAVE UP") :]
    assert "bad ended 5 times in a row (exit code 3)" in verdict
    assert "no such table" in verdict
    assert house.processes("sleep 60") == {}
