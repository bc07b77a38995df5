"""The time zone that a person lives in."""

from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from accounts.models import User


def zone_of(person: User) -> ZoneInfo:
    """Their time zone, or UTC where this machine does not know it."""
    try:
        return ZoneInfo(person.time_zone)
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("UTC")
