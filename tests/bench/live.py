"""The live page under load: 16 interviewers save at once, and open the page with 60 notes."""

import json
import os
import signal
import subprocess
import sys
import time
import urllib.request
import uuid
from collections.abc import Iterator
from pathlib import Path

from tests.bench import writers
from tests.bench.evaluations import start as start_database
from tests.bench.figures import Figure
from tests.bench.running import PROJECT, _free_port

WRITERS, NOTES = 16, 60
CHARACTERS = 1500
TURNS, SECONDS = 4, 4.0  # the floor and the product take turns, so that both meet the same noise
FLOOR = "the bare view: checks the session, updates one row of 1,500 characters"


def figures(folder: Path) -> Iterator[Figure]:
    start_database(folder / "var")
    people = [_writer(number) for number in range(WRITERS)]
    _make_floor()
    port = _free_port()
    server = _serve(folder / "var", port)
    try:
        loads = _measure(port, people)
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        server.wait(30)
    bare, sync, page = loads["floor"], loads["sync"], loads["page"]
    yield Figure("sync", sync.rate, "requests/s", bare.rate, FLOOR)
    yield Figure("sync_p99", sync.p99, "ms", bare.p99, FLOOR)
    yield Figure("open_live_page", page.rate, "requests/s", bare.rate, FLOOR)
    yield Figure("open_live_page_p99", page.p99, "ms", bare.p99, FLOOR)


class Writer:
    """An interviewer with a session and a scorecard of 60 notes, who changes one at a time."""

    def __init__(self, number: int, card: str, notes: list[str], cookies: dict[str, str]) -> None:
        self.number, self.card, self.notes, self.cookies = number, card, notes, cookies
        self.revisions = dict.fromkeys(notes, 1)
        self.turn = 0

    def text(self) -> str:
        self.turn += 1
        return f"{self.number}.{self.turn} asks who labels the data; ".ljust(CHARACTERS, "y")

    def save(self) -> bytes:
        note = self.notes[self.turn % len(self.notes)]
        operation = {
            "id": str(uuid.uuid4()),
            "kind": "note.put",
            "entity": note,
            "base_revision": self.revisions[note],
            "value": {"text": self.text()},
        }
        self.revisions[note] += 1
        return self._post(f"/scorecards/{self.card}/sync/", {"operations": [operation]})

    def save_bare(self) -> bytes:
        return self._post(f"/bench/floor/{self.number}/", {"text": self.text()})

    def open(self) -> bytes:
        return writers.request("GET", f"/scorecards/{self.card}/live/", self.cookies)

    def _post(self, path: str, body: dict) -> bytes:
        return writers.request("POST", path, self.cookies, json.dumps(body).encode())


def _writer(number: int) -> Writer:
    from django.conf import settings
    from django.test import Client

    from accounts.models import Role
    from scorecard.content import CardContent, NoteContent
    from tests.people import card_for, make_loop, person, seat_in

    who = person(f"Bench Writer {number}", Role.INTERVIEWER)
    seat = seat_in(make_loop(name=f"Bench Candidate {number}"), who, "ml-system-design")
    notes = [
        NoteContent(str(uuid.uuid4()), 60 * n, "observation", f"note {n} ".ljust(120, "z"))
        for n in range(NOTES)
    ]
    card = card_for(seat, CardContent("yes", notes=tuple(notes)))
    client = Client()
    client.force_login(who)
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    cookies = {settings.SESSION_COOKIE_NAME: session, "csrftoken": "b" * 32}
    return Writer(number, str(card.pk), [note.id for note in notes], cookies)


def _make_floor() -> None:
    from django.db import connection

    from tests.bench.floor import TABLE

    with connection.cursor() as cursor:
        cursor.execute(TABLE)
    connection.close()


def _serve(var: Path, port: int) -> subprocess.Popen[bytes]:
    """The web server as `make run` starts it, on the bench's database."""
    from config.services.run import programs
    from config.services.var import Var

    subprocess.run(
        [sys.executable, "-m", "django", "collectstatic", "--noinput", "--verbosity=0"],
        cwd=PROJECT, check=True,
    )  # fmt: skip
    web, *_ = programs("127.0.0.1", port, Var(var))
    env = web.env | {"DJANGO_SETTINGS_MODULE": "tests.bench.floor_settings"}
    server = subprocess.Popen(web.command, cwd=PROJECT, env=env, start_new_session=True)
    for _ in range(200):
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=2).close()
            return server
        except OSError:
            time.sleep(0.1)
    raise SystemExit("bench: the web server did not start")


def _measure(port: int, people: list[Writer]) -> dict[str, writers.Load]:
    kinds = {
        "floor": [each.save_bare for each in people],
        "sync": [each.save for each in people],
        "page": [each.open for each in people],
    }
    for clients in kinds.values():
        writers.run(port, clients, 1.0)  # warm
    loads = {kind: writers.Load() for kind in kinds}
    for _ in range(TURNS):
        for kind, clients in kinds.items():
            loads[kind] += writers.run(port, clients, SECONDS)
    return loads
