"""Candidates, openings, loops, interviews, who sits in them, and tables of them."""

import uuid
from typing import Any, Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Lower
from django.urls import reverse

from accounts.models import Role, User
from config.jobs.upload_rows import Upload, UploadQuerySet
from interviews.scorecard_facts import begun
from rubric.content import Rubric
from rubric.models import RubricVersion, rubric_of


class Level(models.TextChoices):
    JUNIOR = "junior", "Junior"
    MID = "mid", "Mid"
    SENIOR = "senior", "Senior"
    STAFF = "staff", "Staff"


class Record(models.Model):
    """A row that may be known under an id of another system, unique where it is given."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    external_id = models.CharField(max_length=200, null=True, blank=True, unique=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        abstract = True


class OpeningQuerySet(models.QuerySet["Opening"]):
    def visible_to(self, user: User) -> "OpeningQuerySet":
        """Every opening for recruiters; for others those of the loops that they may know of."""
        if user.is_recruiter:
            return self
        return self.filter(Exists(Loop.objects.visible_to(user).filter(opening=OuterRef("pk"))))


class Opening(Record):
    title = models.CharField(max_length=200)
    level = models.CharField(max_length=10, choices=Level.choices)
    rounds = ArrayField(models.SlugField(max_length=40), default=list)  # the plan
    quorum = models.PositiveSmallIntegerField(null=True, blank=True)  # None: docs/committee.md
    hiring_manager = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    # What new scorecards are rated against; null for whichever is the newest.
    rubric_version = models.ForeignKey(
        RubricVersion, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    # What is asked instead of the level's bar, as `rubric.parsing.parse_bar` reads it; {}: the bar.
    bar = models.JSONField(default=dict, blank=True)

    objects = OpeningQuerySet.as_manager()

    class Meta:
        ordering = ["title"]
        constraints = [
            models.CheckConstraint(condition=Q(level__in=Level.values), name="opening_level_known"),
            models.CheckConstraint(
                condition=Q(quorum=None) | Q(quorum__gte=1), name="opening_quorum_from_1"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def current_rubric(self) -> Rubric:
        """What its new scorecards are rated against; raises RubricVersion.DoesNotExist."""
        return rubric_of(self.rubric_version_id or RubricVersion.objects.current().pk)


class OpeningSeat(models.Model):
    """Who sits on the committee of each new loop; loops that are there keep theirs."""

    opening = models.ForeignKey(Opening, on_delete=models.CASCADE, related_name="committee_seats")
    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    is_chair = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["opening", "person"], name="one_opening_seat_per_person"
            ),
            models.UniqueConstraint(
                fields=["opening"], condition=Q(is_chair=True), name="one_chair_per_opening"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} on the committee for {self.opening}"


class CandidateQuerySet(models.QuerySet["Candidate"]):
    def visible_to(self, user: User) -> "CandidateQuerySet":
        """The candidates of the loops that this person may know of; never themselves."""
        return self.filter(Exists(Loop.objects.visible_to(user).filter(candidate=OuterRef("pk"))))


class Candidate(Record):
    name = models.CharField(max_length=200)
    email = models.EmailField("e-mail", max_length=254, unique=True)
    current_title = models.CharField(max_length=200, blank=True)
    current_company = models.CharField(max_length=200, blank=True)
    account = models.OneToOneField(  # an internal candidate, walled off from their own loop
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="candidacy",
    )

    objects = CandidateQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(email=Lower("email")), name="candidate_email_lower_case"
            )
        ]

    def __str__(self) -> str:
        return self.name


class LoopQuerySet(models.QuerySet["Loop"]):
    def visible_to(self, user: User) -> "LoopQuerySet":
        """Loops that this person may know of: they interview, sit on the committee, or recruit.

        Recused committee members and internal candidates see nothing, not even a count. Nor does
        anybody whose interview was cancelled before they wrote a word.
        """
        if not user.is_active:
            return self.none()
        sits_in = Exists(Seat.objects.taken().filter(person=user, interview__loop=OuterRef("pk")))
        allowed = Q(sits_in) | reachable_as_reader(user, "pk")
        return self.filter(allowed).exclude(about(user, "candidate"))

    def planned_by(self, recruiter: User) -> "LoopQuerySet":
        """Visible loops, but not those that a recused recruiter knows as an interviewer only."""
        return self.visible_to(recruiter).filter(reachable_as_reader(recruiter, "pk"))


class Loop(models.Model):
    """One candidate's way through the interviews for one opening."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    opening = models.ForeignKey(Opening, on_delete=models.PROTECT, related_name="loops")
    candidate = models.ForeignKey(Candidate, on_delete=models.PROTECT, related_name="loops")
    created_at = models.DateTimeField(auto_now_add=True)

    objects = LoopQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["opening", "candidate"], name="one_loop_per_candidate_and_opening"
            )
        ]

    def __str__(self) -> str:
        return f"{self.candidate} for {self.opening}"


