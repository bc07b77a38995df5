"""Who sits in an interview: roles, and people who may not."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from ats.formats.documents import LoopDocument, PersonDocument, SeatDocument
from ats.formats.faults import Log


def with_roles(seats: Sequence[SeatDocument]) -> Iterator[SeatDocument]:
    """Of those who are no shadow, the first leads and the others are second interviewers."""
    led = False
    for seat in seats:
        if seat.role == "shadow":
            yield seat
        else:
            yield replace(seat, role="second" if led else "lead")
            led = True


def check_people(loop: LoopDocument, log: Log) -> None:
    """A person sits in an interview once, and nobody has a hand in their own."""
    for interview in loop.interviews:
        seated: set[str] = set()
        for seat in interview.seats:
            if seat.person.email and seat.person.email in seated:
                log.fault(seat.person.place, f"{seat.person.email} sits in this interview already")
            seated.add(seat.person.email)
    for person in _hands(loop):
        if person.email and person.email in (loop.candidate.email, *loop.candidate.other_emails):
            log.fault(person.place, f"{person.email} is the candidate of this loop")


def _hands(loop: LoopDocument) -> Iterator[PersonDocument]:
    for seat in loop.seats:
        yield seat.person
        if seat.submission:
            if seat.submission.entered_by:
                yield seat.submission.entered_by
            yield from (change.by for change in seat.submission.revisions)
