"""What is there already of all that a table names, in a number of queries that no row adds to."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, OuterRef

from accounts.models import Role, User
from interviews.models import Candidate, Interview, Loop, Opening, Seat
from interviews.scorecard_facts import begun
from interviews.upload.rows import Row


@dataclass(frozen=True)
class State:
    """`people` are by e-mail, the rest by candidate and loop; `hidden` ones are not the asker's."""

    people: dict[str, User]
    candidates: dict[str, Candidate]
    loops: dict[UUID, Loop]  # of this opening, by candidate
    hidden: frozenset[UUID]  # ids of those among them that the asker may not plan
    interviews: dict[UUID, list[Interview]]  # not cancelled, by loop
    seats: dict[UUID, dict[str, User]]  # role: person, by interview
    begun: frozenset[tuple[UUID, str]]  # interview and role of seats with a scorecard
    busy: dict[UUID, list[Interview]]  # whatever else the named people do, by person


def load(opening: Opening, rows: Iterable[Row], by: User) -> State:
    """Seven queries, whatever the number of rows."""
    rows = list(rows)
    emails = {email for row in rows for email in row.people.values()}
    people = {user.email: user for user in User.objects.filter(email__in=emails)}
    named = Candidate.objects.filter(email__in={row.email for row in rows}).order_by("pk")
    candidates = {each.email: each for each in named}
    loops = Loop.objects.filter(opening=opening, candidate__in=list(candidates.values()))
    loops = loops.select_related("candidate", "opening").order_by("pk")
    by_candidate = {loop.candidate_id: loop for loop in loops}
    known = Loop.objects.planned_by(by).filter(pk__in=[each.pk for each in loops])
    hidden = {each.pk for each in loops} - set(known.values_list("pk", flat=True))
    interviews: dict[UUID, list[Interview]] = {}
    of_loops = Interview.objects.filter(loop__in=list(loops), cancelled_at=None).order_by("pk")
    for interview in of_loops:
        interviews.setdefault(interview.loop_id, []).append(interview)
    seats, begun = _seats([each for those in interviews.values() for each in those])
    return State(
        people=people,
        candidates=candidates,
        loops=by_candidate,
        hidden=frozenset(hidden),
        interviews=interviews,
        seats=seats,
        begun=begun,
        busy=_busy(rows, people, by),
    )


def interviewers() -> list[str]:
    """E-mails to offer in place of an unknown one."""
    here = User.objects.filter(is_active=True, roles__contains=[Role.INTERVIEWER])
    return list(here.values_list("email", flat=True))


def _seats(
    interviews: list[Interview],
) -> tuple[dict[UUID, dict[str, User]], frozenset[tuple[UUID, str]]]:
    rows = (
        Seat.objects.filter(interview__in=interviews)
        .select_related("person")
        .annotate(is_begun=begun())
    )
    found: dict[UUID, dict[str, User]] = {}
    with_card = set()
    for seat in rows:
        found.setdefault(seat.interview_id, {})[seat.role] = seat.person
        if seat.is_begun:
            with_card.add((seat.interview_id, seat.role))
    return found, frozenset(with_card)


def _busy(rows: list[Row], people: dict[str, User], by: User) -> dict[UUID, list[Interview]]:
    """What the named people do in the time that the table spans, as far as `by` may know."""
    times = [(row.starts_at, row.ends_at) for row in rows if row.starts_at and row.ends_at]
    if not times:
        return {}
    spanned = Interview.objects.visible_to(by).filter(
        cancelled_at=None,
        starts_at__lt=max(ends for _, ends in times),
        ends_at__gt=min(starts for starts, _ in times),
    )
    seats = Seat.objects.filter(
        Exists(spanned.filter(pk=OuterRef("interview"))), person__in=list(people.values())
    )
    found: dict[UUID, list[Interview]] = {}
    for seat in seats.select_related("interview"):
        found.setdefault(seat.person_id, []).append(seat.interview)
    return found
