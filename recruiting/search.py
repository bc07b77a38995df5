"""Searching candidates, openings and people, each within what the searcher may see.

What is not theirs is not there: not in the rows, not in "and more", not in another sentence. Every
list comes from `visible_to`, or from the loops that do.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.models import User
from accounts.name_search import containing
from interviews.models import CommitteeSeat, Loop, Opening, Seat

SHOWN = 20  # of each kind; more words find fewer


@dataclass(frozen=True)
class Found:
    """The first rows of one kind, and whether there are more."""

    rows: list[Any]
    more: bool


@dataclass(frozen=True)
class Results:
    loops: Found
    openings: Found
    people: Found

    @property
    def is_empty(self) -> bool:
        return not (self.loops.rows or self.openings.rows or self.people.rows)


def search(text: str, by: User) -> Results:
    """Each word must occur, whatever its accents and capitals. Three queries."""
    loops = Loop.objects.visible_to(by).select_related("candidate", "opening")
    return Results(
        loops=_first(
            containing(loops, text, *_known_of_candidates(by)).order_by("candidate__name")
        ),
        openings=_first(containing(Opening.objects.visible_to(by), text, "title")),
        people=_first(containing(people_known_to(by), text, "name", "email")),
    )


def people_known_to(user: User) -> QuerySet[User]:
    """Everybody for who seats people or looks after them; else oneself and who shares a loop."""
    if user.is_recruiter or user.is_administrator:
        return User.objects.all()
    known = Loop.objects.visible_to(user)
    seats = Seat.objects.filter(person=OuterRef("pk"), interview__loop__in=known)
    colleagues = Exists(seats)
    if user.is_committee:
        members = CommitteeSeat.objects.filter(person=OuterRef("pk"), loop__in=known)
        return User.objects.filter(Q(colleagues) | Exists(members) | Q(pk=user.pk))
    return User.objects.filter(Q(colleagues) | Q(pk=user.pk))


def _known_of_candidates(user: User) -> Iterable[str]:
    """Recruiters know addresses; to find by what one is not shown would be to be told it."""
    shown = ["candidate__name", "candidate__current_title", "candidate__current_company"]
    return [*shown, "candidate__email"] if user.is_recruiter else shown


def _first(rows: QuerySet[Any]) -> Found:
    found = list(rows[: SHOWN + 1])
    return Found(found[:SHOWN], len(found) > SHOWN)
