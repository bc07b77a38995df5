"""Forms by which recruiters set loops up. Rounds are named by the rubric, so the view brings them.

Times are read in the time zone of the person who types them.
"""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Column, Layout, Row
from django import forms
from django.db.models import QuerySet
from django.utils import timezone

from accounts.emails import normalise_email
from accounts.forms import offer, offer_rows
from accounts.models import Role, User
from interviews.models import Candidate, Interview, Level, Opening, SeatRole
from interviews.refusals import Refused
from interviews.times import fault_of, to_utc
from rubric.models import RubricVersion

Rounds = list[tuple[str, str]]


class MomentField(forms.DateTimeField):
    """A date and time in the browser's own picker, as it stands on the wall of who types it."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
        super().__init__(widget=widget, **kwargs)

    def to_python(self, value: Any) -> datetime | None:
        """Without a zone: the form knows which of two equal times is meant."""
        if value in self.empty_values:
            return None
        try:
            return datetime.fromisoformat(str(value).strip()).replace(tzinfo=None)
        except ValueError:
            raise forms.ValidationError(self.error_messages["invalid"], "invalid") from None


class PersonField(forms.ModelChoiceField):  # type: ignore[type-arg]  # no generic when it runs
    """Somebody by name and e-mail, since two people may have one name."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(None, **{"empty_label": "nobody", **kwargs})

    def label_from_instance(self, person: User) -> str:
        left = "" if person.is_active else ", has left"  # before what a narrow screen cuts off
        return f"{person.name}{left} ({person.email})"


