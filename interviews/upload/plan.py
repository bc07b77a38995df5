"""What each row would do to what is there. Nothing is changed here."""

import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from difflib import get_close_matches

from django.db.models import TextChoices

from accounts.models import Role, User
from interviews.candidates import NOT_YOURS, YOURSELF
from interviews.models import Candidate, Interview, Loop, Opening
from interviews.upload.existing_rows import ExistingRows, interviewers
from interviews.upload.overlaps import Diary
from interviews.upload.rows import COLUMNS, ROLES, Row


class Verdict(TextChoices):
    CREATE = "create", "will be created"
    CHANGE = "change", "will be changed"
    SAME = "same", "is there already"
    REFUSE = "refuse", "refused"


@dataclass(frozen=True)
class Step:
    """One row and what becomes of it: `says` why and what to do, `warns` what to look at."""

    row: Row
    verdict: Verdict
    says: tuple[str, ...] = ()
    warns: tuple[str, ...] = ()
    candidate: Candidate | None = None  # None: a new one
    loop: Loop | None = None
    interview: Interview | None = None  # the one to change
    people: Mapping[str, User] = field(default_factory=dict)  # role: person

    @property
    def is_refused(self) -> bool:
        return self.verdict == Verdict.REFUSE


@dataclass(frozen=True)
class Plan:
    """`digest` names what was previewed, so that something else is never done instead."""

    steps: tuple[Step, ...]
    digest: str

    @property
    def counts(self) -> dict[Verdict, int]:
        found = Counter(step.verdict for step in self.steps)
        return {verdict: found[verdict] for verdict in Verdict}

    @property
    def is_refused(self) -> bool:
        return any(step.is_refused for step in self.steps)

    @property
    def changes_anything(self) -> bool:
        return any(step.verdict in (Verdict.CREATE, Verdict.CHANGE) for step in self.steps)


def make(opening: Opening, rows: list[Row], by: User) -> Plan:
    """The plan for these rows as things stand. Eight queries at most, whatever their number."""
    planner = _Planner(rows, ExistingRows(opening, rows, by), by)
    steps = tuple(planner.step(row) for row in rows)
    return Plan(steps, _digest(steps))


def _digest(steps: Iterable[Step]) -> str:
    lines = [
        [s.row.number, s.verdict, s.says, s.loop and s.loop.pk, s.interview and s.interview.pk]
        for s in steps
    ]
    return hashlib.sha256(json.dumps(lines, default=str).encode()).hexdigest()


MOST_NEAREST = 50  # unknown addresses of a table for which the nearest known one is looked for


