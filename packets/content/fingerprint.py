"""A flag's fingerprint: what was raised, so that a resolution holds for these words alone.

It stands for who raised it in which round, how grave, why, and on which notes. Where a note
stands in its packet (`ref`) and the order of the raisers are no part of it: another card that
comes in moves both and changes nothing of what was raised.
"""

from collections.abc import Iterable

from packets.content.card_sections import FlagSection, NoteEntry
from scorecard.content import canonical, digest

RAISED = ("by", "round", "severity", "explanation")
NOTE = ("at_seconds", "kind", "text", "stage", "probe", "dimension", "signal", "polarity")


def fingerprint(flag: FlagSection) -> str:
    """Of one entry of a packet's `flags`."""
    raised = [
        {key: value for key, value in each.items() if key in RAISED}
        | {"notes": _notes(each["notes"])}
        for each in flag["raised"]
    ]
    return digest(sorted(raised, key=canonical))


def _notes(notes: Iterable[NoteEntry]) -> list[dict[str, object]]:
    said = ({key: value for key, value in note.items() if key in NOTE} for note in notes)
    return sorted(said, key=canonical)
