"""The committee's discussion: comments on parts of a packet, once its votes are open.

Every step holds the loop's lock; the database refuses what this refuses (migration 0017).
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.models import User
from hiring_committee.models import Comment
from hiring_committee.models.debrief import is_in_debrief
from hiring_committee.packet_document import document_of
from interviews.locks import lock_loop, loop_stream
from packets.content.anchors import anchors
from packets.models import Packet


class CannotComment(Exception):
    """What was asked is not possible now; the message says why and what to do instead."""


@dataclass(frozen=True)
class Said:
    """One comment and the replies to it, in the order in which they were given."""

    comment: Comment
    replies: list[Comment] = field(default_factory=list)


@transaction.atomic
def say(
    by: User, packet: Packet, anchor: str, text: str, *, to: Comment | None = None, answer: str = ""
) -> Comment:
    """A comment on a part of this packet, or a reply to one. Raises CannotComment."""
    lock_loop(packet.loop)
    refusal = why_not(by, packet)
    if refusal:
        raise CannotComment(refusal)
    if to is None and anchor not in anchors(document_of(packet)):
        raise CannotComment("This packet has no such part to speak of.")
    if to is not None and (to.loop_id != packet.loop_id or to.parent_id is not None):
        raise CannotComment("A reply is given to a comment of this loop.")
    row = Comment.objects.create(
        loop=packet.loop,
        packet=packet,
        anchor=to.anchor if to else anchor,
        parent=to,
        author=by,
        text=text.strip(),
        answer=answer.strip(),
    )
    audit.record(
        by, "comment.written", row, stream=loop_stream(packet.loop), version=packet.version
    )
    return row


@transaction.atomic
def withdraw(by: User, comment: Comment) -> None:
    """Hide the text of one's own comment; its place stays. Raises CannotComment."""
    rows = Comment.objects.filter(pk=comment.pk, author=by, withdrawn_at=None)
    if not rows.update(withdrawn_at=timezone.now()):
        raise CannotComment("Only its author withdraws a comment, and once.")
    audit.record(by, "comment.withdrawn", comment, stream=loop_stream(comment.loop))


def why_not(by: User, packet: Packet) -> str:
    """Why this person may not comment on the packet now, as a sentence; empty where they may."""
    if not packet.loop.committee_seats.sitting().filter(person=by).exists():
        return "The discussion is the committee's own."
    if not Packet.objects.current().filter(pk=packet.pk).exists():
        return f"Packet {packet.version} was superseded. Go on in the current one."
    if not is_in_debrief(by, packet):
        return "The discussion opens with the votes: until then each member reads for themselves."
    return ""


def said(packet: Packet, reader: User) -> dict[str, list[Said]]:
    """By anchor, what was said of the packet's parts up to this version. One query."""
    rows = Comment.objects.visible_to(reader).filter(
        loop=packet.loop_id, packet__version__lte=packet.version
    )
    return threads(rows.select_related("author", "packet").defer("packet__content"))


def threads(rows: Iterable[Comment]) -> dict[str, list[Said]]:
    """A reply whose comment is not among the rows stands on its own."""
    found: dict[str, list[Said]] = {}
    by_id: dict[int, Said] = {}
    for row in rows:
        above = by_id.get(row.parent_id or 0)
        if above:
            above.replies.append(row)
        else:
            by_id[row.pk] = Said(row)
            found.setdefault(row.anchor, []).append(by_id[row.pk])
    return found
