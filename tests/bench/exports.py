"""Exports of 1,000 and 10,000 scorecards, beside a bare COPY of the same columns in the same run.

The rate is that of the rows alone, in this process; the peak memory is that of a process of its
own, as an operator's command is.
"""

import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from uuid import UUID

from tests.bench.evaluations import start
from tests.bench.figures import Figure, seconds

PROJECT = Path(__file__).resolve().parents[2]
SIZES = (1_000, 10_000)
CARDS = 5  # of a loop
HOUR = timedelta(hours=1)
COPY = """
COPY (
  SELECT l.id, c.name, o.title, o.level, i.round, p.name, p.email, s.role, k.submitted_at,
         v.number, v.content
  FROM scorecard_scorecardversion v
  JOIN scorecard_scorecard k ON k.id = v.scorecard_id
  JOIN interviews_seat s ON s.id = k.seat_id
  JOIN accounts_user p ON p.id = s.person_id
  JOIN interviews_interview i ON i.id = s.interview_id
  JOIN interviews_loop l ON l.id = i.loop_id
  JOIN interviews_candidate c ON c.id = l.candidate_id
  JOIN interviews_opening o ON o.id = l.opening_id
) TO STDOUT WITH (FORMAT csv)
"""
BARE = """
import sys
import django
django.setup()
from django.db import connection
connection.ensure_connection()
with open(sys.argv[1], "wb") as out, connection.connection.cursor().copy(sys.argv[2]) as rows:
    for block in rows:
        out.write(block)
"""
WATCHED = """
import resource, subprocess, sys
subprocess.run(sys.argv[1:], check=True)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""


def figures(folder: Path) -> Iterator[Figure]:
    start(folder / "var")
    made = 0
    for size in SIZES:
        _add_cards(made, size)
        made = size
        floor = seconds(lambda: _copy(folder / "copy.csv"), times=3)
        floor_mb = _peak("-c", BARE, str(folder / "copy.csv"), COPY)
        for format in ("csv", "xlsx"):
            out = folder / f"cards.{format}"
            took = seconds(lambda f=format, out=out: _export(f, out), times=3)
            name = f"export_{size}_scorecards_{format}"
            yield Figure(name, size / took, "rows/s", size / floor, "COPY of the same columns")
            peak = _peak("manage.py", "export", "scorecards", "--out", str(out))
            yield Figure(
                f"{name}_peak", peak, "MB", floor_mb, "a Django process that does the COPY"
            )


def _export(format: str, out: Path) -> None:
    from reports.exports.jobs import write_for_operator

    write_for_operator("scorecards", format, out, None)


def _copy(out: Path) -> None:
    from django.db import connection

    connection.ensure_connection()
    with out.open("wb") as file, connection.connection.cursor().copy(COPY) as rows:
        for block in rows:
            file.write(block)


def _peak(*command: str) -> float:
    """The most memory that a process ever held, in MB.

    A small process starts it: the peak of one that this one started would begin at our own size.
    """
    env = os.environ | {"DJANGO_SETTINGS_MODULE": "config.settings", "PYTHONPATH": str(PROJECT)}
    done = subprocess.run(
        [sys.executable, "-c", WATCHED, sys.executable, *command],
        cwd=PROJECT,
        env=env,
        check=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    return int(done.stdout) / 1024


def _add_cards(have: int, want: int) -> None:
    """Loops of five cards of 25 notes each, written straight into the tables."""
    from django.utils import timezone

    from interviews.models import Candidate, Interview, Loop, Opening, Seat
    from rubric.models import RubricVersion
    from scorecard.content import digest
    from scorecard.models import Scorecard, ScorecardVersion
    from tests.people import MONDAY

    rubric, now = RubricVersion.objects.current(), timezone.now()
    opening, _ = Opening.objects.get_or_create(title="Bench", level="senior")
    people = _people()
    content = _content()
    name = digest(content)
    for first in range(have // CARDS, want // CARDS, 100):
        numbers = range(first, first + 100)
        candidates = Candidate.objects.bulk_create(
            Candidate(name=f"Candidate {n}", email=f"c{n}@mailbox.example") for n in numbers
        )
        loops = Loop.objects.bulk_create(Loop(opening=opening, candidate=c) for c in candidates)
        interviews = Interview.objects.bulk_create(
            Interview(loop=loop, round="behavioral", starts_at=MONDAY, ends_at=MONDAY + HOUR)
            for loop in loops
            for _ in range(CARDS)
        )
        seats = Seat.objects.bulk_create(
            Seat(interview=interview, person=people[at % CARDS])
            for at, interview in enumerate(interviews)
        )
        cards = Scorecard.objects.bulk_create(
            Scorecard(seat=s, rubric_version=rubric, state="submitted", submitted_at=now)
            for s in seats
        )
        ScorecardVersion.objects.bulk_create(
            ScorecardVersion(
                scorecard=card, number=1, content=content, digest=name, by=people[0], at=now
            )
            for card in cards
        )


def _people() -> list:
    from accounts.models import User
    from tests.people import person

    known = User.objects.filter(name__startswith="Bench Person").order_by("name")
    return list(known) or [person(f"Bench Person {n}", "interviewer") for n in range(CARDS)]


def _content() -> dict:
    from scorecard.content import CardContent, NoteContent, RatingContent
    from tests.bench.evaluations import DIMENSIONS

    notes = tuple(
        NoteContent(str(UUID(int=n)), 60 * n, "observation", f"note {n} " * 12, polarity="strength")
        for n in range(25)
    )
    ratings = tuple(RatingContent(d, 3, "why", "", (notes[0].id,)) for d in DIMENSIONS)
    summary = "=SUM(A1) and a summary of what was seen in the hour. " * 4
    return CardContent("yes", summary=summary, notes=notes, ratings=ratings).to_dict()
