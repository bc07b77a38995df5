"""iCalendar files (RFC 5545, 5546) of interviews. Pure but for the library that writes them.

An entry names the candidate, the round and the kit's address, and nothing of an evaluation.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from icalendar import Calendar, Event, vCalAddress

from recruiting.invitations.changes import Times

PRODUCT = "-//Scorecard//Interviews//EN"


@dataclass(frozen=True)
class Entry:
    """One interview for one person."""

    uid: str
    summary: str
    times: Times
    stamp: datetime
    url: str = ""
    sequence: int = 0


def feed(entries: Iterable[Entry], name: str) -> str:
    """What a calendar program subscribes to."""
    calendar = _calendar("PUBLISH")
    calendar.add("x-wr-calname", name)
    for entry in entries:
        calendar.add_component(_event(entry))
    return _text(calendar)


def message(entry: Entry, organiser: str, attendee: str, *, cancels: bool) -> tuple[str, str]:
    """Its method, and the file to attach: the attendee is asked to come, or no longer to."""
    method, status = ("CANCEL", "CANCELLED") if cancels else ("REQUEST", "CONFIRMED")
    calendar, event = _calendar(method), _event(entry)
    event.add("status", status)
    event.add("organizer", vCalAddress(f"mailto:{organiser}"))
    person = vCalAddress(f"mailto:{attendee}")
    person.params["PARTSTAT"] = "NEEDS-ACTION"
    person.params["ROLE"] = "REQ-PARTICIPANT"
    event.add("attendee", person, encode=False)
    calendar.add_component(event)
    return method, _text(calendar)


def _calendar(method: str) -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", method)
    return calendar


def _event(entry: Entry) -> Event:
    event = Event()
    event.add("uid", entry.uid)
    event.add("dtstamp", entry.stamp.astimezone(UTC))
    event.add("sequence", entry.sequence)
    event.add("summary", entry.summary)
    event.add("class", "PRIVATE")  # a calendar that is shared shows "busy" and no name
    times = entry.times
    if times.day:
        event.add("dtstart", times.day)
        event.add("dtend", times.day + timedelta(days=1))  # the first day that is free again
    elif times.starts_at and times.ends_at:
        event.add("dtstart", times.starts_at.astimezone(UTC))
        event.add("dtend", times.ends_at.astimezone(UTC))
    if entry.url:
        event.add("url", entry.url)
        event.add("description", entry.url)  # many programs show only this one
    return event


def _text(calendar: Calendar) -> str:
    return str(calendar.to_ical(), "utf-8")
