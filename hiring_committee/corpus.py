"""The ratings of closed packets: what calibration, and agreement over a season, are computed from.

A packet is closed once a decision stands against it. Only counted, supported ratings enter, as
the packet that was decided on holds them.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

from hiring_committee.calibration.ratings import Rating
from hiring_committee.models import Decision, Packet

WINDOW = timedelta(days=730)  # scales and people drift: what is older says little of today

SQL = """
    SELECT p.id, l.candidate_id, p.content -> 'opening' ->> 'level', d ->> 'id',
           r ->> 'interviewer', coalesce(u.id::text, r ->> 'interviewer'), r ->> 'interview',
           (r ->> 'rating')::int
      FROM hiring_committee_packet p
      JOIN interviews_loop l ON l.id = p.loop_id,
           jsonb_array_elements(p.content -> 'dimensions') d,
           jsonb_array_elements(d -> 'ratings') r
           LEFT JOIN accounts_user u ON u.email = r ->> 'interviewer'
     WHERE p.id = ANY(%s) AND (r ->> 'supported')::boolean
     ORDER BY p.id, d ->> 'id', r ->> 'interviewer', r ->> 'interview'
"""


@dataclass(frozen=True)
class Counted:
    """One supported rating of one packet; `interviewer` is a user's id, or else an e-mail."""

    packet: UUID
    candidate: str
    level: str
    dimension: str
    email: str
    interviewer: str
    interview: str
    value: int

    @property
    def as_rating(self) -> Rating:
        return Rating(
            candidate=self.candidate,
            interviewer=self.interviewer,
            dimension=self.dimension,
            value=float(self.value),
            card=f"{self.packet} {self.interview}",
            level=self.level,
        )


def closed_packets(now: datetime) -> QuerySet[Packet]:
    """Packets that a decision of the last two years stands against; `more evidence` closes none."""
    standing = Decision.objects.current().exclude(kind=Decision.Kind.MORE_EVIDENCE)
    standing = standing.filter(decided_at__gte=now - WINDOW)
    return Packet.objects.filter(decisions__in=standing)


def counted_ratings(packets: QuerySet[Packet]) -> list[Counted]:
    """Their ratings, in an order that depends on nothing but them. Two queries."""
    ids = list(packets.values_list("pk", flat=True))
    with connection.cursor() as cursor:
        cursor.execute(SQL, [ids])
        return [
            Counted(packet, str(candidate), level, *rest)
            for packet, candidate, level, *rest in cursor.fetchall()
        ]


def by_panel(ratings: list[Counted]) -> list[list[list[int]]]:
    """For each packet the ratings of each dimension."""
    panels: dict[UUID, dict[str, list[int]]] = {}
    for each in ratings:
        panels.setdefault(each.packet, {}).setdefault(each.dimension, []).append(each.value)
    return [list(units.values()) for units in panels.values()]
