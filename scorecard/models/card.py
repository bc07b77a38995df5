"""Scorecards: who may read which, their submitted versions, and the operations synced to them."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.functional import cached_property

from accounts.models import User
from interviews.models import Loop, Seat, about, reachable_as_reader
from rubric.content import Round, Rubric
from rubric.models import RubricVersion
from scorecard.content import CardContent


class Recommendation(models.TextChoices):
    STRONG_NO = "strong_no", "Strong no"
    NO = "no", "No"
    YES = "yes", "Yes"
    STRONG_YES = "strong_yes", "Strong yes"


class Correctness(models.TextChoices):
    NOT_SOLVED = "not_solved", "Not solved"
    PARTLY_SOLVED = "partly_solved", "Partly solved"
    SOLVED = "solved", "Solved"


def due_seats(user: User) -> models.QuerySet[Seat]:
    """Seats of this person whose scorecard was not handed in yet, begun or not."""
    return Seat.objects.of(user).exclude(scorecard__submitted_at__isnull=False)


def owes_for(user: User, candidate: str) -> Exists:
    """Does this person still owe a scorecard for the candidate at this path?"""
    return Exists(due_seats(user).filter(interview__loop__candidate=OuterRef(candidate)))


def begun_seats() -> Exists:
    """Of seats: a scorecard was begun in it."""
    return Exists(Scorecard.objects.filter(seat=OuterRef("pk")))


class ScorecardQuerySet(models.QuerySet["Scorecard"]):
    def visible_to(self, user: User) -> "ScorecardQuerySet":
        """One's own; and others' once submitted, when one owes none for that candidate.

        Others' are open to those who sat in the same loop, to its committee, and to recruiters.
        Only a handed-in card opens colleagues' cards: a begun or abandoned one does not.
        """
        if not user.is_active:
            return self.none()
        loop = "seat__interview__loop"
        in_the_loop = Exists(Seat.objects.of(user).filter(interview__loop=OuterRef(loop)))
        others = (
            Q(submitted_at__isnull=False)
            & (Q(in_the_loop) | reachable_as_reader(user, loop))
            & ~owes_for(user, f"{loop}__candidate")
        )
        return self.filter(Q(seat__person=user) | others).exclude(about(user, f"{loop}__candidate"))

    def editable_by(self, user: User) -> "ScorecardQuerySet":
        """The cards this person writes: their own, handed in or not, and none about themselves."""
        if not user.is_active:
            return self.none()
        own = self.filter(seat__person=user)
        return own.exclude(about(user, "seat__interview__loop__candidate"))

    def with_context(self) -> "ScorecardQuerySet":
        return self.select_related(
            "seat__person", "seat__interview__loop__candidate", "seat__interview__loop__opening"
        )


class Scorecard(models.Model):
    """One interviewer's record of one interview: a working copy, and the versions handed in.

    While `state` is submitted the working copy is locked by a trigger; amending opens it again,
    and readers go on seeing the newest version until the amendment is handed in.
    """

    class State(models.TextChoices):
        DRAFT = "draft", "In progress"
        SUBMITTED = "submitted", "Submitted"
        AMENDING = "amending", "Being amended"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    seat = models.OneToOneField(Seat, on_delete=models.PROTECT, related_name="scorecard")
    rubric_version = models.ForeignKey(RubricVersion, on_delete=models.PROTECT)
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    recommendation = models.CharField(max_length=10, choices=Recommendation.choices, blank=True)
    correctness = models.CharField(max_length=15, choices=Correctness.choices, blank=True)
    summary = models.TextField(blank=True)
    follow_up = models.TextField(blank=True)
    kit = models.JSONField(
        default=dict
    )  # started (ms), prompt, stage.<id> (seconds): as they happened
    field_revisions = models.JSONField(default=dict)  # field or kit entry: revision, for sync
    submitted_at = models.DateTimeField(null=True, blank=True)  # the first time
    created_at = models.DateTimeField(auto_now_add=True)

    objects = ScorecardQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state="draft", submitted_at=None)
                | (~Q(state="draft") & Q(submitted_at__isnull=False)),
                name="scorecard_submitted_has_a_time",
            ),
            models.CheckConstraint(
                condition=Q(recommendation__in=["", *Recommendation.values]),
                name="scorecard_recommendation_known",
            ),
            models.CheckConstraint(
                condition=Q(correctness__in=["", *Correctness.values]),
                name="scorecard_correctness_known",
            ),
        ]

    def __str__(self) -> str:
        return f"Scorecard of {self.seat}"

    @property
    def author(self) -> User:
        return self.seat.person

    @property
    def loop(self) -> Loop:
        return self.seat.interview.loop

    @property
    def is_locked(self) -> bool:
        return self.state == self.State.SUBMITTED

    @cached_property
    def rubric(self) -> Rubric:
        from rubric.models import rubric_of

        return rubric_of(self.rubric_version_id)

    @property
    def round(self) -> Round:
        return self.rubric.rounds[self.seat.interview.round]


class ScorecardVersion(models.Model):
    """What was handed in, whole. Append-only: a change of mind is a further version."""

    class Origin(models.TextChoices):
        SUBMISSION = "submission", "Submitted"
        AMENDMENT = "amendment", "Amended"
        IMPORT = "import", "Imported anew"  # the same card out of a file that knows more

    scorecard = models.ForeignKey(Scorecard, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    origin = models.CharField(max_length=10, choices=Origin.choices, default=Origin.SUBMISSION)
    content = models.JSONField()
    digest = models.CharField(max_length=80)
    reason = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    seen_others = models.PositiveIntegerField(default=0)  # others' cards open to `by` at that time
    source = models.JSONField(default=dict)  # of an import: format, file, updated_at

    class Meta:
        ordering = ["scorecard", "number"]
        constraints = [
            models.UniqueConstraint(fields=["scorecard", "number"], name="version_number_once"),
            models.CheckConstraint(
                condition=Q(origin="submission") | ~Q(reason=""), name="change_has_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"Version {self.number} of {self.scorecard_id}"

    @cached_property
    def card(self) -> CardContent:
        return CardContent.from_dict(self.content)


class SyncOperation(models.Model):
    """An operation of the live page that was carried out: sent twice, it is answered from here."""

    id = models.UUIDField(primary_key=True)  # made by the browser
    scorecard = models.ForeignKey(Scorecard, on_delete=models.PROTECT, related_name="operations")
    kind = models.CharField(max_length=20)
    entity = models.CharField(max_length=60)
    at = models.DateTimeField(auto_now_add=True)
    result = models.JSONField()

    def __str__(self) -> str:
        return f"{self.kind} {self.entity}"
