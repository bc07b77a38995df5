"""Scorecards: one row for each that was handed in, as its newest version says it.

A rating stands in its dimension's column whether it is supported or not; `unsupported` names those
that enter no figure, by the same rule as the packet's.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, Func, JSONField, OuterRef, QuerySet
from django.db.models.expressions import Combinable

from interviews.models import SeatRole
from reports.exports.sheet import (
    LOOP_COLUMNS,
    Row,
    Sheet,
    Value,
    batched,
    loop_fields,
    loop_values,
    moment,
    read,
)
from rubric.content import Rubric
from rubric.models import RubricVersion, rubric_of
from scorecard.content import CardContent, NoteContent
from scorecard.models import Scorecard, ScorecardVersion
from scorecard.supported_ratings import NO_CONSTRAINT, constraint_put, unsupported_reason

WHO = ["round", "interviewer", "interviewer_email", "role", "counts"]
CARD = ["recommendation", "correctness", "submitted_at", "hours_after_end", "version", "rubric"]
READ = ["unsupported", "not_observed", "flags", "strengths", "risks", "noise", "notes"]
WORDS = ["summary", "follow_up"]
SEAT = "scorecard__seat__"
FIELDS = {
    **loop_fields(f"{SEAT}interview__loop__"),
    "interview": f"{SEAT}interview__pk",
    "round": f"{SEAT}interview__round",
    "ends_at": f"{SEAT}interview__ends_at",
    "interviewer": f"{SEAT}person__name",
    "interviewer_email": f"{SEAT}person__email",
    "role": f"{SEAT}role",
    "submitted_at": "scorecard__submitted_at",
    "rubric_id": "scorecard__rubric_version",
}
OF_NOTES = ("id", "kind", "probe", "polarity")  # all that a row needs to know of a card's notes


def _of_notes(name: str) -> Func:
    """One value of each note, as the database finds it: most of a card is the notes' words."""
    asked = f"jsonb_path_query_array(%(expressions)s, '$.notes[*].{name}')"
    return Func(F("content"), template=asked, output_field=JSONField())


WITHOUT_NOTES = Func(F("content"), template="(%(expressions)s - 'notes')", output_field=JSONField())
CONTENT: dict[str, Combinable] = {
    "card": WITHOUT_NOTES,
    **{f"notes_{name}": _of_notes(name) for name in OF_NOTES},
}


def scorecards(cards: QuerySet[Scorecard]) -> Sheet:
    """`cards` are those that the asker may read, of loops that they may read whole."""
    handed_in = cards.filter(submitted_at__isnull=False)
    dimensions = _dimensions()
    columns = [*LOOP_COLUMNS, *WHO, *CARD, *(f"rating.{id}" for id in dimensions), *READ, *WORDS]
    newest = _newest(handed_in).order_by(FIELDS["loop"], "scorecard_id")
    rows = read(newest, {**FIELDS, **CONTENT}, "number")
    return Sheet(columns, handed_in.count(), _batches(rows, dimensions))


def _newest(cards: QuerySet[Scorecard]) -> QuerySet[ScorecardVersion]:
    of_card = ScorecardVersion.objects.filter(scorecard=OuterRef("scorecard"))
    newer = of_card.filter(number__gt=OuterRef("number"))
    return ScorecardVersion.objects.filter(~Exists(newer), scorecard__in=cards.order_by())


def _dimensions() -> list[str]:
    """Those of every published rubric, the newest one's first and in its order."""
    numbers = RubricVersion.objects.order_by("-number").values_list("pk", flat=True)
    return list(dict.fromkeys(id for pk in numbers for id in rubric_of(pk).dimensions))


def _batches(rows: Iterable[dict[str, Any]], dimensions: list[str]) -> Iterator[list[Row]]:
    for batch in batched(rows):
        read = [_read(row) for row in batch]
        rooms = _rooms(row["interview"] for row in read if NO_CONSTRAINT in row["why"].values())
        yield [Row(row["loop"], _values(row, rooms, dimensions)) for row in read]


def _read(row: dict[str, Any]) -> dict[str, Any]:
    card, rubric = _card(row), rubric_of(row["rubric_id"])
    why = {each.dimension: unsupported_reason(each, card, rubric) for each in card.ratings}
    return {**row, "card": card, "rubric": rubric, "why": why}


def _card(row: dict[str, Any]) -> CardContent:
    """Without the words of its notes, and with those notes alone that a rating may rest on."""
    content = row["card"]
    cited = {id for rating in content["ratings"] for id in rating["notes"]}
    notes = tuple(
        NoteContent(id, 0, kind, "", probe=probe, polarity=polarity)
        for id, kind, probe, polarity in zip(*(row[f"notes_{n}"] for n in OF_NOTES), strict=True)
        if id in cited or kind == "probe"
    )
    return replace(CardContent.from_dict({**content, "notes": []}), notes=notes)


def _rooms(interviews: Iterable[UUID]) -> set[UUID]:
    """Of these interviews, those where somebody whose card counts put a constraint.

    It serves everybody who sat in the same interview, as in the packet.
    """
    wanted = set(interviews)
    if not wanted:
        return set()
    sat = Scorecard.objects.filter(seat__interview__in=wanted, submitted_at__isnull=False)
    found = _newest(sat.exclude(seat__role=SeatRole.SHADOW)).values_list(
        "content", f"{SEAT}interview", f"{SEAT}interview__round", "scorecard__rubric_version"
    )
    return {
        interview
        for content, interview, round, pk in found
        if _counts(round, SeatRole.LEAD, rubric_of(pk))
        and constraint_put(CardContent.from_dict(content), rubric_of(pk))
    }


def _counts(round: str, role: str, rubric: Rubric) -> bool:
    return role != SeatRole.SHADOW and round in rubric.rounds


def _values(row: dict[str, Any], rooms: set[UUID], dimensions: list[str]) -> list[Value]:
    card: CardContent = row["card"]
    why = {
        dimension: reason
        for dimension, reason in row["why"].items()
        if reason and not (reason == NO_CONSTRAINT and row["interview"] in rooms)
    }
    rated = {each.dimension: each.value for each in card.ratings}
    tagged = Counter(row["notes_polarity"])
    counts = _counts(row["round"], row["role"], row["rubric"])
    return [
        *loop_values(row),
        *(row[name] for name in ("round", "interviewer", "interviewer_email", "role")),
        counts,
        card.recommendation or None,
        card.correctness or None,
        moment(row["submitted_at"]),
        _hours(row),
        row["number"],
        row["rubric"].number,
        *(rated.get(id) for id in dimensions),
        [f"{dimension}: {reason}" for dimension, reason in sorted(why.items())],
        sorted(id for id, value in rated.items() if value is None),
        sorted(f"{flag.signal}: {flag.severity}" for flag in card.flags),
        *(tagged[polarity] for polarity in ("strength", "risk", "noise")),
        len(row["notes_id"]),
        card.summary,
        card.follow_up,
    ]


def _hours(row: dict[str, Any]) -> float | None:
    """From the interview's end to the first submission; None for an all-day event."""
    submitted_at: datetime = row["submitted_at"]
    ends_at: datetime | None = row["ends_at"]
    return round((submitted_at - ends_at).total_seconds() / 3600, 2) if ends_at else None
