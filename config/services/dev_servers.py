"""The process that runs PostgreSQL and Valkey while anybody uses them, then stops both and ends.

There is one at a time: it holds servers.lock. Users hold users.lock together; when this process
gets that alone, nobody is left. When it is killed, both servers end with it, and whoever next calls
`ensure()` starts another.
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
from config.services.server import Server
from config.services.valkey import Valkey
from config.services.var import Var
from config.services.wakeup import Wakeup

LINGER = 1.0  # seconds after the last user, so that one command after the other finds it running
GLANCE = 0.25  # seconds between two looks at who is there
QUICK = 10.0  # seconds; a server that dies sooner has not recovered
ATTEMPTS = 6  # quick deaths in a row before giving up


class DevServers:
    def __init__(self, var: Var, lock: Lock) -> None:
        self.var = var
        self.lock = lock
        self.users = Lock(var.users_lock)
        self.last_seen = time.time()
        self.servers: list[Server] = []

    def start(self) -> None:
        """Start both and wait until they are ready; raises ServiceError."""
        self.lock.write(f"starting {os.getpid()}")
        account = choose(self.var.root)
        account.adopt(self.var.sockets)
        self.servers = [Postgres(self.var, account), Valkey(self.var, account)]
        for server in self.servers:
            server.start()
        self.lock.write(f"ready {os.getpid()}")

    def run(self, wakeup: Wakeup) -> None:
        """Watch until nobody is left or a signal says stop."""
        while not wakeup.stop and not self.is_alone():
            for server in self.servers:
                if server.has_ended():
                    self.restart(server)
            wakeup.wait(GLANCE)

    def restart(self, server: Server) -> None:
        """Start a dead server again, later each time; raises ServiceError when it keeps dying."""
        self.lock.write(f"starting {os.getpid()}")
        quick = time.monotonic() - server.started < QUICK
        server.deaths = server.deaths + 1 if quick else 1
        note(f"{server.name} ended by itself: {server.last_words()}")
        time.sleep(0.1 * 2 ** (server.deaths - 1) if quick else 0)
        try:
            server.start()
            self.lock.write(f"ready {os.getpid()}")
        except ServiceError:
            if server.deaths >= ATTEMPTS:
                raise  # else the next look finds it ended, and this begins again

    def is_alone(self) -> bool:
        """Whether the last user left LINGER seconds ago; if so, users.lock stays ours."""
        if not self.users.exclusive():
            self.last_seen = time.time()
            return False
        seen = max(self.last_seen, self.var.users_lock.stat().st_mtime)
        if time.time() - seen >= LINGER:
            return True  # whoever comes now waits until this process has ended
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
    """The one word that our starter waits for; it reads until the pipe is closed."""
    with suppress(BrokenPipeError):
        os.write(1, word.encode())


def close_pipe() -> None:
    """Tell our starter that no more words come."""
    null = os.open(os.devnull, os.O_WRONLY)
    os.dup2(null, 1)
    os.close(null)


def main() -> int:
    if os.fork():
        os._exit(0)  # our starter waits for this process, and not for its child that goes on
    var = Var.from_environment()
    lock = Lock(var.servers_lock)
    if not lock.exclusive(timeout=1):  # a second, since a mere look at the lock holds it
        say("busy")
        return 0
    servers = DevServers(var, lock)
    wakeup = Wakeup(signal.SIGTERM, signal.SIGINT)
    try:
        servers.start()
        say("ready")
        close_pipe()
        servers.run(wakeup)
    except (ServiceError, OSError) as error:
        sentence = var.refusal(error) if isinstance(error, OSError) else str(error)
        note(f"{sentence} ({error!r})")
        say(f"error {sentence}")  # it is read when our end closes the pipe: nothing runs then
        return 1
    finally:
        servers.stop()
    return 0


if __name__ == "__main__":
    sys.exit(main())
