"""One spelling for one value, so that the same packet has the same digest."""

from datetime import UTC, datetime


def plain(number: float) -> float:
    """Whole where it is whole, else to four places."""
    rounded = round(float(number), 4)
    return int(rounded) if rounded.is_integer() else rounded


def stamp(at: datetime) -> str:
    """One moment in UTC, whatever zone it came in."""
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z")


def clock(seconds: int) -> str:
    """Time into an interview, as people say it: 880 is 14:40."""
    return f"{seconds // 60}:{seconds % 60:02d}"
