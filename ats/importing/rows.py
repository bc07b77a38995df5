"""The rows of a loop in a file: made, brought up to date, or left as they are."""

from collections.abc import Mapping
from typing import Any, TypeVar

from django.db.models import Model

from accounts.models import Role, User
from ats.formats.documents import InterviewDocument, LoopDocument, SeatDocument
from ats.importing.report import FileReport
from ats.importing.stored import RANKS, Knowledge, Stored
from interviews.committee_seats import seat_committee_of_opening
from interviews.models import Candidate, Interview, Loop, Opening, Seat

M = TypeVar("M", bound=Model)


class Rows:
    """Writes what `conflicts` has let through. `tally` says what became of each."""

    def __init__(self, loop: LoopDocument, stored: Stored, tally: FileReport) -> None:
        self.doc, self.stored, self.tally = loop, stored, tally
        rank = RANKS[loop.format]
        mine = Knowledge(loop.as_of, rank) if loop.as_of else None
        self.is_newest = not stored.of_loop or bool(mine and mine >= max(stored.of_loop))
        # The plan in a loop file stands against a later export, which only knows the rounds met.
        rivals = [known for known in stored.of_opening if known.rank >= rank]
        self.knows_opening = not rivals or bool(mine and mine >= max(rivals))

    # --- the loop --------------------------------------------------------------------------
    def loop(self) -> Loop:
        opening, candidate = self._opening(), self._candidate()
        named = ("loop", f"{self.doc.candidate.id} for {self.doc.opening.id}")
        if self.stored.loop:
            self.tally.unchanged.add(named)
            return self.stored.loop
        self.tally.created.add(named)
        loop = Loop.objects.create(opening=opening, candidate=candidate)
        seat_committee_of_opening(loop)
        return loop

    def _opening(self) -> Opening:
        doc = self.doc.opening
        values: dict[str, Any] = {"title": doc.title, "level": doc.level}
        if doc.has_plan or not self.stored.opening:
            values["rounds"] = list(doc.rounds)
        return self._store(
            "opening", doc.id, self.stored.opening, Opening, values, self.knows_opening
        )

    def _candidate(self) -> Candidate:
        doc, row = self.doc.candidate, self.stored.candidate
        values: dict[str, Any] = {"name": doc.name}
        for name in ("current_title", "current_company"):
            if getattr(doc, name) or not row:  # what a file does not say is not unsaid
                values[name] = getattr(doc, name)
        if not row:
            values["email"] = doc.email
        elif not row.external_id:
            values["external_id"] = doc.id
        return self._store("candidate", doc.id, row, Candidate, values, self.is_newest)

    def _store(
        self, thing: str, id: str, row: M | None, model: type[M], values: dict[str, Any], may: bool
    ) -> M:
        """Make the row, or change what differs where this file may."""
        if row is None:
            self.tally.created.add((thing, id))
            return model._default_manager.create(external_id=id, **values)
        self._change(thing, id, row, values, may)
        return row

    def _change(
        self, thing: str, id: str, row: Model, values: Mapping[str, Any], may: bool
    ) -> None:
        different = [name for name, value in values.items() if getattr(row, name) != value]
        told = ", ".join(name.replace("_", " ") for name in different)
        if not different:
            self.tally.unchanged.add((thing, id))
        elif not may:
            self.tally.keep(thing, id, f"{told} as in a newer file imported before")
        else:
            for name in different:
                setattr(row, name, values[name])
            row.save(update_fields=different)
            self.tally.updated[thing, id] = told

    # --- people ----------------------------------------------------------------------------
    def people(self) -> dict[str, User]:
        """Everybody by e-mail. New people have no password; known ones keep name and roles."""
        known = dict(self.stored.users)
        new: dict[str, User] = {}
        for each in self.doc.people:
            if each.email not in known and each.email not in new:
                user = User(email=each.email, name=each.name, roles=[Role.INTERVIEWER])
                user.set_unusable_password()
                new[each.email] = user
        User.objects.bulk_create(new.values())
        self.tally.created |= {("person", email) for email in new}
        self.tally.unchanged |= {("person", email) for email in known}
        return known | new

    # --- interviews and seats --------------------------------------------------------------
    def interviews(self, loop: Loop) -> dict[str, Interview]:
        new = []
        for doc in self.doc.interviews:
            row = self.stored.interviews.get(doc.id)
            if row:
                self._change("interview", doc.id, row, _schedule(doc), self.is_newest)
                if row.cancelled_at:
                    self.tally.keep("interview", doc.id, "cancelled here")
            else:
                new.append(Interview(loop=loop, external_id=doc.id, **_schedule(doc)))
        Interview.objects.bulk_create(new)
        made = {str(each.external_id): each for each in new}
        self.tally.created |= {("interview", id) for id in made}
        return self.stored.interviews | made

    def seats(
        self, interviews: Mapping[str, Interview], people: Mapping[str, User]
    ) -> list[tuple[SeatDocument, Seat]]:
        """The row of each seat, in the order of the file."""
        found: list[tuple[SeatDocument, Seat]] = []
        new = []
        for interview in self.doc.interviews:
            for doc in interview.seats:
                row = self.stored.seat_of(interview, doc)
                if row:
                    self._update_seat(doc, row, people[doc.person.email])
                else:
                    row = Seat(
                        external_id=doc.id,
                        interview=interviews[interview.id],
                        person=people[doc.person.email],
                        role=doc.role,
                    )
                    new.append(row)
                found.append((doc, row))
        Seat.objects.bulk_create(new)
        self.tally.created |= {("seat", str(each.external_id)) for each in new}
        return found

    def _update_seat(self, doc: SeatDocument, row: Seat, person: User) -> None:
        values: dict[str, Any] = {"person": person}
        if self.doc.format == "neutral" or not row.external_id:
            values["external_id"] = doc.id
        card = self.stored.cards.get(row.pk)
        if not (card and card.submitted_at):
            values["role"] = doc.role
        elif row.role != doc.role:
            self.tally.keep("seat", doc.id, f"handed in as {row.role}, {doc.role} in the file")
        self._change("seat", doc.id, row, values, self.is_newest)


def _schedule(doc: InterviewDocument) -> dict[str, Any]:
    return {name: getattr(doc, name) for name in ("round", "starts_at", "ends_at", "day")}
