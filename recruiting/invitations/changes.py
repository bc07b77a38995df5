"""Who is to be told what after an interview changed. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TypeVar

P = TypeVar("P")


@dataclass(frozen=True)
class Times:
    """What a calendar shows of an interview."""

    round: str
    starts_at: datetime | None
    ends_at: datetime | None
    day: date | None

    def is_over(self, now: datetime) -> bool:
        """Midnight of an all-day one is that of UTC."""
        if self.day:
            return datetime.combine(self.day + timedelta(days=1), time.min, UTC) <= now
        return self.ends_at is not None and self.ends_at <= now


@dataclass(frozen=True)
class Told:
    """The last message that somebody got about an interview."""

    sequence: int
    is_cancellation: bool
    times: Times


@dataclass(frozen=True)
class Message:
    """What to tell now; a cancellation gives the times that it takes back."""

    sequence: int
    is_cancellation: bool
    times: Times
    is_first: bool


def messages(
    seated: Iterable[P], times: Times, told: Mapping[P, Told], now: datetime
) -> dict[P, Message]:
    """By person: whoever sits in it and knows otherwise, and whoever no longer does.

    `seated` is empty for a cancelled interview. Nobody hears of what is over already.
    """
    found: dict[P, Message] = {}
    seated = list(seated)
    for person in seated:
        last = told.get(person)
        known = last if last and not last.is_cancellation else None
        if known and known.times == times:
            continue
        if times.is_over(now) and (known is None or known.times.is_over(now)):
            continue
        number = last.sequence + 1 if last else 0
        found[person] = Message(number, False, times, is_first=known is None)
    for person, last in told.items():
        if person not in seated and not last.is_cancellation and not last.times.is_over(now):
            found[person] = Message(last.sequence + 1, True, last.times, is_first=False)
    return found
