"""Conflicts of interest that the rows themselves show, in words."""

from collections.abc import Iterable
from uuid import UUID

from accounts.models import User
from interviews.models import Loop, Seat

INTERVIEWS = "interviews in this loop"
HIRES = "is the hiring manager"
CANDIDATE = "is the candidate"


def is_candidate(person: User, loop: Loop) -> bool:
    """Is this the very person whom the loop is about? The rule of `about`, for rows at hand."""
    return loop.candidate.account_id == person.pk or loop.candidate.email == person.email


def found(loop: Loop, people: Iterable[User]) -> dict[UUID, str]:
    """Why each of these people, by id, may not sit in the loop's committee; others are left out.

    One query, where the loop's candidate and opening are loaded. The rule is that of
    `interviews.models.found_conflict`.
    """
    asked = {person.pk: person for person in people}
    held = Seat.objects.taken().filter(person__in=asked, interview__loop=loop)
    why = dict.fromkeys(held.values_list("person", flat=True), INTERVIEWS)
    for pk, person in asked.items():
        if is_candidate(person, loop):
            why[pk] = CANDIDATE
        elif pk == loop.opening.hiring_manager_id:
            why.setdefault(pk, HIRES)
    return why
