"""A flag's fingerprint: what was raised, so that a resolution holds for these words alone.

It stands for who raised it in which round, how grave, why, and on which notes. Where a note
stands in its packet (`ref`) and the order of the raisers are no part of it: another card that
comes in moves both and changes nothing of what was raised.
"""

from typing import Any

from scorecard.content import canonical, digest

RAISED = ("by", "round", "severity", "explanation")
NOTE = ("at_seconds", "kind", "text", "stage", "probe", "dimension", "signal", "polarity")


def fingerprint(flag: dict[str, Any]) -> str:
    """Of one entry of a packet's `flags`."""
    raised = [
        {
            **{key: each[key] for key in RAISED},
            "notes": sorted(
                ({key: note[key] for key in NOTE} for note in each["notes"]), key=canonical
            ),
        }
        for each in flag["raised"]
    ]
    return digest(sorted(raised, key=canonical))


def flag_rows(content: dict[str, Any]) -> list[dict[str, str]]:
    """What is stored of each flag beside the packet: signal, severity, fingerprint."""
    return [
        {
            "signal": flag["signal"],
            "severity": flag["severity"],
            "fingerprint": fingerprint(flag),
        }
        for flag in content["flags"]
    ]
