"""The loop board at 500 and 2,000 loops, against a bare list of 500 with the same aggregates."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

from tests.bench.evaluations import start
from tests.bench.figures import Figure, seconds

PAGE = 25
ROUNDS = ("ml-system-design", "applied-modeling", "ml-coding", "behavioral", "responsible-ai")
BARE = """<table>{% for loop in loops %}<tr><td>{{ loop.candidate.name }}</td><td>{{ loop.planned }}
</td><td>{{ loop.handed_in }}</td><td>{{ loop.overdue }}</td></tr>{% endfor %}</table>"""


def figures(folder: Path) -> Iterator[Figure]:
    start(folder / "var")
    from tests.people import person

    recruiter = person("Bench Recruiter", "recruiter")
    panel = [person(f"Bench Panel {n}", "interviewer") for n in range(20)]
    small = _opening("Bench of 500", 500, panel)
    large = _opening("Bench of 2,000", 2000, panel)
    floor = seconds(lambda: _bare(small), 9)
    for name, opening in (("loop_board_500", small), ("loop_board_2000", large)):
        _board(opening, recruiter)
        taken = seconds(lambda o=opening: _board(o, recruiter), 9)
        yield Figure(name, taken, "s", floor, "bare Django list of 500, same counts, 25 rows")


def _board(opening: Any, recruiter: Any) -> None:
    """The page as its view makes it, late loops only, in order of name."""
    from recruiting.views.board import opening as board

    page_of(board, recruiter, {"late": "1", "sort": "name"}, opening.pk)


def page_of(view: Any, reader: Any, choice: dict[str, str], *names: Any) -> None:
    """A page as its view makes it for a reader, rendered."""
    from django.conf import settings
    from django.test import RequestFactory, override_settings

    request = RequestFactory().get("/", choice)
    request.user = reader
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    with override_settings(STORAGES={**settings.STORAGES, "staticfiles": plain}):
        assert view(request, *names).status_code == 200


def _bare(opening: Any) -> None:
    """Joined and grouped counts as one would first write them, with no rule of who may see what."""
    from django.db.models import Count, Q
    from django.template import Context, Template
    from django.utils import timezone

    from interviews.models import Loop

    seats = Q(interviews__seats__isnull=False)
    done = Q(interviews__seats__scorecard__submitted_at__isnull=False)
    over = Q(interviews__ends_at__lt=timezone.now())
    loops = Loop.objects.filter(opening=opening).select_related("candidate")
    loops = loops.annotate(
        planned=Count("interviews__seats", filter=seats),
        handed_in=Count("interviews__seats", filter=done),
        overdue=Count("interviews__seats", filter=over & ~done),
    ).filter(overdue__gt=0)
    assert loops.count()
    page = loops.order_by("candidate__name")[:PAGE]
    Template(BARE).render(Context({"loops": page}))


def _opening(title: str, loops: int, panel: list) -> Any:
    """Each loop has five interviews that are over, and every second one lacks one scorecard."""
    from django.db import connection
    from django.utils import timezone

    from interviews.models import Candidate, Interview, Loop, Opening, Seat
    from rubric.models import RubricVersion
    from scorecard.models import Scorecard

    now = timezone.now()
    opening = Opening.objects.create(title=title, level="senior", rounds=list(ROUNDS))
    names = [(f"{title} {n:04}", f"{opening.pk}.{n}@mailbox.example") for n in range(loops)]
    people = Candidate.objects.bulk_create(Candidate(name=n, email=e) for n, e in names)
    made = Loop.objects.bulk_create(Loop(opening=opening, candidate=each) for each in people)
    interviews = Interview.objects.bulk_create(
        Interview(
            loop=loop,
            round=round,
            starts_at=now - timedelta(days=3),
            ends_at=now - timedelta(days=3) + timedelta(hours=1),
        )
        for loop in made
        for round in ROUNDS
    )
    seats = Seat.objects.bulk_create(
        Seat(interview=interview, person=panel[n % len(panel)])
        for n, interview in enumerate(interviews)
    )
    rubric = RubricVersion.objects.current()
    Scorecard.objects.bulk_create(
        Scorecard(seat=seat, rubric_version=rubric, state="submitted", submitted_at=now)
        for n, seat in enumerate(seats)
        if n % (2 * len(ROUNDS))
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # as autovacuum does soon after that many rows have come
    return opening
