"""What an amendment changed, before and after: on its card, and in what the packet reads."""

from dataclasses import dataclass
from datetime import datetime
from typing import cast

from packets import charts
from packets.content import card_sections as stored
from packets.content.document import DimensionReading, LateEdit, PacketContent
from packets.page.labels import CardLabel, Labels, Person, moment
from packets.page.wording import count, in_words, joined
from scorecard.readable import clock

FIELDS = {"correctness": "Outcome", "follow_up": "To follow up"}  # others as they are called


@dataclass(frozen=True)
class ShownAmendment:
    version: int
    at: datetime | None
    by: Person
    reason: str
    seen: str  # how many others' cards were open to the author by then
    late: bool
    imported: bool
    changes: list[tuple[str, str, str]]  # field, before, after; a side may be empty
    chart: str  # SVG of the ratings it changed; empty where it changed none


@dataclass(frozen=True)
class ShownLateEdit:
    """An amendment after the first packet, with what the packet read before and reads now."""

    where: CardLabel
    amendment: ShownAmendment
    header_before: str
    header_after: str
    readings: list[tuple[str, str, str]]  # dimension, before, after
    flags: list[tuple[str, str]]  # flag, what became of it


def shown_amendment(each: stored.Amendment, title: str, labels: Labels) -> ShownAmendment:
    """`title` tells its chart apart from every other on the page."""
    seen = each["seen_others"]
    return ShownAmendment(
        version=each["version"],
        at=moment(each["at"]),
        by=labels.person(each["by"]),
        reason=each["reason"],
        seen=f"after {count(seen, 'other scorecard')} could be read" if seen else "",
        late=each["late"],
        imported=each["origin"] == "import",
        changes=[_change(change, labels) for change in each["changes"]],
        chart=_chart(each, title, labels),
    )


def _change(change: stored.Change, labels: Labels) -> tuple[str, str, str]:
    kind, _, id = change["field"].partition("/")
    if kind == "rating":
        field = labels.title("dimensions", id)
    elif kind == "flag":
        field = f"Flag {labels.title('signals', id)}"
    else:
        field = FIELDS.get(kind) or in_words(kind)
    before, after = change["before"], change["after"]
    return field, _value(kind, before, labels), _value(kind, after, labels)


def _chart(each: stored.Amendment, title: str, labels: Labels) -> str:
    rows = []
    for change in each["changes"]:
        kind, _, id = change["field"].partition("/")
        before, after = _rating(kind, change["before"]), _rating(kind, change["after"])
        if before != after:
            rows.append(charts.RatingChange(labels.title("dimensions", id), before, after))
    return charts.changes(rows, title) if rows else ""


def _rating(kind: str, value: stored.ChangedValue) -> int | None:
    return cast(stored.ChangedRating, value)["rating"] if kind == "rating" and value else None


def _value(kind: str, value: stored.ChangedValue, labels: Labels) -> str:
    """A field's value in a line or two; nothing where there is none."""
    if not value:
        return ""
    if isinstance(value, str):
        shelf = {"recommendation": "recommendations", "correctness": "correctness"}.get(kind)
        return labels.title(shelf, value) if shelf else value
    if kind == "note":
        note = cast(stored.ChangedNote, value)
        said = f"{clock(note['at_seconds'])} {note['text']}"
        return "\n".join(filter(None, [said, _tags(note, labels)]))
    if kind == "rating":
        rating = cast(stored.ChangedRating, value)
        first, said = str(rating["rating"] or "Not observed"), rating["rationale"]
    else:
        flag = cast(stored.ChangedFlag, value)
        first, said = labels.title("severities", flag["severity"]), flag["explanation"]
    cites = f"cites {count(len(cast(stored.ChangedRating, value)['notes']), 'note')}"
    return "\n".join(filter(None, [first, said, cites]))


def _tags(note: stored.ChangedNote, labels: Labels) -> str:
    """Their titles; which kind of tag an id is does not stand beside it."""
    known: dict[str, str] = {}
    for kind in ("probes", "stages", "dimensions", "signals"):
        known |= labels.titles[kind]
    return ", ".join(known.get(tag, tag) for tag in note["tags"])


def late_edits(content: PacketContent, labels: Labels) -> list[ShownLateEdit]:
    edits = enumerate(content["late_edits"], start=1)
    return [_late_edit(number, each, labels) for number, each in edits]


def _late_edit(number: int, each: LateEdit, labels: Labels) -> ShownLateEdit:
    before, after = each["before"], each["after"]
    reads, reads_now = before["dimensions"], after["dimensions"]
    return ShownLateEdit(
        where=labels.where(each),
        amendment=shown_amendment(each, f"Late edit {number}", labels),
        header_before=before["header"],
        header_after=after["header"],
        readings=[
            (labels.title("dimensions", id), _reading(reads[id]), _reading(reads_now.get(id)))
            for id in reads
        ],
        flags=[
            *((labels.title("signals", f["signal"]), "withdrawn") for f in before["flags"]),
            *((labels.title("signals", f["signal"]), "added") for f in after["flags"]),
        ],
    )


def _reading(reading: DimensionReading | None) -> str:
    if reading is None:
        return ""
    values = joined(map(str, reading["supported"]))
    if not values:
        return f"no rating with evidence, bar {reading['bar']}"
    return f"{values}; lower median {reading['lower_median']}, bar {reading['bar']}"
