"""What a committee says of a packet once its votes are open, each word tied to a part of it."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q

from accounts.models import User
from hiring_committee.models.ballots import debrief_open_to
from interviews.models import CommitteeSeat, Loop
from packets.models import Packet
from scorecard.access import OfLoopQuerySet


class CommentQuerySet(OfLoopQuerySet):
    def visible_to(self, user: User) -> Self:
        """The members' alone, once the votes are open to them.

        Recruiters read the decision and its reason, not the way there: a committee that is
        overheard by whoever is to fill the opening speaks otherwise.
        """
        seats = CommitteeSeat.objects.sitting().filter(person=user, loop=OuterRef("loop"))
        return super().visible_to(user).filter(Exists(seats), debrief_open_to(user))


class Comment(models.Model):
    """One comment, or a reply to one, on a part of a packet (packets/content/anchors.py).

    Append-only: a correction is another comment. Its author may withdraw it, once: the place
    stays, and so does the text in the record, but the page shows it no more. `discussion.say`
    refuses whoever does not sit in the committee, votes that are not open, a superseded packet.
    """

    loop = models.ForeignKey(Loop, on_delete=models.PROTECT, related_name="comments")
    packet = models.ForeignKey(Packet, on_delete=models.PROTECT, related_name="comments")
    anchor = models.CharField(max_length=100)
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="replies"
    )
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    text = models.TextField()
    answer = models.TextField(blank=True)  # why a challenged remark stands
    at = models.DateTimeField(auto_now_add=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = CommentQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["loop", "anchor"], name="comments_of_a_part")]
        constraints = [
            models.CheckConstraint(condition=Q(text__regex=r"\S"), name="comment_says_something"),
            models.CheckConstraint(condition=~Q(anchor=""), name="comment_has_its_place"),
        ]

    def __str__(self) -> str:
        return f"Comment on {self.anchor} of {self.packet}"
