"""Who is to be told what after an interview changed. Pure."""

from collections.abc import Collection, Mapping
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
class Message:
    """What somebody was told last, or is to be told now.

    A cancellation gives the times that it takes back. `is_first` invites to what was not known.
    """

    sequence: int
    is_cancellation: bool
    times: Times
    is_first: bool = False


def messages(
    seated: Collection[P], times: Times, last: Mapping[P, Message], now: datetime
) -> dict[P, Message]:
    """By person: whoever sits in it and knows otherwise, and whoever no longer does.

    `seated` is empty for a cancelled interview. Nobody hears of what is over already.
    """
    found: dict[P, Message] = {}
    for person in seated:
        told = last.get(person)
        known = told.times if told and not told.is_cancellation else None
        if known == times or (times.is_over(now) and (known is None or known.is_over(now))):
            continue
        sequence = told.sequence + 1 if told else 0
        found[person] = Message(sequence, False, times, is_first=known is None)
    for person, told in last.items():
        if person not in seated and not told.is_cancellation and not told.times.is_over(now):
            found[person] = Message(told.sequence + 1, True, told.times)
    return found