class _Planner:
    def __init__(self, rows: list[Row], there: ExistingRows, by: User) -> None:
        self.there, self.by = there, by
        self.first: dict[str, Row] = {}  # the row that a candidate first came in, by e-mail
        self.met: dict[tuple[str, str, datetime | None], int] = {}  # an interview: its row
        self.matches = _matches(rows, there)
        self.taken = self._taken()
        unknown = {e for row in rows for e in row.people.values() if e and e not in there.people}
        self.known_emails = interviewers() if unknown else []
        self.nearest: dict[str, list[str]] = {}  # known addresses like an unknown one

    def _taken(self) -> Diary:
        """Without the interviews that rows of the table stand for: their rows are added instead."""
        diary, stood_for = Diary(), {each.pk for each in self.matches.values()}
        for seat in self.there.busy:
            each = seat.interview
            if each.pk not in stood_for and each.starts_at and each.ends_at:
                diary.add(seat.person.email, each.starts_at, each.ends_at)
        return diary

    def step(self, row: Row) -> Step:
        candidate, loop = self.there.candidates.get(row.email), self.there.loops.get(row.email)
        interview = self.matches.get(row.number)
        faults = [*row.faults, *self._of_candidate(row, candidate, loop)]
        faults += self._of_people(row, candidate) + self._twice(row) + self._begun(row, interview)
        warns = tuple(self._warnings(row, candidate))
        self.first.setdefault(row.email, row)
        if faults:
            return Step(row, Verdict.REFUSE, tuple(dict.fromkeys(faults)), warns)
        if row.starts_at and row.ends_at:
            for email in row.people.values():
                self.taken.add(email, row.starts_at, row.ends_at)
        people = {role: self.there.people[email] for role, email in row.people.items()}
        says = self._changes(row, interview, people) if interview else self._new(row, loop)
        verdict = Verdict.CHANGE if interview else Verdict.CREATE
        verdict = verdict if says else Verdict.SAME
        return Step(row, verdict, tuple(says), warns, candidate, loop, interview, people)

    def _of_candidate(self, row: Row, candidate: Candidate | None, loop: Loop | None) -> list[str]:
        if row.email == self.by.email:
            return [YOURSELF]
        is_asker = candidate is not None and candidate.account_id == self.by.pk
        return [NOT_YOURS] if is_asker or (loop and loop.pk in self.there.hidden) else []

    def _of_people(self, row: Row, candidate: Candidate | None) -> list[str]:
        named = {role: email for role, email in row.people.items() if email}
        faults = [
            f"{COLUMNS[role]} {fault}"
            for role, email in named.items()
            if (fault := self._of_person(email, row, candidate))
        ]
        if len(set(named.values())) < len(named):
            faults.append("One person cannot have two seats in one interview. Remove one of them.")
        return faults

    def _of_person(self, email: str, row: Row, candidate: Candidate | None) -> str:
        person = self.there.people.get(email)
        if person is None:
            near = self._near(email)
            hint = f"; the nearest is {near[0]}" if near else "; an administrator adds people"
            return f"{email} is not known here{hint}."
        if not person.is_active:
            return f"{person} has left. Name somebody else."
        if not person.has_role(Role.INTERVIEWER):
            return f"{person} is no interviewer. An administrator gives the role."
        if email == row.email or (candidate and candidate.account_id == person.pk):
            return f"{person} is the candidate. Name somebody else."
        return ""

    def _near(self, email: str) -> list[str]:
        """Looking is slow: a table of nothing but strangers is not one of slips of the pen."""
        if email not in self.nearest and len(self.nearest) < MOST_NEAREST:
            self.nearest[email] = get_close_matches(email, self.known_emails, 1, cutoff=0.6)
        return self.nearest.get(email, [])

    def _twice(self, row: Row) -> list[str]:
        """The same interview again; or a candidate again who brings no interview."""
        key = (row.email, row.round, row.starts_at)
        earlier = self.met.setdefault(key, row.number)
        if earlier == row.number or not row.email:
            return []
        return [f"The same as row {earlier}. Remove one of the two."]

    def _begun(self, row: Row, interview: Interview | None) -> list[str]:
        """Whose seat would go to somebody else though their scorecard was begun."""
        if interview is None:
            return []
        seats = self.there.seats.get(interview.pk, {})
        return [
            f"{person} has begun a scorecard in this interview and keeps the seat. Name them as"
            f" {COLUMNS[role].lower()}."
            for role, person in seats.items()
            if (interview.pk, role) in self.there.begun and row.people.get(role) != person.email
        ]

    def _warnings(self, row: Row, candidate: Candidate | None) -> Iterable[str]:
        first = self.first.get(row.email)
        known = candidate.name if candidate else first.name if first else row.name
        if row.name and known != row.name:
            yield f"Known as {known}; the name in this row is left aside."
        if row.starts_at and row.ends_at:
            for email in row.people.values():
                if self.taken.overlaps(email, row.starts_at, row.ends_at):
                    yield f"{self.there.people[email]} has another interview at that time."

    def _changes(self, row: Row, interview: Interview, people: Mapping[str, User]) -> list[str]:
        moved = (interview.starts_at, interview.ends_at) != (row.starts_at, row.ends_at)
        seats = self.there.seats.get(interview.pk, {})
        reseated = [role for role in ROLES if seats.get(role) != people.get(role)]
        return ["time"] * moved + [COLUMNS[role].lower() for role in reseated]

    def _new(self, row: Row, loop: Loop | None) -> list[str]:
        says = []
        if loop is None and self.first[row.email] is row:
            says.append("loop" if row.email in self.there.candidates else "candidate and loop")
        if row.has_interview:
            says.append("interview")
        return says


def _matches(rows: list[Row], there: ExistingRows) -> dict[int, Interview]:
    """Which interview that is there each row stands for, by row number.

    The one of the same round that starts at the same time; else, where the table and the loop have
    each just one more of that round, that one: it was moved.
    """
    groups: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in rows:
        if row.round and row.starts_at:
            groups[row.email, row.round].append(row)
    found: dict[int, Interview] = {}
    for (email, round), those in groups.items():
        loop = there.loops.get(email)
        left = [i for i in there.interviews.get(loop.pk, []) if i.round == round] if loop else []
        waiting = []
        for row in those:
            same = next((each for each in left if each.starts_at == row.starts_at), None)
            if same:
                found[row.number] = same
                left.remove(same)
            else:
                waiting.append(row)
        if len(left) == len(waiting) == 1:
            found[waiting[0].number] = left[0]
    return found
