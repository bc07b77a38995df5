"""Parts 1, 11 and 12: who handed in what, questions, and the scorecards whole."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from packets import charts
from packets.content.anchors import question_anchor
from packets.page.labels import Document, Person, Where, Words, count, day, hours, joined, moment
from scorecard.readable import ReadableNote, clock

STATUS = {
    "counted": "In",
    "missing": "Missing",
    "shadow": "Shadow, counts for nothing",
    "apart": "Apart, counts for nothing",
}
FIELDS = {
    "recommendation": "Recommendation",
    "correctness": "Outcome",
    "summary": "Summary",
    "follow_up": "To follow up",
}
SIDES = ("before", "after")
PARTS = {1: "top", 2: "flags", 3: "consistency", 4: "coverage", 5: "bar"}


@dataclass(frozen=True)
class HandedIn:
    """One seat's scorecard: in, late, missing, or shown apart."""

    where: Where
    status: str
    says: str
    starts_at: datetime | None
    day: date | None
    submitted_at: datetime | None
    after: str
    late: bool
    cancelled: bool
    amendments: str
    entered_by: Person | None


@dataclass(frozen=True)
class Question:
    text: str
    ask: list[Person]
    part: str  # the anchor of the part it arises from
    anchor: str
    name: str  # by which people speak of it (packet/anchors.py)


@dataclass(frozen=True)
class CardRating:
    anchor: str
    title: str
    value: int | None
    reason: str
    rationale: str
    notes: list[tuple[str, str]]  # ref and clock of each cited note


@dataclass(frozen=True)
class CardFlag:
    title: str
    severity: str
    explanation: str
    notes: list[tuple[str, str]]


@dataclass(frozen=True)
class Change:
    """One field before and after; an empty side means that there was, or is, nothing."""

    field: str
    before: str
    after: str


@dataclass(frozen=True)
class Amendment:
    version: int
    at: datetime | None
    by: Person
    reason: str
    seen: str  # how many others' cards were open to the author by then
    late: bool
    imported: bool
    changes: list[Change]
    chart: str  # SVG of the ratings it changed; empty where it changed none


@dataclass(frozen=True)
class Card:
    where: Where
    kind: str  # counted, shadow, apart
    recommendation: str
    correctness: str
    summary: str
    follow_up: str
    ratings: list[CardRating]
    flags: list[CardFlag]
    notes: list[ReadableNote]
    answers: list[tuple[str, str]]
    amendments: list[Amendment]
    size: str


@dataclass(frozen=True)
class LateEdit:
    """An amendment after the first packet, with what the packet read before and reads now."""

    where: Where
    amendment: Amendment
    header_before: str
    header_after: str
    readings: list[tuple[str, str, str]]  # dimension, before, after
    flags: list[tuple[str, str]]  # flag, what became of it


def handed_in(document: Document, words: Words) -> list[HandedIn]:
    return [_handed_in(each, words) for each in document["scorecards"]]


def _handed_in(each: dict[str, Any], words: Words) -> HandedIn:
    by = each["entered_by"]
    return HandedIn(
        where=words.where(each),
        status=each["status"],
        says=STATUS[each["status"]],
        starts_at=moment(each["starts_at"]),
        day=day(each["day"]),
        submitted_at=moment(each["submitted_at"]),
        after=hours(each["hours_after"]),
        late=each["late"],
        cancelled=each["cancelled"],
        amendments=count(each["amendments"], "amendment") if each["amended"] else "",
        entered_by=words.person(by) if by else None,
    )


def questions(document: Document, words: Words) -> list[Question]:
    return [
        Question(
            text=each["text"],
            ask=words.people(each["ask"]),
            part=PARTS.get(each.get("part"), ""),
            anchor=f"q-{number}",
            name=question_anchor(each),
        )
        for number, each in enumerate(document["questions"], start=1)
    ]


def cards(document: Document, words: Words) -> list[Card]:
    """Counted cards, then shadows' and those apart, which count for nothing."""
    shelves = (("counted", "cards"), ("shadow", "shadows"), ("apart", "apart"))
    return [_card(card, kind, words) for kind, key in shelves for card in document[key]]


def _card(card: dict[str, Any], kind: str, words: Words) -> Card:
    clocks = {note["ref"]: clock(note["at_seconds"]) for note in card["notes"]}
    where = words.where(card)

    def cited(row: dict[str, Any]) -> list[tuple[str, str]]:
        return [(ref, clocks.get(ref, "")) for ref in row["notes"]]

    return Card(
        where=where,
        kind=kind,
        recommendation=words.title("recommendations", card["recommendation"]),
        correctness=words.title("correctness", card["correctness"]),
        summary=card["summary"],
        follow_up=card["follow_up"],
        ratings=[
            CardRating(
                anchor=f"r-{where.ref}-{each['dimension']}",
                title=words.title("dimensions", each["dimension"]),
                value=each["rating"],
                reason=each["reason"],
                rationale=each["rationale"],
                notes=cited(each),
            )
            for each in card["ratings"]
        ],
        flags=[
            CardFlag(
                words.title("signals", each["signal"]),
                words.title("severities", each["severity"]),
                each["explanation"],
                cited(each),
            )
            for each in card["flags"]
        ],
        notes=words.notes(card["notes"]),
        answers=[(_about(each["where"], words), each["reason"]) for each in card["answers"]],
        amendments=[
            _amendment(each, f"Version {each['version']} of card {where.ref}", words)
            for each in card["amendments"]
        ],
        size=", ".join(
            [count(len(card["notes"]), "note"), count(len(card["ratings"]), "rating")]
            + ([count(len(card["flags"]), "flag")] if card["flags"] else [])
        ),
    )


