"""The season: one row a loop, with where it stands and what its current packet says."""

from collections.abc import Iterator
from typing import Any

from django.db.models import F, Func, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.fields.json import KT
from django.utils import timezone

from accounts.models import User
from hiring_committee.models import Decision
from interviews.models import Loop
from packets.models import Packet
from reports.exports.sheet import (
    BATCH,
    LOOP_COLUMNS,
    Row,
    Sheet,
    annotations,
    batched,
    loop_fields,
    loop_values,
    moment,
    named,
)
from scorecard import progress

COUNTS = ["planned", "handed_in", "overdue"]
PACKET = ["packet_version", "packet_digest", "packet_built_at", "header", "flags", "disagreements"]
DECISION = ["decision", "decided_level", "decided_at"]
COLUMNS = [*LOOP_COLUMNS, "stage", "first_interview", "last_interview", *COUNTS, *PACKET, *DECISION]


class JsonLength(Func):
    """How many entries a list inside a document has."""

    function = "jsonb_array_length"
    output_field = IntegerField()


def season(loops: QuerySet[Loop], asker: User | None) -> Sheet:
    """`loops` are those that the asker may read; None is an operator, who may read each."""
    rows = progress.with_progress(loops, asker, timezone.now()).annotate(**_packet(), **_decision())
    wanted = ["stage", "first_at", "last_at", *COUNTS, *PACKET, *DECISION]
    rows = rows.order_by("created_at", "pk").values(*wanted, **annotations(loop_fields("")))
    return Sheet(COLUMNS, loops.count(), batched(_rows(rows)))


def _packet() -> dict[str, Subquery]:
    """Of the current packet of each loop; empty where none is."""
    current = Packet.objects.current().filter(loop=OuterRef("pk")).order_by()
    current = current.annotate(
        header=KT("content__reading_order__header"),
        n_flags=JsonLength(F("content__flags")),
        n_disagreements=JsonLength(F("content__disagreements")),
    )
    sources = ["version", "digest", "built_at", "header", "n_flags", "n_disagreements"]
    return {
        name: Subquery(current.values(source)) for name, source in zip(PACKET, sources, strict=True)
    }


def _decision() -> dict[str, Subquery]:
    """The decision that stands, if any."""
    current = Decision.objects.current().filter(loop=OuterRef("pk")).order_by()
    sources = ["kind", "level", "decided_at"]
    return {
        name: Subquery(current.values(source))
        for name, source in zip(DECISION, sources, strict=True)
    }


def _rows(rows: Any) -> Iterator[Row]:
    for row in map(named, rows.iterator(chunk_size=BATCH)):
        values = [*loop_values(row), row["stage"], moment(row["first_at"]), moment(row["last_at"])]
        values += [row[name] for name in COUNTS]
        row["packet_built_at"] = moment(row["packet_built_at"])
        row["decided_at"] = moment(row["decided_at"])
        row["decided_level"] = row["decided_level"] or None
        yield Row(row["loop"], [*values, *(row[name] for name in [*PACKET, *DECISION])])
