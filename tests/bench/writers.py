"""Many clients at once, each on a connection of its own, with as little work as HTTP allows."""

import socket
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

Request = Callable[[], bytes]  # the next request of one client, head and body


@dataclass
class Load:
    """What the clients saw: seconds of every answered request, and seconds in all."""

    took: list[float] = field(default_factory=list)
    lasted: float = 0.0

    @property
    def rate(self) -> float:
        """Requests a second."""
        return len(self.took) / self.lasted

    @property
    def p99(self) -> float:
        """Milliseconds."""
        return sorted(self.took)[int(len(self.took) * 0.99)] * 1000

    def __add__(self, other: "Load") -> "Load":
        return Load(self.took + other.took, self.lasted + other.lasted)


def run(port: int, clients: Iterable[Request], seconds: float) -> Load:
    """Every client sends one request after the other. Raises AssertionError at any but a 200."""
    load, faults = Load(), []
    deadline = time.perf_counter() + seconds

    def work(following: Request) -> None:
        try:
            with socket.create_connection(("127.0.0.1", port)) as connection:
                while time.perf_counter() < deadline:
                    request = following()
                    start = time.perf_counter()
                    connection.sendall(request)
                    answer = _answer(connection)
                    load.took.append(time.perf_counter() - start)
                    assert answer.startswith(b"HTTP/1.1 200"), answer[:300]
                    assert b'"status": "stale"' not in answer, answer[:300]
        except (AssertionError, OSError) as fault:
            faults.append(fault)

    start = time.perf_counter()
    threads = [threading.Thread(target=work, args=[each]) for each in clients]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    load.lasted = time.perf_counter() - start
    assert not faults, faults[0]
    return load


def _answer(connection: socket.socket) -> bytes:
    data = b""
    while b"\r\n\r\n" not in data:
        data += connection.recv(65536)
    head = data.index(b"\r\n\r\n")
    length = int(data[:head].lower().split(b"content-length:")[1].split(b"\r\n")[0])
    while len(data) < head + 4 + length:
        data += connection.recv(65536)
    return data


def request(method: str, path: str, cookies: dict[str, str], body: bytes = b"") -> bytes:
    """One request as a browser sends it, with the token that a form or script would add."""
    cookie = "; ".join(f"{name}={value}" for name, value in cookies.items())
    head = [
        f"{method} {path} HTTP/1.1",
        "Host: 127.0.0.1",
        f"Cookie: {cookie}",
        f"X-CSRFToken: {cookies.get('csrftoken', '')}",
        "Content-Type: application/json",
        f"Content-Length: {len(body)}",
    ]
    return "\r\n".join([*head, "", ""]).encode() + body
