"""Resolving a flag: a named member says what the committee found of it, and why.

Every step holds the loop's lock.
"""

from collections.abc import Sequence

from django.db import transaction

from accounts.models import User
from hiring_committee import recruiter_tasks
from hiring_committee.models import FlagResolution, Outcome
from hiring_committee.steps import Refused, held_to_the_rules, lock, record, why_no_word
from packets.models import Packet, PacketFlag


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
    """Record what was found of the flag in this packet. Raises Refused.

    `after` is the key of the resolution that this person was shown, None where there was none: a
    newer one that they have not read is never replaced. `evidence` (refs of notes) is kept only
    where the outcome is MITIGATED.
    """
    lock(packet)
    if refusal := why_not(by, packet):
        raise Refused(refusal)
    flag, last = _flag_and_last_word(packet, signal, after)
    with held_to_the_rules():
        row: FlagResolution = FlagResolution.objects.create(
            loop=packet.loop,
            packet=packet,
            signal=signal,
            fingerprint=flag.fingerprint,
            outcome=outcome,
            reason=reason.strip(),
            evidence=list(dict.fromkeys(evidence)) if outcome == Outcome.MITIGATED else [],
            answer=answer.strip(),
            by=by,
            supersedes=last,
        )
    _carry_out(row, last, packet)
    return row


def _flag_and_last_word(
    packet: Packet, signal: str, after: int | None
) -> tuple[PacketFlag, FlagResolution | None]:
    flag = packet.flags.filter(signal=signal).first()
    if flag is None:
        raise Refused("This packet has no such flag.")
    last = last_word(packet, flag)
    if (last.pk if last else None) != after:
        raise Refused(
            f"{last.by if last else 'Somebody'} resolved this flag while you wrote. Read what"
            " was found, and resolve it anew if you disagree."
        )
    return flag, last


def _carry_out(row: FlagResolution, before: FlagResolution | None, packet: Packet) -> None:
    """Recorded; and the recruiter is asked for what this resolution asks for, and no more."""
    record(row.by, "flag.resolved", packet, row)
    if before:
        recruiter_tasks.withdraw(before, row.by)
    if row.outcome == Outcome.NEEDS_INTERVIEW:
        flags = {flag["signal"]: flag["dimension"] for flag in packet.content["flags"]}
        recruiter_tasks.ask_for_interview(row, flags[row.signal])


def last_word(packet: Packet, flag: PacketFlag) -> FlagResolution | None:
    """The current resolution of what was raised, in whatever packet it was read."""
    rows = FlagResolution.objects.current().filter(loop=packet.loop_id)
    return rows.filter(signal=flag.signal, fingerprint=flag.fingerprint).first()


def why_not(by: User, packet: Packet) -> str:
    """Why this person may not resolve a flag of the packet now, as a sentence; else empty."""
    return why_no_word(
        by,
        packet,
        unseated="Flags are resolved by the members of the committee.",
        superseded="Resolve the flag in the current one.",
        blind="Flags are resolved once the votes are open: a resolution would tell a vote.",
    )
