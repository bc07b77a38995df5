"""Importing a loop."""

import json
import os
from collections.abc import Iterator
from pathlib import Path

from tests.bench.figures import Figure, seconds

LOOPS = Path(__file__).resolve().parents[2] / "demo" / "loops"
DIMENSIONS = ("problem-framing", "data-assumptions", "tradeoffs", "depth", "communication")


def figures(folder: Path) -> Iterator[Figure]:
    start(folder / "var")
    yield _import_of_one_loop()


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
