"""When a late scorecard is asked for. Pure.

First some hours after the interview's end; then at one hour of each working day, by the clock of
the interviewer; and when those are used up, the recruiters are told on the next working day.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

STALE = timedelta(hours=24)  # a moment that nobody was there to keep is not made up for later


class Kind(StrEnum):
    FIRST = "first"
    DAILY = "daily"
    RECRUITER = "recruiter"


@dataclass(frozen=True)
class Schedule:
    first_after_hours: int = 1
    hour: int = 9  # of the interviewer's day
    days: int = 3  # working days on which they are asked again


@dataclass(frozen=True)
class Moment:
    kind: Kind
    at: datetime  # UTC


def moments(end: datetime, zone: str, schedule: Schedule) -> list[Moment]:
    """Every moment after an interview that ended at `end` (aware), in order."""
    first = end + timedelta(hours=schedule.first_after_hours)
    days = _working_days(first.astimezone(ZoneInfo(zone)).date())
    asked = [Moment(Kind.DAILY, _at(next(days), schedule, zone)) for _ in range(schedule.days)]
    last = Moment(Kind.RECRUITER, _at(next(days), schedule, zone))
    return [Moment(Kind.FIRST, first.astimezone(UTC)), *asked, last]


def due(planned: list[Moment], now: datetime) -> Moment | None:
    """The newest moment that has come: earlier ones that were missed are not sent in a heap."""
    come = [moment for moment in planned if moment.at <= now]
    return come[-1] if come and now - come[-1].at < STALE else None


def _working_days(after: date) -> Iterator[date]:
    """Monday to Friday, from the day after."""
    day = after
    while True:
        day += timedelta(days=1)
        if day.weekday() < 5:
            yield day


def _at(day: date, schedule: Schedule, zone: str) -> datetime:
    return datetime.combine(day, time(schedule.hour), ZoneInfo(zone)).astimezone(UTC)
