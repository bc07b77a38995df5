"""The keeper: runs PostgreSQL and Redis while anybody uses them, then stops both and ends.

One at a time (keeper.lock). Users hold users.lock together; when the keeper gets it alone, nobody
is left. Killed, it takes both servers with it, and whoever next calls `ensure()` starts another.
"""

import os
import signal
import sys
import time
from contextlib import suppress

from config.services.account import choose
from config.services.errors import ServiceError
from config.services.locks import Lock
from config.services.postgres import Postgres
from config.services.redis import Redis
from config.services.server import Server
from config.services.var import Var
from config.services.wakeup import Wakeup

LINGER = 1.0  # seconds after the last user, so that one command after the other finds it running
GLANCE = 0.25  # seconds between two looks at who is there
QUICK = 10.0  # seconds; a server that dies sooner has not recovered
ATTEMPTS = 6  # quick deaths in a row before giving up


class Keeper:
    def __init__(self, var: Var, lock: Lock) -> None:
        self.var = var
        self.lock = lock
        self.users = Lock(var.users_lock)
        self.last_seen = time.time()
        self.servers: list[Server] = []
        self.deaths: dict[str, int] = {}
        self.started: dict[str, float] = {}

    def start(self) -> None:
        """Both servers, ready; raises ServiceError."""
        self.lock.write(f"starting {os.getpid()}")
        account = choose(self.var.root)
        account.adopt(self.var.sockets)
        self.servers = [Postgres(self.var, account), Redis(self.var, account)]
        for server in self.servers:
            server.start()
            self.started[server.name] = time.monotonic()
        self.lock.write(f"ready {os.getpid()}")

    def run(self, wakeup: Wakeup) -> None:
        """Watch until nobody is left or a signal says stop."""
        while not wakeup.stop and not self.is_alone():
            for server in self.servers:
                if server.has_ended():
                    self.restart(server)
            wakeup.wait(GLANCE)

    def restart(self, server: Server) -> None:
        """Bring a dead server back; raises ServiceError when it keeps dying."""
        self.lock.write(f"starting {os.getpid()}")
        while True:
            quick = time.monotonic() - self.started[server.name] < QUICK
            deaths = self.deaths[server.name] = self.deaths.get(server.name, 0) + 1 if quick else 1
            note(f"{server.name} ended by itself: {server.last_words()}")
            time.sleep(0.1 * 2 ** (deaths - 1) if quick else 0)
            self.started[server.name] = time.monotonic()
            try:
                server.start()
                break
            except ServiceError:
                server.stop()
                if deaths >= ATTEMPTS:
                    raise
        self.lock.write(f"ready {os.getpid()}")

    def is_alone(self) -> bool:
        """Whether the last user left LINGER seconds ago; if so the door is shut behind him."""
        if not self.users.exclusive():
            self.last_seen = time.time()
            return False
        seen = max(self.last_seen, self.var.users_lock.stat().st_mtime)
        if time.time() - seen >= LINGER:
            return True  # still holding the lock: who comes now waits until we are gone
        self.users.release()
        return False

    def stop(self) -> None:
        """Stop both, the last started first."""
        self.lock.write(f"stopping {os.getpid()}")
        for server in reversed(self.servers):
            server.stop()


def note(text: str) -> None:
    print(time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()), text, file=sys.stderr, flush=True)


def say(word: str) -> None:
    """The one word that whoever started us waits for: he reads until the pipe closes."""
    with suppress(BrokenPipeError):
        os.write(1, word.encode())


def let_go() -> None:
    """Close the pipe before we end, which closes it in any case."""
    null = os.open(os.devnull, os.O_WRONLY)
    os.dup2(null, 1)
    os.close(null)


def main() -> int:
    if os.fork():
        os._exit(0)  # the rest belongs to nobody, so that nobody's end is waited for
    var = Var.from_environment()
    lock = Lock(var.keeper_lock)
    if not lock.exclusive(timeout=1):  # a second: those who only look hold it for an instant
        say("busy")
        return 0
    keeper = Keeper(var, lock)
    wakeup = Wakeup(signal.SIGTERM, signal.SIGINT)
    try:
        keeper.start()
        say("ready")
        let_go()
        keeper.run(wakeup)
    except (ServiceError, OSError) as error:
        sentence = var.refusal(error) if isinstance(error, OSError) else str(error)
        note(f"{sentence} ({error!r})")
        say(f"error {sentence}")  # and no letting go: who reads it finds nothing left running
        return 1
    finally:
        keeper.stop()
    return 0


if __name__ == "__main__":
    sys.exit(main())
