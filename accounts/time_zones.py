"""The time zone that a person lives in."""

from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from accounts.models import User


def zone_of(person: User) -> ZoneInfo:
    """Theirs, or UTC where it is no zone that this machine knows."""
    try:
        return ZoneInfo(person.time_zone)
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("UTC")
