"""What is there already of all that a table names, in a number of queries that no row adds to."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef

from accounts.models import Role, User
from interviews.models import Candidate, Interview, Loop, Opening, Seat
from interviews.scorecard_facts import begun
from interviews.upload.rows import Row


class ExistingRows:
    """Found in seven queries, whatever the number of rows."""

    def __init__(self, opening: Opening, rows: list[Row], by: User) -> None:
        """By e-mail where nothing else is said."""
        emails = {email for row in rows for email in row.people.values()}
        self.people = {user.email: user for user in User.objects.filter(email__in=emails)}
        named = Candidate.objects.filter(email__in={row.email for row in rows}).order_by("pk")
        self.candidates = {each.email: each for each in named}
        loops = Loop.objects.filter(opening=opening, candidate__in=self.candidates.values())
        loops = loops.select_related("candidate", "opening").order_by("pk")
        self.loops = {loop.candidate.email: loop for loop in loops}
        ids = {loop.pk for loop in loops}
        planned = Loop.objects.planned_by(by).filter(pk__in=ids)
        self.hidden = ids - set(planned.values_list("pk", flat=True))  # `by` may not plan them
        self.interviews: dict[UUID, list[Interview]] = defaultdict(list)  # by loop, not cancelled
        for interview in Interview.objects.filter(loop__in=ids, cancelled_at=None).order_by("pk"):
            self.interviews[interview.loop_id].append(interview)
        self._load_seats([each for of_loop in self.interviews.values() for each in of_loop])
        self.busy = _busy(rows, self.people.values(), by)

    def _load_seats(self, interviews: list[Interview]) -> None:
        self.seats: dict[UUID, dict[str, User]] = defaultdict(dict)  # by interview and role
        self.begun: set[tuple[UUID, str]] = set()  # those with a scorecard
        seats = Seat.objects.filter(interview__in=interviews).annotate(is_begun=begun())
        seat: Any  # with what was annotated
        for seat in seats.select_related("person"):
            self.seats[seat.interview_id][seat.role] = seat.person
            if seat.is_begun:
                self.begun.add((seat.interview_id, seat.role))


def interviewers() -> list[str]:
    """E-mails to offer in place of an unknown one."""
    here = User.objects.filter(is_active=True, roles__contains=[Role.INTERVIEWER])
    return list(here.values_list("email", flat=True))


def _busy(rows: list[Row], people: Iterable[User], by: User) -> list[Seat]:
    """What the named people do in the time that the table spans, as far as `by` may know."""
    times = [(row.starts_at, row.ends_at) for row in rows if row.starts_at and row.ends_at]
    if not times:
        return []
    spanned = Interview.objects.visible_to(by).filter(
        cancelled_at=None,
        starts_at__lt=max(ends for _, ends in times),
        ends_at__gt=min(starts for starts, _ in times),
    )
    seats = Seat.objects.filter(
        Exists(spanned.filter(pk=OuterRef("interview"))), person__in=list(people)
    )
    return list(seats.select_related("interview", "person"))