class InterviewQuerySet(models.QuerySet["Interview"]):
    def visible_to(self, user: User) -> "InterviewQuerySet":
        return self.filter(loop__in=Loop.objects.visible_to(user))


class Interview(Record):
    """One round of a loop, at a time; an all-day event of a calendar has a day instead."""

    loop = models.ForeignKey(Loop, on_delete=models.PROTECT, related_name="interviews")
    round = models.SlugField(max_length=40, db_index=False)
    starts_at = models.DateTimeField(null=True, blank=True)
    ends_at = models.DateTimeField(null=True, blank=True)
    day = models.DateField(null=True, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)

    objects = InterviewQuerySet.as_manager()

    class Meta:
        ordering = ["starts_at", "day", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(day__isnull=True, ends_at__gt=F("starts_at"))
                | Q(day__isnull=False, starts_at__isnull=True, ends_at__isnull=True),
                name="interview_ends_after_it_starts",
            )
        ]

    def __str__(self) -> str:
        return f"{self.round} of {self.loop}"


class SeatRole(models.TextChoices):
    LEAD = "lead", "Interviewer"
    SECOND = "second", "Second interviewer"
    SHADOW = "shadow", "Shadow"


class SeatQuerySet(models.QuerySet["Seat"]):
    def of(self, user: User) -> "SeatQuerySet":
        """This person's seats: not cancelled, and not in a loop about themselves."""
        return self.filter(person=user, interview__cancelled_at=None).exclude(
            about(user, "interview__loop__candidate")
        )

    def taken(self) -> "SeatQuerySet":
        """Without seats in cancelled interviews, unless a scorecard had been begun."""
        return self.filter(Q(interview__cancelled_at=None) | Q(begun()))


class Seat(Record):
    """A person in an interview. A shadow's card is for training and enters nothing."""

    interview = models.ForeignKey(Interview, on_delete=models.PROTECT, related_name="seats")
    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="seats")
    role = models.CharField(max_length=10, choices=SeatRole.choices, default=SeatRole.LEAD)

    objects = SeatQuerySet.as_manager()

    class Meta:
        ordering = ["interview__starts_at", "role", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["interview", "person"], name="one_seat_per_person_and_interview"
            ),
            models.UniqueConstraint(
                fields=["interview"], condition=Q(role="lead"), name="one_lead_per_interview"
            ),
            models.CheckConstraint(condition=Q(role__in=SeatRole.values), name="seat_role_known"),
        ]

    def __str__(self) -> str:
        return f"{self.person} in {self.interview}"


class CommitteeSeatQuerySet(models.QuerySet["CommitteeSeat"]):
    """A conflict of interest that follows from the data recuses as a declared one does."""

    def recused(self) -> "CommitteeSeatQuerySet":
        return self.filter(Q(recused_at__isnull=False) | found_conflict("person", "loop"))

    def unrecused(self) -> "CommitteeSeatQuerySet":
        return self.filter(recused_at=None).exclude(found_conflict("person", "loop"))

    def sitting(self) -> "CommitteeSeatQuerySet":
        """Who may read, vote and decide: not recused, active, and still a committee member."""
        return self.unrecused().filter(
            person__is_active=True, person__roles__contains=[Role.COMMITTEE]
        )


