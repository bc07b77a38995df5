"""What the steps of a committee share: the loop's lock, who sits, refusals, the line in the trail.

The database refuses votes, openings of ballots, resolutions and decisions as well (sql/rules.sql):
what they depend on can change without the loop's lock. Comments and notes on evidence are held by
Python under that lock alone.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Model
from psycopg.errors import IntegrityConstraintViolation

from accounts import audit
from accounts.models import User
from hiring_committee.models import is_in_debrief
from interviews.locks import lock_loop, loop_stream
from interviews.models import CommitteeSeat, Opening
from packets.models import Packet


class Refused(Exception):
    """A step is not possible now; the message says why and what to do instead."""


@contextmanager
def held_to_the_rules() -> Iterator[None]:
    """A rule of the database that strikes is a refusal in its own words.

    It does where a role, an account, a hiring manager or a quorum changed after Python asked.
    """
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        if not isinstance(error.__cause__, IntegrityConstraintViolation):
            raise
        why = str(error).partition("\n")[0]
        raise Refused(f"Something changed meanwhile: {why}. Reload the page.") from error


def lock(packet: Packet) -> None:
    """Take the loop's lock, and read its opening again: its level and quorum may have changed."""
    lock_loop(packet.loop)
    packet.loop.opening = Opening.objects.get(pk=packet.loop.opening_id)


def seat_of(person: User, packet: Packet) -> CommitteeSeat | None:
    return packet.loop.committee_seats.sitting().filter(person=person).first()


def is_current(packet: Packet) -> bool:
    return Packet.objects.current().filter(pk=packet.pk).exists()


def why_no_word(by: User, packet: Packet, *, unseated: str, superseded: str, blind: str) -> str:
    """Why this person may not say or resolve anything of the packet now; empty where they may."""
    if not seat_of(by, packet):
        return unseated
    if not is_current(packet):
        return f"Packet {packet.version} was superseded. {superseded}"
    return "" if is_in_debrief(by, packet) else blind


def record(
    by: User | None, action: str, packet: Packet, subject: Model | None = None, **detail: Any
) -> None:
    """A line in the loop's trail, which names the packet's version."""
    stream, version = loop_stream(packet.loop_id), packet.version
    audit.record(by, action, subject or packet, stream=stream, version=version, **detail)
