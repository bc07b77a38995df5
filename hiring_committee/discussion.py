"""The committee's discussion: comments on parts of a packet, once its votes are open.

Every step holds the loop's lock. The database knows none of these rules.
"""

from dataclasses import dataclass, field

from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.models import User
from hiring_committee.models import Comment, is_in_debrief
from hiring_committee.packet_document import document_of
from hiring_committee.steps import Refused, lock, record, seat_of, why_no_word
from interviews.locks import loop_stream
from packets.content.anchors import anchors
from packets.content.document import PacketDocument
from packets.models import Packet
from packets.page.discussion import Discussion, discussion


@dataclass(frozen=True)
class CommentAndReplies:
    """In the order in which they were given."""

    comment: Comment
    replies: list[Comment] = field(default_factory=list)


@transaction.atomic
def say(
    by: User, packet: Packet, anchor: str, text: str, *, to: Comment | None = None, answer: str = ""
) -> Comment:
    """A comment on a part of this packet, or a reply to one. Raises Refused."""
    lock(packet)
    refusal = why_not(by, packet)
    if refusal:
        raise Refused(refusal)
    if to is None and anchor not in anchors(document_of(packet)):
        raise Refused("This packet has no such part to speak of.")
    if to is not None and (to.loop_id != packet.loop_id or to.parent_id is not None):
        raise Refused("A reply is given to a comment of this loop.")
    row = Comment.objects.create(
        loop=packet.loop,
        packet=packet,
        anchor=to.anchor if to else anchor,
        parent=to,
        author=by,
        text=text.strip(),
        answer=answer.strip(),
    )
    record(by, "comment.written", packet, row)
    return row


@transaction.atomic
def withdraw(by: User, comment: Comment) -> None:
    """Hide the text of one's own comment; its place stays. Raises Refused."""
    rows = Comment.objects.filter(pk=comment.pk, author=by, withdrawn_at=None)
    if not rows.update(withdrawn_at=timezone.now()):
        raise Refused("Only its author withdraws a comment, and once.")
    audit.record(by, "comment.withdrawn", comment, stream=loop_stream(comment.loop))


def why_not(by: User, packet: Packet) -> str:
    """Why this person may not comment on the packet now, as a sentence; empty where they may."""
    return why_no_word(
        by,
        packet,
        unseated="The discussion is the committee's own.",
        superseded="Go on in the current one.",
        blind="The discussion opens with the votes: until then each member reads for themselves.",
    )


def said(packet: Packet, reader: User) -> dict[str, list[CommentAndReplies]]:
    """By anchor, what was said of the packet's parts up to this version. One query.

    A reply whose comment this reader may not read stands on its own.
    """
    rows = Comment.objects.visible_to(reader).filter(
        loop=packet.loop_id, packet__version__lte=packet.version
    )
    found: dict[str, list[CommentAndReplies]] = {}
    by_id: dict[int, CommentAndReplies] = {}
    for row in rows.select_related("author", "packet").defer("packet__content"):
        if above := by_id.get(row.parent_id or 0):
            above.replies.append(row)
        else:
            by_id[row.pk] = CommentAndReplies(row)
            found.setdefault(row.anchor, []).append(by_id[row.pk])
    return found


def discussion_for(reader: User, packet: Packet, document: PacketDocument) -> Discussion | None:
    """What stands beside the packet for this reader; None for those who do not sit."""
    if not seat_of(reader, packet):
        return None
    comments = said(packet, reader)
    in_debrief = is_in_debrief(reader, packet)
    return discussion(
        document,
        comments,
        is_open=in_debrief or bool(comments),
        may_write=in_debrief and not packet.is_superseded,
    )
