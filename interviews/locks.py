"""The one lock of a loop, and its chain in the audit trail."""

from uuid import UUID

from accounts import audit
from interviews.models import Loop


def loop_stream(loop: Loop | UUID | str) -> str:
    """The name of the loop's chain; `loop` is the row or its key."""
    return f"loop:{loop.pk if isinstance(loop, Loop) else loop}"


def lock_loop(loop: Loop) -> None:
    """Until the transaction ends nobody else changes anything of this loop.

    Whoever submits, amends, schedules, votes, decides or stores a packet takes it first: without
    it the last two cards, handed in at once, would each wait for the other, and a packet could be
    stored as current that a card had just outdated.
    """
    audit.hold(loop_stream(loop))
