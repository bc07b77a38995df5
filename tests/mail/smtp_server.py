"""A mail server on a socket that answers as a test tells it."""

from collections.abc import Iterator
from contextlib import contextmanager
from socketserver import StreamRequestHandler, ThreadingTCPServer
from threading import Thread

USUAL = {"": "220 here", "DATA": "354 go on", "QUIT": "221 bye"}  # and 250 to everything else


class SmtpServer(ThreadingTCPServer):
    """`answers` by command, "" being the greeting and "." the end of a mail; None hangs up.

    Upper case. A command may hold its argument too, as in `RCPT TO:<A@B.EXAMPLE>`.
    """

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Dialogue)
        self.answers: dict[str, str | None] = {}
        self.mails: list[str] = []  # all that came whole, taken or not
        self.connections = 0

    @property
    def port(self) -> int:
        return int(self.server_address[1])

    def answer(self, line: str) -> str | None:
        line = line.upper()
        verb = line.split(" ")[0]
        usual = USUAL.get(verb, "250 fine")
        return self.answers.get(line, self.answers.get(verb, usual))


class _Dialogue(StreamRequestHandler):
    server: SmtpServer

    def handle(self) -> None:
        self.server.connections += 1
        line = ""
        while (answer := self.server.answer(line)) is not None:
            self.wfile.write(f"{answer}\r\n".encode())
            if answer.startswith("354"):
                self.server.mails.append("".join(iter(self._line, ".\r\n")))
                line = "."
            elif not (line := self._line().strip()):
                return

    def _line(self) -> str:
        return self.rfile.readline().decode()


@contextmanager
def smtp_server() -> Iterator[SmtpServer]:
    with SmtpServer() as server:
        Thread(target=server.serve_forever, args=[0.01], daemon=True).start()
        yield server
        server.shutdown()
