"""loop.json: one candidate's loop a file, in the format that knows everything."""

import re
from dataclasses import replace
from typing import Any

from ats.formats.documents import (
    CandidateDocument,
    CardDocument,
    InterviewDocument,
    LoopDocument,
    OpeningDocument,
    SeatDocument,
    SubmissionDocument,
)
from ats.formats.faults import Log, Place, printable
from ats.formats.json_reader import Node, kind_of
from ats.formats.loop_json_cards import read_card
from ats.formats.loop_json_revisions import read_revisions
from ats.formats.panel import check_people, with_roles
from ats.formats.vocabulary import Vocabulary

FORMAT = "interview-loop"
VERSION = 1
STATUSES = ("complete", "awaiting_scorecard")
LATER_SEAT = re.compile(r"(?P<interview>.+?)(?P<shadow>-shadow)?(?:-(?P<number>[2-9]|\d\d))?")


def read_loop(value: Any, file: str, source: str, words: Vocabulary, log: Log) -> LoopDocument:
    """The loop in a file's JSON value. Worthless when the log has faults."""
    root = Node(value, Place(file), log, words)
    _check_format(root)
    opening = _opening(root.node("opening"))
    candidate = _candidate(root.node("candidate"))
    entries = list(root.nodes("interviews", required=True))
    if root.value.get("interviews") == []:
        root.fault("interviews", "is empty: a loop has at least one interview")
    read = [_interview(entry) for entry in entries]
    root.finish()
    loop = LoopDocument("neutral", source, opening, candidate, _together(read, log))
    check_people(loop, log)
    return loop


def _check_format(root: Node) -> None:
    version = root.take("version")
    is_loop = root.choice("format", (FORMAT,), required=True)
    if is_loop and (type(version) is not int or version != VERSION):
        shown = printable(str(version)) if version is not None else "nothing"
        root.fault("version", f"must be the number {VERSION}, not {shown}")


def _opening(node: Node) -> OpeningDocument:
    rounds = []
    for index, each in enumerate(node.items("rounds", required=True)):
        place = node.place / "rounds" / index
        if not isinstance(each, str):
            node.log.fault(place, f"must be text, not {kind_of(each)}")
        elif not node.words.knows("round", each):
            node.log.fault(place, f"{printable(each)} {node.words.unknown('round', each)}")
        else:
            rounds.append(each)
    opening = OpeningDocument(
        id=node.name("id"),
        title=node.name("title"),
        level=node.known("level", "level", required=True),
        rounds=tuple(dict.fromkeys(rounds)),
        has_plan=True,
        place=node.place / "id",
    )
    node.finish()
    return opening


def _candidate(node: Node) -> CandidateDocument:
    candidate = CandidateDocument(
        id=node.name("id"),
        name=node.name("name"),
        email=node.email("email"),
        current_title=node.name("current_title", required=False),
        current_company=node.name("current_company", required=False),
        place=node.place / "id",
    )
    node.finish()
    return candidate


def _interview(node: Node) -> InterviewDocument:
    """One entry of the list: an interview with the one seat that it describes."""
    id = node.name("id")
    round = node.known("round", "round", required=True)
    starts_at = node.time("starts_at", required=True)
    ends_at = node.time_after("ends_at", starts_at, node.value.get("starts_at"))
    seat = _seat(node, id, round)
    node.finish()
    return InterviewDocument(id, round, (seat,), node.place, starts_at, ends_at)


def _seat(node: Node, id: str, round: str) -> SeatDocument:
    interviewer = node.node("interviewer")
    is_shadow = interviewer.choice("role", ("interviewer", "shadow")) == "shadow"
    person, submission = interviewer.as_person(), _submission(node, round)
    return SeatDocument(id, "shadow" if is_shadow else "lead", person, node.place, submission)


def _submission(node: Node, round: str) -> SubmissionDocument | None:
    status = node.choice("status", STATUSES, required=True)
    card = read_card(node, round)
    complete = status == "complete"
    updated_at = node.time("updated_at")
    submitted_at = node.time("submitted_at", required=complete and not updated_at) or updated_at
    entered_by = node.node("submitted_by").as_person() if node.has("submitted_by") else None
    first, revisions = read_revisions(node, round, card, submitted_at)
    if not complete:
        if card != CardDocument():
            node.log.leave_out(f"{node.place.pointer}: the notes of a scorecard not handed in yet")
        return None
    if not submitted_at:
        return None
    return SubmissionDocument(
        card=first,
        submitted_at=submitted_at,
        updated_at=max([updated_at or submitted_at, submitted_at, *(r.at for r in revisions)]),
        entered_by=entered_by,
        revisions=revisions,
    )


def _together(read: list[InterviewDocument], log: Log) -> tuple[InterviewDocument, ...]:
    """Put people who sat in one interview into it: a shadow has an entry of their own."""
    first: dict[str, InterviewDocument] = {}
    for each in read:
        if each.id and each.id in first:
            log.fault(each.place / "id", f"is the id of {first[each.id].place.pointer} already")
        first.setdefault(each.id, each)
    groups: dict[str, list[InterviewDocument]] = {}
    for each in first.values():
        groups.setdefault(_interview_id(each, first), []).append(each)
    return tuple(_one_interview(id, group, log) for id, group in groups.items())


def _interview_id(each: InterviewDocument, known: dict[str, InterviewDocument]) -> str:
    """The id of the interview that an entry belongs to, which may be another entry's."""
    match = LATER_SEAT.fullmatch(each.id)
    base = match["interview"] if match else each.id
    if base == each.id:
        return base
    if each.seats[0].role == "shadow" and match and match["shadow"]:
        return base
    same = known.get(base)
    when = (each.round, each.starts_at)
    return base if same and when == (same.round, same.starts_at) else each.id


def _one_interview(id: str, group: list[InterviewDocument], log: Log) -> InterviewDocument:
    main = next((each for each in group if each.id == id), group[0])
    for each in group:
        if each.round != main.round and each.round and main.round:
            log.fault(each.place / "round", f"differs from that of interview {id}: {main.round}")
        elif (each.starts_at, each.ends_at) != (main.starts_at, main.ends_at):
            log.check(each.place, f"other times than interview {id}; those of {id} are taken")
    seats = [seat for each in [main, *(e for e in group if e is not main)] for seat in each.seats]
    return replace(main, id=id, seats=tuple(with_roles(seats)))