class CommitteeSeat(models.Model):
    """A member of the committee for one loop; recused from the moment `recused_at` is set."""

    loop = models.ForeignKey(Loop, on_delete=models.PROTECT, related_name="committee_seats")
    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="committee_seats")
    is_chair = models.BooleanField(default=False)
    recused_at = models.DateTimeField(null=True, blank=True)
    recusal_reason = models.CharField(max_length=500, blank=True)

    objects = CommitteeSeatQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["loop", "person"], name="one_committee_seat_per_person"
            ),
            models.UniqueConstraint(
                fields=["loop"],
                condition=Q(is_chair=True, recused_at=None),
                name="one_chair_per_loop",
            ),
            models.CheckConstraint(
                condition=Q(recused_at=None) | ~Q(recusal_reason=""), name="recusal_has_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} on the committee for {self.loop}"

    @property
    def may_sit(self) -> bool:
        """Is the holder still a committee member? Does not look for conflicts of interest."""
        return self.recused_at is None and self.person.is_committee


def about(user: User, candidate: str) -> Q:
    """True for rows whose candidate is this person, by linked account or by e-mail."""
    return Q(**{f"{candidate}__account": user}) | Q(**{f"{candidate}__email": user.email})


def found_conflict(person: User | str, loop: str) -> Q:
    """True for rows whose loop (a path) is a conflict of interest for the person (or a path).

    They interview in it (a cancelled interview counts once a scorecard was begun), hire for it, or
    are its candidate. For votes and decisions the database has the same rule in its function
    `committee_conflict`.
    """
    who: Any = OuterRef(person) if isinstance(person, str) else person
    email = OuterRef(f"{person}__email") if isinstance(person, str) else person.email
    interviews = Seat.objects.taken().filter(person=who, interview__loop=OuterRef(loop))
    stakes = Loop.objects.filter(pk=OuterRef(loop)).filter(
        Q(opening__hiring_manager=who) | Q(candidate__account=who) | Q(candidate__email=email)
    )
    return Q(Exists(interviews)) | Q(Exists(stakes))


def reachable_as_reader(user: User, loop: str) -> Q:
    """True for rows of loops that this person reads as a recruiter or on the committee.

    `loop` is the path from the row to the loop's key. Somebody with a committee seat who is
    recused, by declaration or by a conflict that was found, reads it in neither role.
    """
    seats = CommitteeSeat.objects.filter(person=user, loop=OuterRef(loop))
    if user.is_recruiter:
        return Q(~Exists(seats.recused()))
    if user.is_committee:
        return Q(Exists(seats.sitting()))
    return Q(pk__in=[])


class InterviewUploadQuerySet(UploadQuerySet["InterviewUpload"]):
    def visible_to(self, user: User) -> Self:
        """One's own, for a day; openings come and go with the recruiter's role."""
        return self.kept_for(user) if user.is_recruiter else self.none()


class InterviewUpload(Upload):
    """A table for one opening: the file until it is read, then its rows and what each would do.

    What was carried out keeps its figures and not its rows: they are in the loops by then.
    """

    step_titles = {"read": "Reading the file", "carry_out": "Adding candidates and interviews"}
    opening = models.ForeignKey(Opening, on_delete=models.CASCADE, related_name="+")
    file_name = models.CharField(max_length=200)
    time_zone = models.CharField(max_length=64)  # of times in rows that name none
    refusal = models.TextField(blank=True)  # why the file as a whole cannot be used
    table = models.JSONField(default=dict)  # as `interviews.upload.table` reads it
    # As `interviews.upload.plan_json` packs it.
    plan = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    is_refused = models.BooleanField(default=False)  # a row of the plan is, so none can be done
    news = models.TextField(blank=True)  # why the plan is another than the one that was confirmed
    made = models.JSONField(default=dict)  # how many of each were added or changed

    objects = InterviewUploadQuerySet.as_manager()

    class Meta(Upload.Meta):
        constraints = [
            *Upload.Meta.constraints,
            models.CheckConstraint(
                condition=~Q(step="carry_out", state="done") | Q(table={}, plan={}),
                name="carried_out_upload_keeps_no_rows",
            ),
        ]

    def __str__(self) -> str:
        return self.file_name

    def get_absolute_url(self) -> str:
        return reverse("interview_upload", args=[self.opening_id, self.pk])
