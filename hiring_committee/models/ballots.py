"""Votes on a packet: two blind ballots, and the moment from which everybody reads them."""

import uuid
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Now

from accounts.models import User
from interviews.models import CommitteeSeat, Level, Loop, found_conflict
from packets.models import Packet
from scorecard.access import OfLoopQuerySet
from scorecard.models.card import Recommendation as Choice


class DecisionQuerySet(OfLoopQuerySet):
    def current(self) -> Self:
        return self.filter(superseded_at=None)


class Decision(models.Model):
    """One decision, by a named person, against the version of the packet that was read.

    Who may record one, and when, is kept by the trigger `decision_allowed`;
    `superseded_at` is set once, by the decision that `supersedes` this one.
    """

    class Kind(models.TextChoices):
        HIRE = "hire", "Hire"
        NO_HIRE = "no_hire", "No hire"
        OTHER_LEVEL = "other_level", "Hire at another level"
        MORE_EVIDENCE = "more_evidence", "More evidence"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    loop = models.ForeignKey(Loop, on_delete=models.PROTECT, related_name="decisions")
    packet = models.ForeignKey(Packet, on_delete=models.PROTECT, related_name="decisions")
    kind = models.CharField(max_length=15, choices=Kind.choices)
    level = models.CharField(max_length=10, choices=Level.choices, blank=True)  # of OTHER_LEVEL
    reason = models.TextField()
    answer = models.TextField(blank=True)  # why a challenged remark stands
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(db_default=Now())
    supersedes = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="superseded_by"
    )
    superseded_at = models.DateTimeField(null=True, blank=True)

    objects = DecisionQuerySet.as_manager()

    class Meta:
        ordering = ["-decided_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["loop"], condition=Q(superseded_at=None), name="one_current_decision"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["hire", "no_hire", "more_evidence"], level="")
                | Q(kind="other_level", level__in=Level.values),
                name="decision_kind_known_and_level_where_another",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="decision_has_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.says} for {self.loop}"

    @property
    def says(self) -> str:
        """In words: with the level where it is another one."""
        if self.kind == self.Kind.OTHER_LEVEL:
            return f"Hire as {self.get_level_display().lower()}"
        return self.get_kind_display()


class VoteQuerySet(OfLoopQuerySet):
    to_loop = "packet__loop"

    def visible_to(self, user: User) -> Self:
        """One's own; and, of those who are not recused, others' once the votes are open.

        A member who has not voted goes on seeing nothing until they have, or it is decided.
        Whoever interviews in the loop or hires for it reads no votes, in whatever role.
        """
        loop = self.to_loop
        seats = CommitteeSeat.objects.sitting().filter(person=user, loop=OuterRef(loop))
        voted = Vote.objects.filter(
            seat__person=user, packet=OuterRef("packet"), ballot=Vote.Ballot.SECOND
        )
        decided = Decision.objects.filter(packet=OuterRef("packet"))
        open_to_them = Q(packet__ballot_opening__isnull=False) & (
            ~Exists(seats) | Exists(voted) | Exists(decided)
        )
        rows = super().visible_to(user).counted().exclude(found_conflict(user, loop))
        return rows.filter(Q(seat__person=user) | open_to_them)

    def counted(self) -> Self:
        """Without the votes of members who were recused since: those stay in the record alone."""
        return self.filter(Exists(CommitteeSeat.objects.unrecused().filter(pk=OuterRef("seat"))))

    def second(self) -> Self:
        return self.filter(ballot=Vote.Ballot.SECOND)


class Vote(models.Model):
    """One ballot of one member on one packet, as it was given: a row is never changed.

    Who may vote, and when, is kept by the trigger `vote_allowed`. `confirms` is the same member's
    same vote on an earlier packet, where they let it stand for this one.
    """

    class Ballot(models.TextChoices):
        FIRST = "first", "First vote"
        SECOND = "second", "Second vote"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    packet = models.ForeignKey(Packet, on_delete=models.PROTECT, related_name="votes")
    seat = models.ForeignKey(CommitteeSeat, on_delete=models.PROTECT, related_name="votes")
    ballot = models.CharField(max_length=6, choices=Ballot.choices)
    choice = models.CharField(max_length=10, choices=Choice.choices)
    reason = models.TextField()
    answer = models.TextField(blank=True)  # why a challenged remark stands
    at = models.DateTimeField(db_default=Now())
    confirms = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = VoteQuerySet.as_manager()

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["packet", "seat", "ballot"], name="one_vote_a_member_and_ballot"
            ),
            models.CheckConstraint(
                condition=Q(ballot__in=["first", "second"]), name="vote_ballot_known"
            ),
            models.CheckConstraint(condition=Q(choice__in=Choice.values), name="vote_choice_known"),
            models.CheckConstraint(condition=~Q(reason=""), name="vote_has_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.get_ballot_display()} on packet {self.packet_id}"


class BallotOpening(models.Model):
    """The moment from which the votes on a packet are open, with names and reasons.

    `by` and `reason` are empty where the last vote came in; a chair who opens them before that
    says why.
    """

    packet = models.OneToOneField(Packet, on_delete=models.PROTECT, related_name="ballot_opening")
    at = models.DateTimeField(db_default=Now())
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    reason = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(by=None, reason="") | (Q(by__isnull=False) & ~Q(reason="")),
                name="early_opening_has_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"Votes on packet {self.packet_id} are open"


def debrief_open_to(user: User) -> Q:
    """True of rows of a `packet` whose votes are open to this person, as votes themselves are.

    A member who has voted neither on that packet nor on a later one reads nothing of it, unless
    it is decided: what colleagues wrote there would be in their mind when they vote. Others who
    may read the packet at all, recruiters, wait for the votes to open.
    """
    loop, since = OuterRef("packet__loop"), OuterRef("packet__version")
    seats = CommitteeSeat.objects.sitting().filter(person=user, loop=loop)
    voted = Vote.objects.second().filter(
        seat__person=user, packet__loop=loop, packet__version__gte=since
    )
    decided = Decision.objects.filter(packet__loop=loop, packet__version__gte=since)
    opened = BallotOpening.objects.filter(packet=OuterRef("packet"))
    return Q(Exists(opened)) & (Q(~Exists(seats)) | Q(Exists(voted)) | Q(Exists(decided)))


def is_in_debrief(user: User, packet: Packet) -> bool:
    """Are the votes on this packet open to this person? One query."""
    return BallotOpening.objects.filter(packet=packet).filter(debrief_open_to(user)).exists()
