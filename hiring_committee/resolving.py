"""Resolving a flag: a named member says what the committee found of it, and why.

Every step holds the loop's lock; the database refuses what this refuses (migration 0017).
"""

from collections.abc import Sequence

from django.db import transaction

from accounts import audit
from accounts.models import User
from hiring_committee import recruiter_tasks
from hiring_committee.models import FlagResolution, Outcome
from hiring_committee.models.debrief import is_in_debrief
from interviews.locks import lock_loop, loop_stream
from packets.models import Packet, PacketFlag


class CannotResolve(Exception):
    """What was asked is not possible now; the message says why and what to do instead."""


@transaction.atomic
def resolve(
    by: User,
    packet: Packet,
    signal: str,
    *,
    outcome: str,
    reason: str,
    evidence: Sequence[str] = (),
    answer: str = "",
    after: int | None = None,
) -> FlagResolution:
    """Record what was found of the flag in this packet. Raises CannotResolve.

    `after` is the key of the resolution that this person was shown, None where there was none: a
    newer one that they have not read is never replaced. `evidence` (refs of notes) is kept only
    where the outcome is MITIGATED.
    """
    lock_loop(packet.loop)
    refusal = why_not(by, packet)
    if refusal:
        raise CannotResolve(refusal)
    flag = PacketFlag.objects.filter(packet=packet, signal=signal).first()
    if flag is None:
        raise CannotResolve("This packet has no such flag.")
    former = last_word(packet, flag)
    if (former.pk if former else None) != after:
        raise CannotResolve(
            f"{former.by if former else 'Somebody'} resolved this flag while you wrote. Read what"
            " was found, and resolve it anew if you disagree."
        )
    mitigates = outcome == Outcome.MITIGATED
    row = FlagResolution.objects.create(
        loop=packet.loop,
        packet=packet,
        signal=signal,
        fingerprint=flag.fingerprint,
        outcome=outcome,
        reason=reason.strip(),
        evidence=list(dict.fromkeys(evidence)) if mitigates else [],
        answer=answer.strip(),
        by=by,
        supersedes=former,
    )
    _carry_out(row, former, packet)
    return row


def _carry_out(row: FlagResolution, former: FlagResolution | None, packet: Packet) -> None:
    """The audit line, and the recruiter's task where another interview is asked for."""
    stream = loop_stream(packet.loop)
    audit.record(row.by, "flag.resolved", row, stream=stream, version=packet.version)
    if former:
        recruiter_tasks.withdraw(former, row.by)
    if row.outcome == Outcome.NEEDS_INTERVIEW:
        flags = {flag["signal"]: flag["dimension"] for flag in packet.content["flags"]}
        recruiter_tasks.ask_for_interview(row, flags[row.signal])


def last_word(packet: Packet, flag: PacketFlag) -> FlagResolution | None:
    """The current resolution of what was raised, in whatever packet it was read."""
    rows = FlagResolution.objects.current().filter(loop=packet.loop_id)
    return rows.filter(signal=flag.signal, fingerprint=flag.fingerprint).first()


def why_not(by: User, packet: Packet) -> str:
    """Why this person may not resolve a flag of the packet now, as a sentence; else empty."""
    if not packet.loop.committee_seats.sitting().filter(person=by).exists():
        return "Flags are resolved by the members of the committee."
    if not Packet.objects.current().filter(pk=packet.pk).exists():
        return f"Packet {packet.version} was superseded. Resolve the flag in the current one."
    if not is_in_debrief(by, packet):
        return "Flags are resolved once the votes are open: a resolution would tell a vote."
    return ""