def _about(where: str, words: Words) -> str:
    """What an answer to a check is about, where it names a dimension or a flag."""
    kind, _, id = where.partition("-")
    if kind == "dimension":
        return words.title("dimensions", id)
    return words.title("signals", id) if kind == "flag" else "The scorecard"


def _amendment(each: dict[str, Any], title: str, words: Words) -> Amendment:
    """`title` tells its chart apart from every other on the page."""
    seen = each["seen_others"]
    return Amendment(
        version=each["version"],
        at=moment(each["at"]),
        by=words.person(each["by"]),
        reason=each["reason"],
        seen=f"after {count(seen, 'other scorecard')} could be read" if seen else "",
        late=each["late"],
        imported=each["origin"] == "import",
        changes=[_change(change, words) for change in each["changes"]],
        chart=_chart(each, title, words),
    )


def _change(change: dict[str, Any], words: Words) -> Change:
    kind, _, id = change["field"].partition("/")
    shelf = {"rating": "dimensions", "flag": "signals"}.get(kind)
    if shelf:
        field = ("Flag " if kind == "flag" else "") + words.title(shelf, id)
    else:
        field = FIELDS.get(kind) or kind.capitalize()
    before, after = (_told(kind, change[side], words) for side in SIDES)
    return Change(field, before, after)


def _chart(each: dict[str, Any], title: str, words: Words) -> str:
    rows = []
    for change in each["changes"]:
        kind, _, id = change["field"].partition("/")
        before, after = ((change[side] or {}) if kind == "rating" else {} for side in SIDES)
        values = (before.get("rating"), after.get("rating"))
        if values[0] != values[1]:
            rows.append(charts.Change(words.title("dimensions", id), *values))
    return charts.changes(rows, title) if rows else ""


def _told(kind: str, value: Any, words: Words) -> str:
    """A field's value in a line or two; nothing where there is none."""
    if value is None or value == "":
        return ""
    if kind in ("recommendation", "correctness"):
        return words.title(f"{kind}s" if kind == "recommendation" else kind, value)
    if kind == "note":
        tags = [_any_title(tag, words) for tag in value["tags"]]
        said = f"{clock(value['at_seconds'])} {value['text']}"
        return f"{said}\n{', '.join(tags)}" if tags else said
    if kind == "rating":
        rating = "Not observed" if value["rating"] is None else str(value["rating"])
        return "\n".join([rating, *_rest(value, "rationale")])
    if kind == "flag":
        severity = words.title("severities", value["severity"])
        return "\n".join([severity, *_rest(value, "explanation")])
    return str(value)


def _rest(value: dict[str, Any], text: str) -> list[str]:
    lines = [value[text]] if value[text] else []
    return [*lines, f"cites {count(len(value['notes']), 'note')}"]


def _any_title(id: str, words: Words) -> str:
    kinds = ("signals", "dimensions", "stages", "probes")
    return next((words.titles[kind][id] for kind in kinds if id in words.titles[kind]), id)


def late_edits(document: Document, words: Words) -> list[LateEdit]:
    edits = enumerate(document["late_edits"], start=1)
    return [_late_edit(number, each, words) for number, each in edits]


def _late_edit(number: int, each: dict[str, Any], words: Words) -> LateEdit:
    before, after = each["before"], each["after"]
    return LateEdit(
        where=words.where(each),
        amendment=_amendment(each, f"Late edit {number}", words),
        header_before=before["header"],
        header_after=after["header"],
        readings=[
            (
                words.title("dimensions", id),
                _reading(before["dimensions"].get(id)),
                _reading(after["dimensions"].get(id)),
            )
            for id in before["dimensions"]
        ],
        flags=[
            *((words.title("signals", f["signal"]), "withdrawn") for f in before["flags"]),
            *((words.title("signals", f["signal"]), "added") for f in after["flags"]),
        ],
    )


def _reading(reading: dict[str, Any] | None) -> str:
    if reading is None:
        return ""
    values = joined(str(value) for value in reading["supported"])
    if not values:
        return f"no rating with evidence, bar {reading['bar']}"
    return f"{values}; lower median {reading['lower_median']}, bar {reading['bar']}"
