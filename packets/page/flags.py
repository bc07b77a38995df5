"""Part 2: flags with both sides' notes, patterns, and risks that one person noted."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from packets.content.flags import is_open
from packets.page.labels import (
    Document,
    Person,
    Where,
    Words,
    by_time,
    count,
    joined,
    moment,
    notes_by_card,
)
from scorecard.readable import ReadableNote, clock

OUTCOMES = {
    "upheld": "Upheld",
    "mitigated": "Mitigated",
    "not_supported": "Not supported",
    "needs_interview": "Needs another interview",
}


@dataclass(frozen=True)
class Side:
    """What one card says for or against a flag."""

    where: Where
    says: str  # its rating, or that it has none
    recommends: str
    severity: str
    notes: list[ReadableNote]
    explanation: str = ""
    raised: bool = False


@dataclass(frozen=True)
class Setting:
    """The interviewer's own words before what was flagged: they stand beside the flag."""

    person: Person
    note: ReadableNote


@dataclass(frozen=True)
class Found:
    """What a named person found of a flag; `other_words`: of what was raised differently then."""

    outcome: str
    reason: str
    person: Person
    at: datetime | None
    evidence: list[ReadableNote]
    version: int
    other_words: bool = False


@dataclass(frozen=True)
class Flag:
    signal: str
    anchor: str
    title: str
    dimension: str
    evidence: str  # the anchor of the dimension's notes
    severity: str
    disqualifying: bool
    first_seen: str
    is_open: bool
    resolution: Found | None
    former: list[Found]
    raised: list[Side]
    corroborated: list[Person]
    contradicted: list[Person]
    untested: list[Person]
    both: list[Person]
    contested: bool
    settings: list[Setting]
    supporting: list[Side]
    opposing: list[Side]
    supporting_size: str
    opposing_size: str


@dataclass(frozen=True)
class Pattern:
    anchor: str
    title: str
    dimension: str
    seen_by: list[Person]
    flagged_by: list[Person]
    rounds: str
    one_room: bool
    flag: str  # the anchor of the flag of the same risk, if one was raised
    sides: list[tuple[Where, list[ReadableNote]]]


@dataclass(frozen=True)
class Noted:
    """A risk that one person noted and nobody flagged."""

    title: str
    person: Person
    notes: list[ReadableNote]


def flags(document: Document, words: Words) -> list[Flag]:
    """In the packet's order: disqualifying first."""
    return [_flag(flag, words) for flag in document["flags"]]


def _flag(flag: dict[str, Any], words: Words) -> Flag:
    raised = [_raised(each, words) for each in flag["raised"]]
    cards = {(each["interview"], each["by"]) for each in flag["raised"]}
    others = [
        side for side in flag["corroboration"] if (side["interview"], side["by"]) not in cards
    ]
    supporting = raised + [_bearing(each, words) for each in others]
    opposing = [_bearing(each, words) for each in flag["contradiction"]]
    seen = [note["at_seconds"] for note in flag["raised"][0]["notes"]]
    return Flag(
        signal=flag["signal"],
        anchor=f"flag-{flag['signal']}",
        title=words.title("signals", flag["signal"]),
        dimension=words.title("dimensions", flag["dimension"]),
        evidence=f"ev-{flag['dimension']}",
        severity=words.title("severities", flag["severity"]),
        disqualifying=flag["disqualifying"],
        first_seen=clock(min(seen)) if seen else "",
        is_open=is_open(flag),
        resolution=_found(flag["resolution"], words) if flag["resolution"] else None,
        former=[_found(each, words) for each in reversed(flag.get("former", []))],
        raised=raised,
        corroborated=words.people(flag["corroborated_by"]),
        contradicted=words.people(flag["contradicted_by"]),
        untested=words.people(flag["untested_by"]),
        both=words.people(flag["both"]),
        contested=flag["contested"],
        settings=[
            Setting(words.person(each["by"]), words.note(note))
            for each in flag["raised"]
            for note in each["setting"]
        ],
        supporting=supporting,
        opposing=opposing,
        supporting_size=_size(supporting),
        opposing_size=_size(opposing),
    )


def _found(resolution: dict[str, Any], words: Words) -> Found:
    return Found(
        outcome=OUTCOMES[resolution["outcome"]],
        reason=resolution["reason"],
        person=words.person(resolution["by"]),
        at=moment(resolution["at"]),
        evidence=words.notes(resolution["evidence"]),
        version=resolution["version"],
        other_words=not resolution.get("same", True),
    )


def _raised(raised: dict[str, Any], words: Words) -> Side:
    return Side(
        where=words.where(raised),
        says=_rated(raised["rating"]) or "Did not rate it with evidence",
        recommends=words.title("recommendations", raised["recommendation"]),
        severity=words.title("severities", raised["severity"]),
        notes=words.notes(by_time(raised["notes"], raised["asked"])),
        explanation=raised["explanation"],
        raised=True,
    )


def _bearing(side: dict[str, Any], words: Words) -> Side:
    """A side that raised nothing itself: its rating, and what its notes were tagged with."""
    tags = dict.fromkeys(note["signal"] for note in side["notes"] if note["signal"])
    noted = joined(words.titled("signals", tags))
    rated = _rated(side["rating"]) or "Did not rate it so"
    says = f"{rated}; noted {noted}" if noted and side["tagged"] else rated
    return Side(words.where(side), says, "", "", words.notes(side["notes"]))


def _rated(rating: int | None) -> str:
    return f"Rated {rating}" if rating else ""


def _size(sides: list[Side]) -> str:
    people = len({side.where.person for side in sides})
    notes = sum(not note.was_asked for side in sides for note in side.notes)
    return f"{count(people, 'person', 'people')}, {count(notes, 'note')}"


def patterns(document: Document, words: Words) -> list[Pattern]:
    flagged = {flag["signal"] for flag in document["flags"]}
    return [
        Pattern(
            anchor=f"pattern-{each['signal']}",
            title=words.title("signals", each["signal"]),
            dimension=words.title("dimensions", each["dimension"]),
            seen_by=words.people(each["seen_by"]),
            flagged_by=words.people(each["flagged_by"]),
            rounds=count(each["rooms"], "round"),
            one_room=each["rooms"] == 1,
            flag=f"flag-{each['signal']}" if each["signal"] in flagged else "",
            sides=notes_by_card(each["notes"], words),
        )
        for each in document["patterns"]
    ]


def noted_once(document: Document, words: Words) -> list[Noted]:
    return [
        Noted(
            words.title("signals", each["signal"]),
            words.person(each["by"]),
            words.notes(each["notes"]),
        )
        for each in document["noted_once"]
    ]
