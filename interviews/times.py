"""Local times and the two hours a year that are not there, or there twice. Pure."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from interviews.refusals import Refused

LONGEST = timedelta(hours=12)  # of an interview; more is a slip of the keyboard


def to_utc(local: datetime, zone: ZoneInfo, *, second: bool | None = None) -> datetime:
    """The moment of a time on the wall in `zone`, in UTC. Raises Refused.

    `second` says which of the two a repeated time is; None: nobody was asked yet,
    and the refusal names the field `repeated`.
    """
    first = local.replace(tzinfo=zone, fold=0).astimezone(UTC)
    last = local.replace(tzinfo=zone, fold=1).astimezone(UTC)
    if first.astimezone(zone).replace(tzinfo=None) != local:
        raise Refused(
            f"{local:%H:%M} on {_day(local)} does not exist in {zone}: the clocks skip it."
            f" {last.astimezone(zone):%H:%M} and {first.astimezone(zone):%H:%M} do."
        )
    if first != last and second is None:
        raise Refused(
            f"The clocks in {zone} show {local:%H:%M} twice on {_day(local)}."
            " Say whether the first or the second is meant.",
            "repeated",
        )
    return last if second else first


def fault_of(starts_at: datetime, ends_at: datetime) -> str:
    """What is wrong with an interview from one moment to the other; empty when nothing is.

    Compared in UTC: two times in one zone would be compared as the wall shows them.
    """
    length = ends_at.astimezone(UTC) - starts_at.astimezone(UTC)
    if length <= timedelta(0):
        return "The end must be after the start."
    if length > LONGEST:
        return "No interview is longer than twelve hours."
    return ""


def is_unusual(moment: datetime) -> bool:
    """Would somebody be asked to work at night or at the weekend? `moment` is in their zone."""
    return moment.weekday() >= 5 or not 7 <= moment.hour < 20


def _day(local: datetime) -> str:
    return f"{local.day} {local:%B %Y}"
