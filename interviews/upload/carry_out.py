"""Doing what a plan says: all of it or nothing, and only what was previewed."""

from collections.abc import Sequence

from django.db import IntegrityError, transaction

from accounts import audit
from accounts.models import User
from interviews.committee_seats import seat_committee_of_opening
from interviews.locks import lock_loop, loop_stream
from interviews.models import Candidate, Interview, Loop, Opening, Seat
from interviews.receivers import link_accounts
from interviews.signals import interviews_changed, loop_changed
from interviews.upload import plan as planning
from interviews.upload.plan import Plan, Step, Verdict
from interviews.upload.rows import Row


@transaction.atomic
def carry_out(by: User, opening: Opening, rows: list[Row], digest: str) -> dict[str, int] | None:
    """Carry out the plan that has this digest: how many of each were added or changed.

    None, and nothing done, where the plan for these rows is another by now. The number of queries
    depends on what is changed, not on how many rows are added.
    """
    Opening.objects.select_for_update().get(pk=opening.pk)  # two uploads, one after the other
    plan = planning.make(opening, rows, by)
    if plan.digest != digest or plan.is_refused:
        return None
    try:
        with transaction.atomic():
            return _carry_out(by, opening, plan)
    except IntegrityError:  # somebody added the same, or began a scorecard, just now
        return None


def _carry_out(by: User, opening: Opening, plan: Plan) -> dict[str, int]:
    candidates = _candidates(plan.steps)
    loops = _loops(opening, plan.steps, candidates)
    added = [s for s in plan.steps if s.verdict == Verdict.CREATE and s.row.has_interview]
    changed = [step for step in plan.steps if step.verdict == Verdict.CHANGE]
    touched = {s.loop.pk: s.loop for s in (*changed, *added) if s.loop}
    for pk in sorted(touched):  # in one order, so that two uploads never wait in a circle
        lock_loop(touched[pk])
    interviews = _interviews(added, loops)
    for step in changed:
        _change(by, step)
    new = {step.row.email for step in plan.steps if step.loop is None}
    _record(by, [loops[email] for email in sorted(new)], interviews)
    for loop in touched.values():
        loop_changed.send(sender=Loop, loop=loop, by=by)
    touched_interviews = [step.interview for step in changed if step.interview] + interviews
    interviews_changed.send(sender=Interview, interviews=touched_interviews, by=by)
    return {
        "candidates": len({s.row.email for s in plan.steps if s.candidate is None}),
        "loops": len(new),
        "interviews": len(added),
        "changed": len(changed),
    }


def _candidates(steps: Sequence[Step]) -> dict[str, Candidate]:
    """By e-mail, new ones made. Of several rows for one person the first one names them."""
    found = {step.row.email: step.candidate for step in steps if step.candidate}
    new: dict[str, Candidate] = {}
    for row in (step.row for step in steps):
        if row.email not in found and row.email not in new:
            new[row.email] = Candidate(
                name=row.name,
                email=row.email,
                current_title=row.current_title,
                current_company=row.current_company,
            )
    link_accounts(Candidate.objects.bulk_create(new.values()))
    return found | new


def _loops(
    opening: Opening, steps: Sequence[Step], candidates: dict[str, Candidate]
) -> dict[str, Loop]:
    """By the candidate's e-mail, those that are new with the opening's committee."""
    found = {step.row.email: step.loop for step in steps if step.loop}
    new = {
        email: Loop(opening=opening, candidate=candidate)
        for email, candidate in candidates.items()
        if email not in found
    }
    seat_committee_of_opening(*Loop.objects.bulk_create(new.values()))
    return found | new


def _interviews(steps: Sequence[Step], loops: dict[str, Loop]) -> list[Interview]:
    rows = [step.row for step in steps]
    made = Interview.objects.bulk_create(
        Interview(loop=loops[r.email], round=r.round, starts_at=r.starts_at, ends_at=r.ends_at)
        for r in rows
    )
    Seat.objects.bulk_create(
        Seat(interview=interview, person=person, role=role)
        for interview, step in zip(made, steps, strict=True)
        for role, person in step.people.items()
    )
    return made


def _change(by: User, step: Step) -> None:
    """Time and seats of one interview. A seat with a scorecard is protected by the database."""
    interview, row = step.interview, step.row
    assert interview
    assert step.loop
    times = {"starts_at": row.starts_at, "ends_at": row.ends_at, "day": None}
    Interview.objects.filter(pk=interview.pk).update(**times)
    wanted = {(role, person.pk) for role, person in step.people.items()}
    there = {(seat.role, seat.person_id): seat for seat in interview.seats.all()}
    gone = [seat.pk for who, seat in there.items() if who not in wanted]
    Seat.objects.filter(pk__in=gone).delete()
    Seat.objects.bulk_create(
        Seat(interview=interview, person_id=person, role=role)
        for role, person in wanted - there.keys()
    )
    stream = loop_stream(step.loop)
    audit.record(by, "interview.changed", interview, stream=stream, round=row.round, uploaded=True)


def _record(by: User, loops: list[Loop], interviews: list[Interview]) -> None:
    lines = [_line("loop.added", loop, loop) for loop in loops]
    lines += [_line("interview.scheduled", i, i.loop, round=i.round) for i in interviews]
    audit.record_many(by, lines)


def _line(action: str, row: Loop | Interview, loop: Loop, **detail: str) -> audit.Line:
    return action, row, loop_stream(loop), {**detail, "uploaded": True}
