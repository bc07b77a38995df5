"""What scheduling has to know of scorecards. The room that keeps them registers the answers."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.db.models import Exists


@dataclass(frozen=True)
class ScorecardFacts:
    """`begun` is true of seats whose scorecard was begun.

    `owed_by` is true of rows for whose candidate, at a path, this person still owes a scorecard.
    """

    begun: Callable[[], Exists]
    owed_by: Callable[[Any, str], Exists]


_registered: list[ScorecardFacts] = []


def register(facts: ScorecardFacts) -> None:
    _registered[:] = [facts]


def begun() -> Exists:
    return _registered[0].begun()


def owed_by(person: AbstractBaseUser, candidate: str) -> Exists:
    return _registered[0].owed_by(person, candidate)
