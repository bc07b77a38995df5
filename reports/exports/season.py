"""The season: one row a loop, with where it stands and what its current packet says."""

from typing import Any

from django.db.models import F, Func, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.fields.json import KT
from django.utils import timezone

from accounts.models import User
from hiring_committee.models import Decision
from interviews.models import Loop
from packets.models import Packet
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
from scorecard import progress

COUNTS = ["planned", "handed_in", "overdue"]
PACKET = ["packet_version", "packet_digest", "packet_built_at", "header", "flags", "disagreements"]
DECISION = ["decision", "decided_level", "decided_at"]
OWN = ["stage", "first_at", "last_at", *COUNTS, *PACKET, *DECISION]
COLUMNS = [*LOOP_COLUMNS, "stage", "first_interview", "last_interview", *COUNTS, *PACKET, *DECISION]


class JsonLength(Func):
    """How many entries a list inside a document has."""

    function = "jsonb_array_length"
    output_field = IntegerField()


def season(loops: QuerySet[Loop], asker: User | None) -> Sheet:
    """`loops` are those that the asker may read; None is an operator, who may read each."""
    rows = progress.with_progress(loops, asker, timezone.now()).annotate(**_packet(), **_decision())
    found = read(rows.order_by("created_at", "pk"), loop_fields(""), *OWN)
    return Sheet(COLUMNS, loops.count(), batched(Row(row["loop"], _values(row)) for row in found))


def _packet() -> dict[str, Subquery]:
    """Of the current packet of each loop; empty where none is."""
    current = Packet.objects.current().filter(loop=OuterRef("pk")).order_by()
    current = current.annotate(
        header=KT("content__reading_order__header"),
        n_flags=JsonLength(F("content__flags")),
        n_disagreements=JsonLength(F("content__disagreements")),
    )
    sources = ["version", "digest", "built_at", "header", "n_flags", "n_disagreements"]
    return _columns(PACKET, current, sources)


def _decision() -> dict[str, Subquery]:
    """The decision that stands, if any."""
    current = Decision.objects.current().filter(loop=OuterRef("pk")).order_by()
    return _columns(DECISION, current, ["kind", "level", "decided_at"])


def _columns(names: list[str], rows: QuerySet[Any], sources: list[str]) -> dict[str, Subquery]:
    """Columns that take these fields from the one row, if there is one."""
    paired = zip(names, sources, strict=True)
    return {name: Subquery(rows.values(source)) for name, source in paired}


def _values(row: dict[str, Any]) -> list[Value]:
    moments = ("first_at", "last_at", "packet_built_at", "decided_at")
    row |= {name: moment(row[name]) for name in moments}
    row["decided_level"] = row["decided_level"] or None
    return [*loop_values(row), *(row[name] for name in OWN)]
