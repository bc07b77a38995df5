"""What an export is made of before it has a format: columns, and rows that arrive in batches."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import F, QuerySet
from django.db.models.expressions import Combinable

BATCH = 200  # rows read at once: what an export holds in memory, however long it is

Value = str | int | float | bool | list[str] | None  # a list is joined where a cell is one text
T = TypeVar("T")


class Refused(Exception):
    """An export cannot be had; the message says why and what to do instead."""


@dataclass(frozen=True)
class Row:
    loop: UUID | None  # the loop that it tells of, for the audit trail and the asker's rights
    values: list[Value]


@dataclass(frozen=True)
class Sheet:
    columns: list[str]
    total: int  # rows, as counted before the first was read
    batches: Iterable[list[Row]]


def batched(rows: Iterable[T], size: int = BATCH) -> Iterator[list[T]]:
    rows = iter(rows)
    while batch := list(islice(rows, size)):
        yield batch


def moment(at: datetime | None) -> str | None:
    """ISO 8601 in UTC to the second, the same in every format and every time zone."""
    return at.strftime("%Y-%m-%dT%H:%M:%SZ") if at else None


def loop_fields(path: str) -> dict[str, str]:
    """The columns that tell one loop from another: name to the path from the row to the loop."""
    return {
        "loop": f"{path}pk",
        "candidate": f"{path}candidate__name",
        "candidate_external": f"{path}candidate__external_id",
        "candidate_key": f"{path}candidate__pk",
        "opening": f"{path}opening__title",
        "level": f"{path}opening__level",
    }


def read(
    rows: QuerySet[Any], fields: Mapping[str, str | Combinable], *own: str
) -> Iterator[dict[str, Any]]:
    """The rows in batches: `fields` are names to paths or expressions, `own` the rows' own columns.

    The database is given names that no model has: the loop's level is not the decision's.
    """
    asked = {f"x_{name}": F(at) if isinstance(at, str) else at for name, at in fields.items()}
    for row in rows.values(*own, **asked).iterator(chunk_size=BATCH):
        yield {name.removeprefix("x_"): value for name, value in row.items()}


LOOP_COLUMNS = ["loop", "candidate", "candidate_id", "opening", "level"]


def loop_values(row: dict[str, Any]) -> list[Value]:
    """Of a row that has `loop_fields`: the values of LOOP_COLUMNS."""
    candidate = row["candidate_external"] or str(row["candidate_key"])
    return [str(row["loop"]), row["candidate"], candidate, row["opening"], row["level"]]
