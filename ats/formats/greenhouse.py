"""The five files of a Greenhouse export (Harvest v1 lists) as loops."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from ats.formats.documents import CandidateDocument, LoopDocument, OpeningDocument
from ats.formats.faults import Log, printable
from ats.formats.greenhouse_lists import APPLICATIONS, CANDIDATES, FILES, JOBS, Lists, id_of
from ats.formats.greenhouse_schedule import Schedule
from ats.formats.json_reader import SHORT_TEXT, Node
from ats.formats.panel import check_people
from ats.formats.vocabulary import Vocabulary

__all__ = ["FILES", "read_export"]


def read_export(
    values: Mapping[str, Any], shown: Mapping[str, str], source: str, words: Vocabulary, log: Log
) -> list[LoopDocument]:
    """The loops of an export, one for each application with an interview of the rubric's rounds.

    `values` and `shown` map each name of FILES to its JSON value and to its name in messages.
    The result is worthless when the log has faults.
    """
    lists = Lists(values, shown, words, log)
    schedule = Schedule(lists)
    subjects = _Subjects(lists)
    loops = []
    for id, interviews in schedule.by_application.items():
        application = lists.get(APPLICATIONS, id)
        if application and (pair := subjects.of(application)):
            loops.append(LoopDocument("greenhouse", source, *pair, tuple(interviews)))
    subjects.check_addresses()
    for loop in loops:
        check_people(loop, log)
    lists.name_unread()
    return [_with_rounds_met(loop, loops, words) for loop in loops]


class _Subjects:
    """The opening and the candidate of each application; each of them is read once."""

    def __init__(self, lists: Lists) -> None:
        self.lists, self.log = lists, lists.log
        self._openings: dict[str, OpeningDocument] = {}
        self._candidates: dict[str, CandidateDocument] = {}

    def of(self, application: Node) -> tuple[OpeningDocument, CandidateDocument] | None:
        candidate = self.lists.referred(application, "candidate_id", CANDIDATES)
        job = self._job_of(application)
        self.lists.finish(APPLICATIONS, application)
        return (self._opening(job), self._candidate(candidate)) if job and candidate else None

    def _job_of(self, application: Node) -> Node | None:
        jobs = list(application.nodes("jobs", required=True))
        if not jobs:
            application.fault("jobs", "names no job")
            return None
        if len(jobs) > 1:
            self.log.check(application.place / "jobs", "names several jobs; the first is taken")
        return self.lists.referred(jobs[0], "id", JOBS)

    def _opening(self, node: Node) -> OpeningDocument:
        id = id_of(node)
        if id not in self._openings:
            title, level = node.name("name"), _level(node)
            opening = OpeningDocument(id, title, level, (), has_plan=False, place=node.place / "id")
            self._openings[id] = opening
            self.lists.finish(JOBS, node)
        return self._openings[id]

    def _candidate(self, node: Node) -> CandidateDocument:
        id = id_of(node)
        if id not in self._candidates:
            name = f"{node.name('first_name')} {node.name('last_name', required=False)}".strip()
            if len(name) > SHORT_TEXT:
                node.fault("last_name", f"is too long: the name has {len(name)} characters")
            email, *others = _addresses(node)
            self._candidates[id] = CandidateDocument(
                id=id,
                name=name,
                email=email,
                place=node.place / "id",
                current_title=node.name("title", required=False),
                current_company=node.name("company", required=False),
                other_emails=tuple(others),
            )
            self.lists.finish(CANDIDATES, node)
        return self._candidates[id]

    def check_addresses(self) -> None:
        """One address stands for one candidate."""
        owners: dict[str, CandidateDocument] = {}
        for candidate in self._candidates.values():
            owner = owners.setdefault(candidate.email, candidate)
            if candidate.email and owner is not candidate:
                what = f"has the e-mail address of candidate {owner.id}: merge the two in the ATS"
                self.log.fault(candidate.place, f"{candidate.id} {what}")


def _addresses(node: Node) -> list[str]:
    """A candidate's addresses, a personal one first; one empty text where there is none."""
    found = []
    for each in node.nodes("email_addresses"):
        address = each.email("value")
        found.append((each.text("type") != "personal", address))
        each.finish()
    if not found:
        node.fault("email_addresses", "is empty: a candidate needs an e-mail address")
    found.sort(key=lambda one: one[0])
    return list(dict.fromkeys(address for _, address in found)) or [""]


def _level(node: Node) -> str:
    """The level out of the custom field of that name, however it is keyed."""
    level, where = None, "keyed_custom_fields"
    keyed, plain = node.take("keyed_custom_fields"), node.take("custom_fields")
    for key, field in (keyed if isinstance(keyed, dict) else {}).items():
        named = field.get("name") if isinstance(field, dict) else None
        if isinstance(named, str) and named.strip().casefold() == "level":
            level, where = field.get("value"), f"keyed_custom_fields/{key}/value"
    for key, value in (plain if isinstance(plain, dict) else {}).items():
        if level is None and key.casefold() == "level":
            level, where = value, f"custom_fields/{key}"
    if not isinstance(level, str):
        node.fault("keyed_custom_fields", "has no text under the custom field Level")
        return ""
    word = level.strip().casefold()
    if not node.words.knows("level", word):
        place = node.place
        for step in where.split("/"):
            place = place / step
        node.log.fault(place, f"{printable(level)} {node.words.unknown('level', word)}")
    return word


def _with_rounds_met(
    loop: LoopDocument, loops: Sequence[LoopDocument], words: Vocabulary
) -> LoopDocument:
    """Greenhouse knows no plan: the rounds that any candidate for the opening had stand for it."""
    same = [each for each in loops if each.opening.id == loop.opening.id]
    met = {interview.round for each in same for interview in each.interviews}
    rounds = tuple(round for round in words.rubric.rounds if round in met)
    return replace(loop, opening=replace(loop.opening, rounds=rounds))
