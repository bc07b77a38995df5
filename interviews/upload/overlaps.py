"""Who is taken when: found by the day, since a table may fill a person's weeks. Pure."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta


class Diary:
    """Of several people, by e-mail: the times of their interviews."""

    def __init__(self) -> None:
        self._days: dict[tuple[str, date], list[tuple[datetime, datetime]]] = defaultdict(list)

    def add(self, email: str, starts: datetime, ends: datetime) -> None:
        for day in _days(starts, ends):
            self._days[email, day].append((starts, ends))

    def overlaps(self, email: str, starts: datetime, ends: datetime) -> bool:
        return any(
            began < ends and starts < ended
            for day in _days(starts, ends)
            for began, ended in self._days.get((email, day), [])
        )


def _days(starts: datetime, ends: datetime) -> Iterator[date]:
    """Those of UTC that the time touches."""
    day, last = starts.astimezone(UTC).date(), ends.astimezone(UTC).date()
    while day <= last:
        yield day
        day += timedelta(days=1)
