"""Keeps the programs of `make run` alive, shows what they say, and ends them all together.

Everything happens in the main thread: the kernel tells a child of its parent's death by the thread
that made it, and signals have one place to arrive.
"""

import os
import signal
import subprocess
import sys
import time
from collections import deque
from collections.abc import Callable
from contextlib import suppress

from config.services.errors import ServiceError
from config.services.processes import die_with_parent
from config.services.wakeup import Wakeup

QUICK = 10.0  # seconds; a program that dies sooner has not recovered
ATTEMPTS = 5  # quick deaths in a row before giving up
BACKOFF = 0.5  # seconds before the second attempt, doubled for each further one
GRACE = 10.0  # seconds to finish what is under way
LAST_WORDS = 15  # lines


class Program:
    """One child with its own process group; its output goes on ours, line by line, by name."""

    def __init__(self, name: str, command: list[str], env: dict[str, str]) -> None:
        self.name = name
        self.command = command
        self.env = env
        self.process: subprocess.Popen[bytes] | None = None
        self.started = 0.0
        self.deaths = 0
        self.due = 0.0  # when to start it again
        self.rest = b""  # of a line that is not yet whole
        self.last_words: deque[str] = deque(maxlen=LAST_WORDS)

    def start(self) -> None:
        self.process = subprocess.Popen(
            self.command,
            env=self.env,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,  # a Ctrl-C reaches the runner alone, which ends all in order
            preexec_fn=die_with_parent(signal.SIGTERM),
        )
        os.set_blocking(self.output, False)
        self.started = time.monotonic()

    @property
    def output(self) -> int:
        assert self.process is not None and self.process.stdout is not None
        return self.process.stdout.fileno()

    def is_running(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def show(self) -> bool:
        """Pass on what it said; False when it has nothing more to say."""
        try:
            said = os.read(self.output, 65536)
        except BlockingIOError:
            return True
        *lines, self.rest = (self.rest + said).split(b"\n")
        if not said and self.rest:
            lines, self.rest = [self.rest], b""
        for line in lines:
            text = line.decode(errors="replace")
            self.last_words.append(text)
            print(f"{self.name:>7} | {text}", flush=True)
        return bool(said)

    def send(self, number: int) -> None:
        """To the program alone: it ends its own children in its own order."""
        if self.is_running():
            assert self.process is not None
            self.process.send_signal(number)

    def sweep(self) -> None:
        """Kill whatever of its process group outlived it, and close its pipe."""
        if self.process is None:
            return
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        if self.process.stdout is not None:
            self.process.stdout.close()
        self.process = None


class Supervisor:
    def __init__(self, programs: list[Program], wakeup: Wakeup) -> None:
        self.programs = programs
        self.wakeup = wakeup

    def start(self) -> None:
        for program in self.programs:
            program.start()

    def turn(self, seconds: float) -> None:
        """Wait at most `seconds` for something to happen, and deal with it.

        Raises ServiceError when a program keeps dying.
        """
        running = {program.output: program for program in self.programs if program.process}
        for descriptor in self.wakeup.wait(seconds, *running):
            running[descriptor].show()
        for program in self.programs:
            if program.process is not None and not program.is_running():
                self._bury(program)
            if program.process is None and time.monotonic() >= program.due:
                program.start()

    def _bury(self, program: Program) -> None:
        assert program.process is not None
        code = program.process.returncode
        while program.show():  # its pipe ends with it, unless a child of its own holds it open
            if not self.wakeup.wait(0.1, program.output):
                break
        program.sweep()
        quick = time.monotonic() - program.started < QUICK
        program.deaths = program.deaths + 1 if quick else 1
        if program.deaths >= ATTEMPTS:
            said = "\n".join(f"    {line}" for line in program.last_words)
            raise ServiceError(
                f"{program.name} ended {program.deaths} times in a row ({how(code)}). "
                f"Its last words:\n{said}"
            )
        delay = BACKOFF * 2 ** (program.deaths - 1) if quick else 0
        note(f"{program.name} ended by itself ({how(code)}); starting it again")
        program.due = time.monotonic() + delay

    def run_until(self, done: Callable[[], bool], timeout: float) -> bool:
        """Go on until `done()`; False when `timeout` seconds passed or a signal said stop."""
        deadline = time.monotonic() + timeout
        while not done():
            if self.wakeup.stop or time.monotonic() > deadline:
                return False
            self.turn(0.1)
        return True

    def stop(self) -> None:
        """End all: politely for GRACE seconds, or until a second signal, then at once."""
        asked = self.wakeup.stop
        for program in self.programs:
            program.send(signal.SIGTERM)
        deadline = time.monotonic() + GRACE
        while any(program.is_running() for program in self.programs):
            if time.monotonic() > deadline or self.wakeup.stop > asked:
                break
            running = {p.output: p for p in self.programs if p.is_running()}
            for descriptor in self.wakeup.wait(0.2, *running):
                if not running[descriptor].show():
                    time.sleep(0.01)  # it has closed its mouth and is about to end
        for program in self.programs:
            program.sweep()


def how(code: int) -> str:
    """How a program ended, in words."""
    return f"killed by {signal.Signals(-code).name}" if code < 0 else f"exit code {code}"


def note(text: str) -> None:
    print(f"Scorecard: {text}", file=sys.stderr, flush=True)
