"""What is there already of all that a table names, in a number of queries that no row adds to."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef

from accounts.models import Role, User
from interviews.models import Candidate, Interview, Loop, Opening, Seat
from interviews.scorecard_facts import begun
from interviews.upload.rows import Row


@dataclass(frozen=True)
class ExistingRows:
    """People, candidates and the opening's loops by e-mail, the rest by the loop or interview."""

    people: dict[str, User]
    candidates: dict[str, Candidate]
    loops: dict[str, Loop]
    hidden: frozenset[UUID]  # loops among them that the asker may not plan
    interviews: dict[UUID, list[Interview]]  # not cancelled
    seats: dict[UUID, dict[str, User]]  # role: person
    begun: frozenset[tuple[UUID, str]]  # interview and role of seats with a scorecard
    busy: list[Seat]  # of the named people, in whatever interviews they have then


def load(opening: Opening, rows: Iterable[Row], by: User) -> ExistingRows:
    """Seven queries, whatever the number of rows."""
    rows = list(rows)
    emails = {email for row in rows for email in row.people.values()}
    people = {user.email: user for user in User.objects.filter(email__in=emails)}
    named = Candidate.objects.filter(email__in={row.email for row in rows}).order_by("pk")
    candidates = {each.email: each for each in named}
    of_opening = Loop.objects.filter(opening=opening, candidate__in=candidates.values())
    loops = list(of_opening.select_related("candidate", "opening").order_by("pk"))
    planned = Loop.objects.planned_by(by).filter(pk__in=[loop.pk for loop in loops])
    interviews: dict[UUID, list[Interview]] = defaultdict(list)
    uncancelled = Interview.objects.filter(loop__in=loops, cancelled_at=None).order_by("pk")
    for interview in uncancelled:
        interviews[interview.loop_id].append(interview)
    seats: dict[UUID, dict[str, User]] = defaultdict(dict)
    with_card = set()
    found = Seat.objects.filter(interview__in=list(uncancelled)).annotate(is_begun=begun())
    seat: Any  # with what was annotated
    for seat in found.select_related("person"):
        seats[seat.interview_id][seat.role] = seat.person
        if seat.is_begun:
            with_card.add((seat.interview_id, seat.role))
    return ExistingRows(
        people=people,
        candidates=candidates,
        loops={loop.candidate.email: loop for loop in loops},
        hidden=frozenset({loop.pk for loop in loops} - set(planned.values_list("pk", flat=True))),
        interviews=interviews,
        seats=seats,
        begun=frozenset(with_card),
        busy=_busy(rows, people.values(), by),
    )


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
