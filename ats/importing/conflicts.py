"""Where a file contradicts what is here already, so that importing it would mix up people."""

from collections.abc import Iterator

from accounts.models import User
from ats.formats.documents import InterviewDocument, LoopDocument, SeatDocument
from ats.formats.faults import Fault
from ats.importing.stored import Stored
from interviews.models import Candidate, Loop

REMEDY = "correct whichever is wrong, or merge the two in the ATS"


def conflicts(loop: LoopDocument, stored: Stored, by: User | None) -> Iterator[Fault]:
    """`by` is who imports it (None: the command), who may not import a loop closed to them."""
    yield from _candidate(loop, stored)
    if by and _is_closed_to(by, loop, stored):
        yield Fault(loop.candidate.place, "is a loop that somebody else has to import")
    yield from _own_interviewer(loop, stored)
    for interview in loop.interviews:
        row = stored.interviews.get(interview.id)
        if row and (not stored.loop or row.loop_id != stored.loop.pk):
            what = f"{interview.id} is an interview of another loop here"
            yield Fault(interview.place / "id", what)
            continue
        yield from _round(interview, stored)
        for seat in interview.seats:
            yield from _seat(interview, seat, stored)


def _candidate(loop: LoopDocument, stored: Stored) -> Iterator[Fault]:
    who = loop.candidate
    emails = (who.email, *who.other_emails)
    for known in stored.candidates:
        if known.external_id == who.id and known.email not in emails:
            what = f"{who.id} is {_told(known)} here, but {who.email} in the file: {REMEDY}"
            yield Fault(who.place, what)
        elif known.external_id not in (None, who.id):
            what = f"{known.email} is candidate {known.external_id} here, but {who.id} in the file"
            yield Fault(who.place, f"{what}: {REMEDY}")
    by_address = [each for each in stored.candidates if each.email in emails]
    if len(stored.candidates) > 1 and all(each.external_id is None for each in by_address):
        what = f"{' and '.join(map(_told, stored.candidates))} are two candidates here: merge them"
        yield Fault(who.place, what)


def _told(candidate: Candidate) -> str:
    return f"{candidate.name} <{candidate.email}>"


def _is_closed_to(by: User, loop: LoopDocument, stored: Stored) -> bool:
    """Their own candidacy, or a loop that they are recused from."""
    if by.email in (loop.candidate.email, *loop.candidate.other_emails):
        return True
    planned = Loop.objects.planned_by(by)
    return stored.loop is not None and not planned.filter(pk=stored.loop.pk).exists()


def _own_interviewer(loop: LoopDocument, stored: Stored) -> Iterator[Fault]:
    account = stored.candidate.account if stored.candidate else None
    for person in loop.people:
        if account and person.email == account.email:
            yield Fault(person.place, f"{person.email} is the account of this loop's candidate")


def _round(interview: InterviewDocument, stored: Stored) -> Iterator[Fault]:
    """A scorecard is written for its round: another one would read it with another kit."""
    row = stored.interviews.get(interview.id)
    written = row and any(
        each.interview_id == row.pk and each.pk in stored.cards for each in stored.seats
    )
    if row and written and row.round != interview.round:
        what = f"is {interview.round}, but {row.round} here, with a scorecard for that round"
        yield Fault(interview.place / "round", what)


def _seat(interview: InterviewDocument, seat: SeatDocument, stored: Stored) -> Iterator[Fault]:
    row, found = stored.interviews.get(interview.id), stored.seat_of(interview, seat)
    if found and (not row or found.interview_id != row.pk):
        yield Fault(seat.place / "id", f"{seat.id} is a seat in another interview here")
    elif found and found.person.email != seat.person.email and found.pk in stored.cards:
        what = f"is {seat.person.email}, but {found.person.email} has a scorecard for it here"
        yield Fault(seat.person.place, what)
    elif row and seat.role == "lead" and not found:
        for other in stored.seats:
            if other.interview_id == row.pk and other.role == "lead":
                what = f"is {seat.person.email}, but {other.person.email} leads it here"
                yield Fault(seat.person.place, what)
