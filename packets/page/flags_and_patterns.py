"""Part 2: flags with both sides' notes, patterns, and risks that one person noted."""

from dataclasses import dataclass
from datetime import datetime

from packets.content import card_sections as stored
from packets.content.document import PacketContent
from packets.content.flags import is_open
from packets.page.labels import CardLabel, Labels, Person, by_time, moment
from packets.page.wording import count, in_words, joined
from scorecard.readable import ReadableNote, clock

OUTCOMES = {"needs_interview": "Needs another interview"}  # others as they are called

NotedOnce = tuple[str, Person, list[ReadableNote]]  # a risk's title, who saw it, what they noted


@dataclass(frozen=True)
class ShownSide:
    """What one card says for or against a flag."""

    where: CardLabel
    says: str  # its rating, or that it has none
    notes: list[ReadableNote]
    raised: bool = False
    recommends: str = ""
    severity: str = ""
    explanation: str = ""


@dataclass(frozen=True)
class ShownResolution:
    """What a named person found of a flag; `other_words`: of what was raised differently then."""

    outcome: str
    reason: str
    person: Person
    at: datetime | None
    evidence: list[ReadableNote]
    version: int
    other_words: bool


@dataclass(frozen=True)
class ShownFlag:
    signal: str
    anchor: str
    title: str
    dimension: str
    evidence: str  # the anchor of the dimension's notes
    severity: str
    disqualifying: bool
    first_seen: str
    is_open: bool
    resolution: ShownResolution | None
    former: list[ShownResolution]
    raised: list[ShownSide]
    corroborated: list[Person]
    contradicted: list[Person]
    untested: list[Person]
    both: list[Person]
    settings: list[tuple[Person, ReadableNote]]  # the interviewer's own words before the notes
    supporting: list[ShownSide]
    opposing: list[ShownSide]
    supporting_size: str
    opposing_size: str


@dataclass(frozen=True)
class ShownPattern:
    anchor: str
    title: str
    seen_by: list[Person]
    flagged_by: list[Person]
    rounds: str
    one_room: bool
    flag: str  # the anchor of the flag of the same risk, if one was raised
    sides: list[tuple[CardLabel, list[ReadableNote]]]


def flags(content: PacketContent, labels: Labels) -> list[ShownFlag]:
    """In the packet's order: disqualifying first."""
    return [_flag(flag, labels) for flag in content["flags"]]


def _flag(flag: stored.FlagSection, labels: Labels) -> ShownFlag:
    raised = [_raised(each, labels) for each in flag["raised"]]
    supporting = raised + _others(flag, labels)
    opposing = [_bearing(each, labels) for each in flag["contradiction"]]
    seen = [note["at_seconds"] for note in flag["raised"][0]["notes"]]
    return ShownFlag(
        signal=flag["signal"],
        anchor=f"flag-{flag['signal']}",
        title=labels.title("signals", flag["signal"]),
        dimension=labels.title("dimensions", flag["dimension"]),
        evidence=f"ev-{flag['dimension']}",
        severity=labels.title("severities", flag["severity"]),
        disqualifying=flag["disqualifying"],
        first_seen=clock(min(seen)) if seen else "",
        is_open=is_open(flag),
        resolution=_resolution(flag["resolution"], labels) if flag["resolution"] else None,
        former=[_resolution(each, labels) for each in reversed(flag.get("former", []))],
        raised=raised,
        corroborated=labels.people(flag["corroborated_by"]),
        contradicted=labels.people(flag["contradicted_by"]),
        untested=labels.people(flag["untested_by"]),
        both=labels.people(flag["both"]),
        settings=_settings(flag, labels),
        supporting=supporting,
        opposing=opposing,
        supporting_size=_size(supporting),
        opposing_size=_size(opposing),
    )


def _others(flag: stored.FlagSection, labels: Labels) -> list[ShownSide]:
    """Cards that bear the flag out and did not raise it."""
    raisers = {labels.ref(each) for each in flag["raised"]}
    others = [side for side in flag["corroboration"] if labels.ref(side) not in raisers]
    return [_bearing(side, labels) for side in others]


def _settings(flag: stored.FlagSection, labels: Labels) -> list[tuple[Person, ReadableNote]]:
    notes = [note for each in flag["raised"] for note in each["setting"]]
    return [(labels.person(note["by"]), labels.note(note)) for note in notes]


def _resolution(found: stored.ResolutionEntry, labels: Labels) -> ShownResolution:
    return ShownResolution(
        outcome=OUTCOMES.get(found["outcome"]) or in_words(found["outcome"]),
        reason=found["reason"],
        person=labels.person(found["by"]),
        at=moment(found["at"]),
        evidence=labels.notes(found["evidence"]),
        version=found["version"],
        other_words=not found.get("same", True),
    )


def _raised(raised: stored.RaisedFlag, labels: Labels) -> ShownSide:
    return ShownSide(
        where=labels.where(raised),
        says=_rated(raised["rating"]) or "Did not rate it with evidence",
        notes=labels.notes(by_time(raised["notes"], raised["asked"])),
        raised=True,
        recommends=labels.title("recommendations", raised["recommendation"]),
        severity=labels.title("severities", raised["severity"]),
        explanation=raised["explanation"],
    )


def _bearing(side: stored.FlagSide, labels: Labels) -> ShownSide:
    """A side that raised nothing itself: its rating, and what its notes were tagged with."""
    tags = dict.fromkeys(note["signal"] for note in side["notes"] if note["signal"])
    noted = joined(labels.titled("signals", tags))
    rated = _rated(side["rating"]) or "Did not rate it so"
    says = f"{rated}; noted {noted}" if noted and side["tagged"] else rated
    return ShownSide(labels.where(side), says, labels.notes(side["notes"]))


def _rated(rating: int | None) -> str:
    return f"Rated {rating}" if rating else ""


def _size(sides: list[ShownSide]) -> str:
    people = len({side.where.person for side in sides})
    notes = sum(not note.was_asked for side in sides for note in side.notes)
    return f"{count(people, 'person', 'people')}, {count(notes, 'note')}"


def patterns(content: PacketContent, labels: Labels) -> list[ShownPattern]:
    flagged = {flag["signal"] for flag in content["flags"]}
    return [
        ShownPattern(
            anchor=f"pattern-{each['signal']}",
            title=labels.title("signals", each["signal"]),
            seen_by=labels.people(each["seen_by"]),
            flagged_by=labels.people(each["flagged_by"]),
            rounds=count(each["rooms"], "round"),
            one_room=each["rooms"] == 1,
            flag=f"flag-{each['signal']}" if each["signal"] in flagged else "",
            sides=labels.by_card(each["notes"]),
        )
        for each in content["patterns"]
    ]


def noted_once(content: PacketContent, labels: Labels) -> list[NotedOnce]:
    """Risks that one person noted and nobody flagged."""
    return [
        (
            labels.title("signals", each["signal"]),
            labels.person(each["by"]),
            labels.notes(each["notes"]),
        )
        for each in content["noted_once"]
    ]
