"""Importing a loop, and building a packet of six scorecards and 150 notes."""

import hashlib
import json
import os
from collections.abc import Iterator
from pathlib import Path

from tests.bench.figures import Figure, seconds

LOOPS = Path(__file__).resolve().parents[2] / "demo" / "loops"
CARDS, NOTES = 6, 25  # 150 notes in all
DIMENSIONS = ("problem-framing", "data-assumptions", "tradeoffs", "depth", "communication")


def figures(folder: Path) -> Iterator[Figure]:
    start(folder / "var")
    yield _import_of_one_loop()
    yield _packet()


def start(var: Path) -> None:
    """A database of our own, migrated, in this process."""
    os.environ |= {"SCORECARD_VAR": str(var), "SCORECARD_DB_ROLE": "owner", "LOG_LEVEL": "ERROR"}
    from config.services import ensure

    ensure()
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    call_command("publish_rubric", stdout=open(os.devnull, "w"))  # noqa: SIM115


def _import_of_one_loop() -> Figure:
    """Median of the six demo loops, against parsing the file and one INSERT of its notes."""
    from django.core.management import call_command
    from django.db import connection

    files = sorted(LOOPS.glob("*/loop.json"))
    quiet = open(os.devnull, "w")  # noqa: SIM115

    def whole(file: Path) -> None:
        call_command("import_loops", str(file), stdout=quiet)

    def bare(file: Path) -> None:
        loop = json.loads(file.read_bytes())
        notes = [(json.dumps(n),) for i in loop["interviews"] for n in i.get("notes", [])]
        with connection.cursor() as cursor:
            cursor.execute("CREATE TABLE IF NOT EXISTS bench_note (note jsonb)")
            cursor.executemany("INSERT INTO bench_note VALUES (%s)", notes)

    bare(files[0])
    runs = [seconds(lambda f=file: whole(f)) for file in files]
    floor = [seconds(lambda f=file: bare(f)) for file in files]
    middle = len(runs) // 2
    return Figure(
        "import_one_loop", sorted(runs)[middle], "s", sorted(floor)[middle],
        "parse the file, one INSERT a note",
    )  # fmt: skip


def _packet() -> Figure:
    """Reading the loop and building, against reading the same versions and hashing them."""
    from django.db import connection

    from hiring_committee.packet import build, inputs
    from scorecard.content import canonical

    loop = _loop_of_six()

    def bare() -> None:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT v.content FROM scorecard_scorecardversion v"
                " JOIN scorecard_scorecard c ON c.id = v.scorecard_id"
                " JOIN interviews_seat s ON s.id = c.seat_id"
                " JOIN interviews_interview i ON i.id = s.interview_id WHERE i.loop_id = %s",
                [loop.pk],
            )
            rows = [json.loads(row[0]) if isinstance(row[0], str) else row[0] for row in cursor]
        assert len(rows) == CARDS
        hashlib.sha256(canonical(rows).encode()).hexdigest()

    def whole() -> None:
        assert len(build.build(inputs.read(loop))["cards"]) == CARDS

    whole(), bare()
    return Figure(
        "packet_of_6_cards_150_notes", seconds(whole, 15), "s", seconds(bare, 15),
        "read the six versions, hash them",
    )  # fmt: skip


def _loop_of_six():
    from datetime import timedelta
    from uuid import UUID

    from scorecard.content import CardContent, NoteContent, RatingContent
    from tests.people import MONDAY, make_loop, person, seat_in, submitted_card

    loop = make_loop(name="Bench Candidate")
    rounds = ("ml-system-design", "applied-modeling", "ml-coding", "behavioral", "responsible-ai")
    for number in range(CARDS):
        starts = MONDAY + timedelta(hours=2 * number)
        who = person(f"Bench Interviewer {number}", "interviewer")
        seat = seat_in(loop, who, rounds[number % len(rounds)], starts_at=starts)
        notes = tuple(
            NoteContent(
                str(UUID(int=number * 1000 + n)), 60 * n, "observation", f"note {n} " * 12,
                stage=("objective", "data", "model-choice", "trade-offs")[n % 4],
                dimension=DIMENSIONS[n % 5],
            )
            for n in range(NOTES)
        )  # fmt: skip
        ratings = tuple(
            RatingContent(d, 1 + (number + k) % 4, "why", "", (notes[k].id, notes[k + 5].id))
            for k, d in enumerate(DIMENSIONS)
        )
        submitted_card(seat, CardContent("yes", notes=notes, ratings=ratings))
    return loop
