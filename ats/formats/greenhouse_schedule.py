"""Scheduled interviews of a Greenhouse export, with the scorecards that their entries name."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime

from ats.formats.documents import InterviewDocument, PersonDocument, SeatDocument
from ats.formats.faults import Place, printable
from ats.formats.greenhouse_cards import GreenhouseCard
from ats.formats.greenhouse_lists import APPLICATIONS, SCHEDULED, SCORECARDS, Lists, id_of
from ats.formats.json_reader import Node
from ats.formats.panel import with_roles

ROUNDS = {
    "ml system design": "ml-system-design",
    "applied modeling": "applied-modeling",
    "ml coding": "ml-coding",
    "behavioral": "behavioral",
    "responsible ai": "responsible-ai",
    "cross-functional partner": "cross-functional",
}
STATUSES = ("scheduled", "awaiting_feedback", "complete")


class Schedule:
    """Reads every interview of the export, by application."""

    def __init__(self, lists: Lists) -> None:
        self.lists, self.log = lists, lists.log
        self._card_takers: dict[str, Place] = {}
        self.by_application: dict[str, list[InterviewDocument]] = {}
        for node in lists.all(SCHEDULED):
            self._read(node)
        for card in lists.all(SCORECARDS):
            if id_of(card) not in self._card_takers:
                self.log.leave_out("scorecard that no scheduled interview names")

    def _read(self, node: Node) -> None:
        step = node.node("interview").name("name")
        round = ROUNDS.get(" ".join(step.casefold().split()), "")
        status = node.text("status", required=True)
        if status not in STATUSES or not round:
            why = f"has status {printable(status)}" if round else "is no round of the rubric"
            if step and status:
                self.log.leave_out(f"interview “{printable(step)}” {why}")
            self._leave_out_cards(node)
            return
        application = self.lists.referred(node, "application_id", APPLICATIONS)
        interview = self._interview(node, round, status == "complete", application)
        self.lists.finish(SCHEDULED, node)
        if application:
            self.by_application.setdefault(id_of(application), []).append(interview)

    def _leave_out_cards(self, node: Node) -> None:
        interviewers = node.take("interviewers")
        for each in interviewers if isinstance(interviewers, list) else []:
            if isinstance(each, dict) and each.get("scorecard_id") is not None:
                self._card_takers.setdefault(str(each["scorecard_id"]), node.place)
                self.log.leave_out("scorecard of an interview that is not imported")

    def _interview(
        self, node: Node, round: str, complete: bool, application: Node | None
    ) -> InterviewDocument:
        starts_at, ends_at, day = _when(node)
        seats = [
            seat
            for each in node.nodes("interviewers")
            if (seat := self._seat(each, round, complete, application))
        ]
        if not seats:
            self.log.check(node.place, "nobody took part in this interview")
        id = id_of(node)
        seats = list(_with_ids(id, list(with_roles(seats))))
        return InterviewDocument(id, round, tuple(seats), node.place, starts_at, ends_at, day)

    def _seat(
        self, node: Node, round: str, complete: bool, application: Node | None
    ) -> SeatDocument | None:
        person_id = id_of(node)
        person = PersonDocument(node.name("name"), node.email("email"), node.place / "email")
        card = self._card(node, round, complete, application)
        if card and person_id != card.interviewer_id:
            node.fault("scorecard_id", f"is a scorecard of interviewer {card.interviewer_id}")
        declined = node.text("response_status") == "declined"
        node.finish(["employee_id"])
        if declined and not card:
            self.log.leave_out("interviewer who declined and has no scorecard")
            return None
        submission = card.submission(self.lists.people) if card else None
        return SeatDocument("", card.role if card else "lead", person, node.place, submission)

    def _card(
        self, node: Node, round: str, complete: bool, application: Node | None
    ) -> GreenhouseCard | None:
        """The scorecard that an interviewer's entry names; each may be named once."""
        if node.take("scorecard_id") is None:
            return None
        id = id_of(node, "scorecard_id")
        taker = self._card_takers.setdefault(id, node.place)
        found = self.lists.get(SCORECARDS, id)
        if taker is not node.place:
            node.fault("scorecard_id", f"{id} is taken by {taker.pointer} already")
        elif not found and complete and id:
            file = self.lists.shown[SCORECARDS]
            node.fault("scorecard_id", f"{id} is not in {file}, though the interview is complete")
        elif not found:
            self.log.leave_out("scorecard not handed in yet: named, but not in scorecards.json")
        if not found:
            return None
        card = GreenhouseCard(found, round)
        if application and card.application_id != id_of(application):
            node.fault("scorecard_id", f"is a scorecard of application {card.application_id}")
        self.lists.finish(SCORECARDS, found)
        return card


def _when(node: Node) -> tuple[datetime | None, datetime | None, date | None]:
    """Start and end; or, of an all-day event, the day."""
    start, end = node.node("start"), node.node("end")
    if start.has("date") and not start.has("date_time"):
        day, last = start.day("date"), end.day("date")
        if day and last and last < day:
            end.fault("date", f"ends before it starts ({day})")
        return None, None, day
    starts_at = start.time("date_time", required=True)
    ends_at = end.time_after("date_time", starts_at, start.value.get("date_time"))
    return starts_at, ends_at, None


def _with_ids(interview: str, seats: Sequence[SeatDocument]) -> Iterator[SeatDocument]:
    """Ids as loop.json has them: 401 leads, then 401-2 …; 401-shadow, then 401-shadow-2 …"""
    met = {"interviewer": 0, "shadow": 0}
    for seat in seats:
        kind = "shadow" if seat.role == "shadow" else "interviewer"
        met[kind] += 1
        parts = [interview] + ["shadow"] * (kind == "shadow")
        parts += [str(met[kind])] * (met[kind] > 1)
        yield replace(seat, id="-".join(parts))
