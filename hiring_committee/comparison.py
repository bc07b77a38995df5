"""Candidates of one opening side by side: which packets may stand beside each other."""

from collections.abc import Sequence
from uuid import UUID

from accounts import audit
from accounts.models import User
from hiring_committee.models import with_resolutions
from interviews.locks import loop_stream
from packets.models import Packet
from scorecard.access import loops_read_by

FEWEST, MOST = 2, 4


class CannotCompare(Exception):
    """A sentence for whoever chose them."""


def packets_of(user: User, loops: Sequence[UUID]) -> list[Packet] | None:
    """The current packets of these loops, by name; None where one is not this person's to read.

    Raises CannotCompare where the choice is too small or too large, where a packet is not there
    yet, or where they are not of one opening and level. Each reading is recorded.
    """
    wanted = set(loops)
    if not FEWEST <= len(wanted) <= MOST:
        raise CannotCompare("Choose two to four candidates of one opening.")
    known = list(loops_read_by(user).filter(pk__in=wanted).select_related("candidate"))
    if len(known) < len(wanted):
        return None
    current = Packet.objects.visible_to(user).current().filter(loop__in=wanted)
    found = list(with_resolutions(current, user))
    there = {packet.loop_id for packet in found}
    waiting = sorted(loop.candidate.name for loop in known if loop.pk not in there)
    if waiting:
        raise CannotCompare(f"There is no current packet for {', '.join(waiting)} yet.")
    jobs = {(packet.loop.opening_id, packet.content["opening"]["level"]) for packet in found}
    if len(jobs) > 1:
        raise CannotCompare("They are not candidates of one opening and level.")
    for packet in found:
        stream, version = loop_stream(packet.loop), packet.version
        audit.record(user, "packet.read", packet, stream=stream, how="compare", version=version)
    return sorted(found, key=lambda each: (each.content["candidate"]["name"].casefold(), each.pk))
