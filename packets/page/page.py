"""The packet's page as one object, in the order in which a careful committee reads."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from packets.content.flags import is_open_stop
from packets.page import cards, consistency, evidence, flags, numbers
from packets.page.cards import Card, HandedIn, LateEdit, Question
from packets.page.consistency import Bar, Coverage, Heat, Row, Spot
from packets.page.evidence import DimensionEvidence, Order
from packets.page.flags import Flag, Noted, Pattern
from packets.page.labels import Document, Words, count, moment
from packets.page.lens import Group, Lens, lens
from packets.page.numbers import Interviewer, Numbers, TieBreaker

# header: what the box says in large, what it means, and whether it asks for something first
HEADERS = {
    "WAITING": (
        "Not everything is in",
        "Read this as unfinished. A new version is built when the rest is handed in.",
        True,
    ),
    "RESOLVE_FIRST": (
        "",  # counted: how many flags are open
        "No decision can be recorded until a named person resolves it with a reason."
        " Upheld does not mean rejected.",
        True,
    ),
    "READ_NEGATIVES_FIRST": (
        "Read the risks first",
        "Read what stands against the candidate, and what stands against that, before any number.",
        True,
    ),
    "DISCUSS_SPLIT": (
        "The panel is split",
        "Read both sides' notes before either side speaks.",
        True,
    ),
    "CONSISTENT": (
        "The panel reads the same way",
        "No rule asks for anything to be read first. The evidence is still what is read.",
        False,
    ),
    "BORDERLINE": ("Close to the bar", "One must of the level is too close to call.", True),
    "READ_IN_ORDER": (
        "Read in order",
        "No rule asks for anything to be read first.",
        False,
    ),
}
RULES = {
    "INCOMPLETE": "Incomplete",
    "STOP_SIGNAL": "Stop signal",
    "CORROBORATED": "Corroborated",
    "LOAD": "Load",
    "CONTESTED": "Contested",
    "STRONG_NEGATIVE": "Strong negative",
    "SPLIT": "Split",
    "CONSISTENT": "Consistent",
    "BORDERLINE": "Borderline",
    "COVERAGE": "Coverage",
    "TIE_BREAK": "Tie-break",
    "SEVERITY": "Severity",
    "AGGREGATES_LAST": "Numbers last",
}


@dataclass(frozen=True)
class Rule:
    name: str
    condition: str
    because: str


@dataclass(frozen=True)
class Verdict:
    """The one header the packet opens under; `asks` when something is to be done first."""

    header: str
    title: str
    says: str
    asks: bool
    fired: list[Rule]
    silent: list[Rule]


@dataclass(frozen=True)
class Place:
    """A line of the contents list."""

    anchor: str
    title: str
    count: str


@dataclass(frozen=True)
class Head:
    name: str
    background: str
    opening: str
    opening_id: str
    level: str
    version: int
    digest: str
    built_at: datetime | None
    superseded: bool
    rubric: int
    seats: list[HandedIn]
    wanted: int
    handed_in: int
    missing: list[HandedIn]
    late: list[HandedIn]
    shadows: list[HandedIn]
    apart: list[HandedIn]

    @property
    def short_digest(self) -> str:
        kind, _, hex = self.digest.rpartition(":")
        return f"{kind}:{hex[:4]}…{hex[-4:]}"


@dataclass(frozen=True)
class PacketPage:
    head: Head
    verdict: Verdict
    flags: list[Flag]
    patterns: list[Pattern]
    noted_once: list[Noted]
    heat: Heat
    spots: list[Spot]
    late_edits: list[LateEdit]
    coverage: Coverage
    bar: Bar
    evidence: list[DimensionEvidence]
    order: Order
    numbers: Numbers
    interviewers: list[Interviewer]
    tie_breaker: TieBreaker | None
    questions: list[Question]
    cards: list[Card]
    places: list[Place]
    lens: Lens

    @property
    def heat_groups(self) -> list[Group[Row]]:
        return self.lens.group(self.heat.rows)

    @property
    def evidence_groups(self) -> list[Group[DimensionEvidence]]:
        return self.lens.group(self.evidence)


def packet_page(document: Document, lens_id: str = "") -> PacketPage:
    """`document` is Packet.document, as docs/packet.md lists its keys."""
    words = Words(document)
    parts: dict[str, Any] = {
        "head": _head(document, words),
        "verdict": verdict(document),
        "flags": flags.flags(document, words),
        "patterns": flags.patterns(document, words),
        "noted_once": flags.noted_once(document, words),
        "heat": consistency.heat(document, words),
        "spots": consistency.spots(document, words),
        "late_edits": cards.late_edits(document, words),
        "coverage": consistency.coverage(document, words),
        "bar": consistency.bar(document, words),
        "evidence": evidence.evidence(document, words),
        "order": evidence.order(document, words),
        "numbers": numbers.numbers(document, words),
        "interviewers": numbers.interviewers(document, words),
        "tie_breaker": numbers.tie_breaker(document, words),
        "questions": cards.questions(document, words),
        "cards": cards.cards(document, words),
    }
    return PacketPage(**parts, places=_places(parts), lens=lens(document, lens_id))


def _head(document: Document, words: Words) -> Head:
    packet, candidate, opening = document["packet"], document["candidate"], document["opening"]
    seats = cards.handed_in(document, words)
    counted = [seat for seat in seats if seat.status == "counted"]
    missing = [seat for seat in seats if seat.status == "missing"]
    background = (candidate["current_title"], candidate["current_company"])
    return Head(
        name=candidate["name"],
        background=", ".join(filter(None, background)),
        opening=opening["title"],
        opening_id=opening["id"],
        level=words.title("levels", opening["level"]),
        version=packet["version"],
        digest=packet["digest"],
        built_at=moment(packet["built_at"]),
        superseded=packet["superseded"],
        rubric=document["rubric"]["version"],
        seats=seats,
        wanted=len(counted) + len(missing),
        handed_in=len(counted),
        missing=missing,
        late=[seat for seat in counted if seat.late],
        shadows=[seat for seat in seats if seat.status == "shadow"],
        apart=[seat for seat in seats if seat.status == "apart"],
    )


def verdict(document: Document) -> Verdict:
    """What the packet opens under."""
    found = document["reading_order"]
    header = found["header"]
    title, says, asks = HEADERS.get(header, (header, found["because"], True))
    rules = [(rule["fired"], _rule(rule)) for rule in found["rules"]]
    return Verdict(
        header=header,
        title=title or _open_flags(document),
        says=says,
        asks=asks,
        fired=[rule for fired, rule in rules if fired],
        silent=[rule for fired, rule in rules if not fired],
    )


def _rule(rule: dict[str, Any]) -> Rule:
    name = RULES.get(rule["rule"], rule["rule"])
    return Rule(name, rule["condition"], rule["because"])


def _open_flags(document: Document) -> str:
    stops = [flag for flag in document["flags"] if is_open_stop(flag)]
    if len(stops) == 1:
        return "One disqualifying flag is open"
    return f"{len(stops)} disqualifying flags are open"


def _places(parts: dict[str, Any]) -> list[Place]:
    """The contents list with its counts: what is open, apart, missing or thin."""
    unresolved = [flag for flag in parts["flags"] if flag.is_open]
    gaps = [*parts["coverage"].not_covered, *parts["coverage"].thin]
    below = [row for reading, _, rows in parts["bar"].groups if reading == "below" for row in rows]
    return [
        Place("flags", "Flags and patterns", _count(unresolved, "open")),
        Place("consistency", "Consistency", _count(parts["spots"], "split")),
        Place("coverage", "Coverage", _count(gaps, "gap")),
        Place("bar", f"{parts['bar'].level} bar", _count(below, "below")),
        Place("evidence", "Evidence", ""),
        Place("order", "Order of thinking", ""),
        Place("numbers", "Numbers", ""),
        Place("people", "Interviewers", str(len(parts["interviewers"]))),
        Place("tie-breaker", "Tie-breaker", ""),
        Place("questions", "Questions", str(len(parts["questions"]))),
        Place("cards", "Scorecards", str(len(parts["cards"]))),
    ]


def _count(rows: Sequence[Any], word: str) -> str:
    if not rows:
        return ""
    return count(len(rows), word) if word in ("gap", "split") else f"{len(rows)} {word}"
