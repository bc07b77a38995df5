"""Candidates of one opening side by side: which packets may stand beside each other."""

from collections.abc import Collection

from accounts.models import User
from hiring_committee.models import with_resolutions
from hiring_committee.steps import Refused, record
from interviews.models import Loop
from packets.models import Packet

FEWEST, MOST = 2, 4


def packets_of(user: User, loops: Collection[Loop]) -> list[Packet]:
    """The current packets of loops that this person may read, by name; each reading is recorded.

    Raises Refused where the loops are too few or too many, where a packet is not there yet, or
    where they are not of one opening and level.
    """
    if not FEWEST <= len(loops) <= MOST:
        raise Refused("Choose two to four candidates of one opening.")
    current = Packet.objects.visible_to(user).current().filter(loop__in=loops)
    found = list(with_resolutions(current, user))
    there = {packet.loop_id for packet in found}
    waiting = sorted(loop.candidate.name for loop in loops if loop.pk not in there)
    if waiting:
        raise Refused(f"There is no current packet for {', '.join(waiting)} yet.")
    jobs = {(packet.loop.opening_id, packet.content["opening"]["level"]) for packet in found}
    if len(jobs) > 1:
        raise Refused("They are not candidates of one opening and level.")
    for packet in found:
        record(user, "packet.read", packet, how="compare")
    return sorted(found, key=lambda each: (each.content["candidate"]["name"].casefold(), each.pk))
