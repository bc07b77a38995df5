"""Times in words, by the clock of whoever reads a mail. Pure."""

from datetime import date, datetime
from zoneinfo import ZoneInfo


def moment_in_words(at: datetime, zone: str) -> str:
    """Of an aware moment: "Monday 2 March, 19:00 (Asia/Tokyo)"."""
    return f"{_local(at, zone)} ({zone})"


def span_in_words(
    starts_at: datetime | None, ends_at: datetime | None, day: date | None, zone: str
) -> str:
    """From one moment to another of the same interview; or a day, which has no zone."""
    if starts_at is None or ends_at is None:
        return day.strftime("%A %-d %B, all day") if day else ""
    start, end = (at.astimezone(ZoneInfo(zone)) for at in (starts_at, ends_at))
    last = end.strftime("%H:%M") if start.date() == end.date() else _local(ends_at, zone)
    return f"{_local(starts_at, zone)} to {last} ({zone})"


def _local(at: datetime, zone: str) -> str:
    return at.astimezone(ZoneInfo(zone)).strftime("%A %-d %B, %H:%M")
