"""What Linux does for us has a substitute for macOS; both are tried here."""

import os
import signal
import subprocess

import pytest

from config.services import processes
from tests.config.services.conftest import House, eventually

PARENT = """
import signal, subprocess, sys
from config.services import processes
processes.LINUX = {linux}
child = subprocess.Popen(["sleep", "60"], preexec_fn=processes.die_with_parent(signal.SIGTERM))
print("made", flush=True)
child.wait()
print("ended", flush=True)
sys.stdin.read()
"""


def parent_of_a_sleeper(house: House, linux: bool) -> subprocess.Popen[str]:
    parent = house.start("-c", PARENT.format(linux=linux))
    assert parent.stdout is not None
    assert parent.stdout.readline() == "made\n"
    return parent


@pytest.mark.parametrize("linux", [True, False])
def test_child_ends_with_its_killed_parent(house: House, linux: bool) -> None:
    parent = parent_of_a_sleeper(house, linux)
    assert house.processes("sleep 60")
    parent.kill()
    parent.wait()
    eventually(lambda: not house.processes(), 5)


def test_nothing_watches_a_child_that_has_ended(house: House) -> None:
    parent = parent_of_a_sleeper(house, linux=False)
    (child,) = house.processes("sleep 60")
    assert house.processes("kill -0")
    os.kill(child, signal.SIGKILL)
    assert parent.stdout is not None
    assert parent.stdout.readline() == "ended\n"
    eventually(lambda: not house.processes(), 5)
    assert parent.poll() is None


@pytest.mark.parametrize("linux", [True, False])
def test_command_line_is_that_of_the_process(
    house: House, monkeypatch: pytest.MonkeyPatch, linux: bool
) -> None:
    monkeypatch.setattr(processes, "LINUX", linux)
    sleeper = parent_of_a_sleeper(house, linux=True)
    (child,) = house.processes("sleep 60")
    if linux or subprocess.run(["which", "ps"], capture_output=True).returncode == 0:
        assert processes.command_line(child).strip() == "sleep 60"
    sleeper.kill()
    sleeper.wait()
    eventually(lambda: processes.command_line(child) == "", 5)
