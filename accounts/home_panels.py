"""Panels of the home page that rooms above or beside it register: what waits there for a person."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from accounts.models import User


@dataclass(frozen=True)
class HomePanel:
    """A section of a recruiter's home page, left out where it has no rows.

    `rows` gives what this person may read and has to look at; `template` shows one of them, `row`.
    """

    id: str
    title: str
    template: str
    rows: Callable[[User, datetime], QuerySet[Any]]


_panels: dict[str, HomePanel] = {}


def register(panel: HomePanel) -> None:
    _panels[panel.id] = panel


def panels(person: User, now: datetime, most: int) -> list[tuple[HomePanel, list[Any]]]:
    """Each panel that has something for this person, with at most so many rows. A query a panel."""
    found = ((panel, list(panel.rows(person, now)[:most])) for panel in _panels.values())
    return [(panel, rows) for panel, rows in found if rows]