class OpeningForm(forms.ModelForm):  # type: ignore[type-arg]  # no generic when it runs
    hiring_manager = PersonField(required=False)
    rounds = forms.MultipleChoiceField(
        widget=forms.CheckboxSelectMultiple, help_text="The rounds that every loop should have."
    )
    rubric_version = forms.ModelChoiceField(
        RubricVersion.objects.all(),
        label="Rubric",
        empty_label="The newest version",
        required=False,
        help_text="What new scorecards are rated against. Those that were begun keep theirs.",
    )
    committee: "forms.ModelMultipleChoiceField[User]" = forms.ModelMultipleChoiceField(
        None,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Seated in each new loop. Loops that are there keep their committee.",
    )
    chair = PersonField(required=False)
    quorum = forms.IntegerField(
        min_value=1,
        max_value=99,
        required=False,
        help_text="Second votes that a decision needs. Empty: more than half of the committee, at"
        " least two.",
    )

    class Meta:
        model = Opening
        fields = ["title", "level", "rounds", "rubric_version", "hiring_manager", "quorum"]

    def __init__(self, *args: Any, rounds: Rounds, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        planned = [(r, r) for r in self.instance.rounds if r not in dict(rounds)]
        offer(self, "rounds", rounds + planned)
        choose = [] if self.instance.level else [("", "choose")]
        offer(self, "level", choose + Level.choices)
        offer_rows(self, "hiring_manager", people())
        self._offer_committee()

    def _offer_committee(self) -> None:
        """Only active committee members are offered; saving unseats everybody else."""
        members = people(Role.COMMITTEE)
        offer_rows(self, "committee", members)
        offer_rows(self, "chair", members)
        if not self.instance._state.adding:
            seats = list(self.instance.committee_seats.all())
            self.initial["committee"] = [seat.person_id for seat in seats]
            chairs = [seat.person_id for seat in seats if seat.is_chair]
            self.initial["chair"] = chairs[0] if chairs else None


class LoopForm(forms.Form):
    name = forms.CharField(max_length=200)
    email = forms.EmailField(
        label="E-mail", max_length=254, help_text="Two loops with one e-mail are one candidate."
    )
    current_title = forms.CharField(max_length=200, required=False)
    current_company = forms.CharField(max_length=200, required=False)

    def clean_email(self) -> str:
        return normalise_email(self.cleaned_data["email"])


class InterviewForm(forms.Form):
    round = forms.ChoiceField()
    repeated = forms.ChoiceField(
        label="The clocks show this time twice",
        choices=[("", "choose"), ("first", "the first time"), ("second", "the second time")],
        required=False,
    )
    starts_at = MomentField(label="Starts")
    ends_at = MomentField(label="Ends")
    lead = PersonField(label="Interviewer", empty_label="choose")
    second = PersonField(label="Second interviewer", required=False)
    shadow = PersonField(
        required=False, help_text="Learns to interview; their scorecard counts for nothing."
    )

    def __init__(
        self, *args: Any, rounds: Rounds, interview: Interview | None = None, **kwargs: Any
    ) -> None:
        seats = {seat.role: seat.person for seat in interview.seats.all()} if interview else {}
        if interview:
            kwargs["initial"] = {
                **{name: getattr(interview, name) for name in ("round", "starts_at", "ends_at")},
                **seats,
                "repeated": _which(interview.starts_at),
            }
            rounds = rounds + [(interview.round, interview.round)] * (
                interview.round not in dict(rounds)
            )
        super().__init__(*args, **kwargs)
        offer(self, "round", rounds)
        self.helper = _without_form_tag(*(["repeated"] if self.initial.get("repeated") else []))
        seated = User.objects.filter(pk__in=[person.pk for person in seats.values()])
        for role in SeatRole.values:
            offer_rows(self, role, people(Role.INTERVIEWER) | seated)

    def clean(self) -> dict[str, Any]:
        """With both times in UTC, and without the answer that was needed to tell them."""
        super().clean()
        data = self.cleaned_data
        for name in ("starts_at", "ends_at"):
            if data.get(name):
                self._to_utc(name)
        starts, ends = data.get("starts_at"), data.get("ends_at")
        fault = fault_of(starts, ends) if starts and ends else ""
        if fault:
            self.add_error("ends_at", fault)
        data.pop("repeated", None)
        return data

    def _to_utc(self, name: str) -> None:
        which = self.cleaned_data.get("repeated")
        second = {"first": False, "second": True}.get(which or "")
        try:
            zone = ZoneInfo(timezone.get_current_timezone_name())
            self.cleaned_data[name] = to_utc(self.cleaned_data[name], zone, second=second)
        except Refused as fault:
            if fault.field:
                self.helper = _without_form_tag(fault.field)
            self.add_error(name, str(fault))
        except OverflowError:
            self.add_error(name, "This is outside of all calendars. Choose another day.")

    @property
    def people(self) -> list[User]:
        """The people chosen for the seats, without fields that are not valid."""
        chosen = [self.cleaned_data.get(role) for role in SeatRole.values]
        return [person for person in chosen if person]


class CommitteeSeatForm(forms.Form):
    person = PersonField(label="Member", empty_label="choose")
    is_chair = forms.BooleanField(label="Chairs the committee", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_rows(self, "person", people(Role.COMMITTEE))


class RecusalForm(forms.Form):
    reason = forms.CharField(
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Kept in the record; only recruiters read it.",
    )


class InterviewUploadForm(forms.Form):
    chosen = forms.FileField(
        label="File",
        allow_empty_file=True,
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.txt,.xlsx"}),
        help_text="CSV (commas, semicolons or tabs) or XLSX, its first sheet.",
        error_messages={"required": "Choose a file."},
    )


class CandidateForm(forms.ModelForm):  # type: ignore[type-arg]  # no generic when it runs
    account = PersonField(
        label="Their account here",
        required=False,
        help_text="An internal candidate. They see nothing of any loop about themselves.",
    )

    class Meta:
        model = Candidate
        fields = ["name", "email", "current_title", "current_company", "account"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_rows(self, "account", people())

    def clean_email(self) -> str:
        return normalise_email(self.cleaned_data["email"])


def _which(moment: datetime | None) -> str:
    """Which of two equal wall-clock times this is; empty where there is only one."""
    if moment is None:
        return ""
    local = timezone.localtime(moment)
    twice = local.replace(fold=0).utcoffset() != local.replace(fold=1).utcoffset()
    return ("second" if local.fold else "first") if twice else ""


def _without_form_tag(*more: str) -> FormHelper:
    """Start and end side by side; the template brings the form's tag and its button."""
    helper = FormHelper()
    helper.form_tag, helper.disable_csrf = False, True
    times = Row(Column("starts_at"), Column("ends_at"))
    helper.layout = Layout("round", times, *more, "lead", "second", "shadow")
    return helper


def people(role: str = "") -> QuerySet[User]:
    """Active people, of one role where it is named, in order of name."""
    found = User.objects.filter(is_active=True)
    return found.filter(roles__contains=[role]) if role else found
