"""The ratings of closed packets: what calibration, and agreement over a season, are computed from.

A packet is closed once a decision stands against it. Only counted, supported ratings enter, as
the packet that was decided on holds them.

A packet names people by the e-mail that they had when it was built. Here they are accounts, so
that a change of e-mail does not make two people of one.
"""

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection
from django.db.models import CharField, QuerySet, Value
from django.db.models.functions import Cast, Coalesce, NullIf

from calibration.severity.ratings import Rating
from hiring_committee.models import Decision
from interviews.models import Seat, SeatRole
from packets.models import Packet

WINDOW = timedelta(days=730)  # scales and people drift: what is older says little of today

# Materialised, so that each packet is unpacked once, and not for each of its ratings.
SQL = """
    WITH p AS MATERIALIZED (
        SELECT id, loop_id, content -> 'opening' ->> 'level' AS level,
               content -> 'dimensions' AS dimensions
          FROM packets_packet WHERE id = ANY(%s))
    SELECT p.id, l.candidate_id, p.level, d ->> 'id',
           r ->> 'interviewer', coalesce(u.id::text, r ->> 'interviewer'), r ->> 'interview',
           (r ->> 'rating')::int
      FROM p
      JOIN interviews_loop l ON l.id = p.loop_id,
           jsonb_array_elements(p.dimensions) d,
           jsonb_array_elements(d -> 'ratings') r
           LEFT JOIN accounts_user u ON u.email = r ->> 'interviewer'
     WHERE (r ->> 'supported')::boolean
     ORDER BY p.id, d ->> 'id', r ->> 'interviewer', r ->> 'interview'
"""


@dataclass(frozen=True)
class CountedRating:
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


def counted_ratings(packets: QuerySet[Packet]) -> list[CountedRating]:
    """Their ratings, in an order that depends on nothing but them. Three queries."""
    loops = dict(packets.values_list("pk", "loop_id"))
    with connection.cursor() as cursor:
        cursor.execute(SQL, [list(loops)])
        found = [
            CountedRating(packet, str(candidate), level, *rest)
            for packet, candidate, level, *rest in cursor.fetchall()
        ]
    return _by_account(found, loops)


def _by_account(ratings: list[CountedRating], loops: dict[UUID, UUID]) -> list[CountedRating]:
    """With the account of each seat in place of the one that bears the e-mail today."""
    seats = _seats(set(loops.values()))
    named: dict[UUID, set[str]] = defaultdict(set)
    for each in ratings:
        named[each.packet].add(each.email)
    return [
        replace(each, interviewer=sat) if sat and sat != each.interviewer else each
        for each in ratings
        for sat in [_sat(each.email, seats[loops[each.packet], each.interview], named[each.packet])]
    ]


def _seats(loops: set[UUID]) -> dict[tuple[UUID, str], dict[str, str]]:
    """Of each loop and interview, as packets name it: who sat there, account by e-mail of today."""
    given = NullIf("interview__external_id", Value(""))
    interview = Coalesce(given, Cast("interview_id", CharField()))
    seats = Seat.objects.filter(interview__loop__in=loops).exclude(role=SeatRole.SHADOW)
    found: dict[tuple[UUID, str], dict[str, str]] = defaultdict(dict)
    rows = seats.values_list("interview__loop", interview, "person__email", "person")
    for loop, room, email, person in rows:
        found[loop, room][email] = str(person)
    return found


def _sat(email: str, seats: dict[str, str], named: set[str]) -> str | None:
    """Who had that e-mail in that room: who has it now, else the only one it can have been.

    >>> seats = {"ada@new.example": "1", "bo@old.example": "2"}
    >>> _sat("ada@old.example", seats, named={"ada@old.example", "bo@old.example"})
    '1'
    """
    if email in seats:
        return seats[email]
    others = [person for now, person in seats.items() if now not in named]
    return others[0] if len(others) == 1 else None


def base_rates(ratings: list[CountedRating]) -> dict[str, dict[str, list[int]]]:
    """For each dimension and level, how often each of the four ratings was given."""
    counts: dict[str, dict[str, list[int]]] = {}
    for each in ratings:
        of_level = counts.setdefault(each.dimension, {}).setdefault(each.level, [0] * 4)
        of_level[each.value - 1] += 1
    return counts


def by_panel(ratings: list[CountedRating]) -> list[list[list[int]]]:
    """For each packet the ratings of each dimension."""
    panels: dict[UUID, dict[str, list[int]]] = {}
    for each in ratings:
        panels.setdefault(each.packet, {}).setdefault(each.dimension, []).append(each.value)
    return [list(units.values()) for units in panels.values()]
