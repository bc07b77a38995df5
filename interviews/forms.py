"""Forms by which recruiters set loops up. Rounds are named by the rubric, so the view brings them.

Times are read in the time zone of the person who types them.
"""

from collections.abc import Sequence
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Column, Layout, Row
from django import forms

from accounts.emails import normalise_email
from accounts.models import Role, User
from interviews.models import Interview, Opening, SeatRole

Rounds = list[tuple[str, str]]


class MomentField(forms.DateTimeField):
    """A date and time in the browser's own picker."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
        super().__init__(widget=widget, **kwargs)


class PersonField(forms.ModelChoiceField):
    """Somebody by name and e-mail, since two people may have one name."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(None, **{"empty_label": "nobody", **kwargs})

    def label_from_instance(self, person: User) -> str:
        return f"{person.name} ({person.email})"


class OpeningForm(forms.ModelForm):
    hiring_manager = PersonField(required=False)
    rounds = forms.MultipleChoiceField(
        widget=forms.CheckboxSelectMultiple, help_text="The rounds that every loop should have."
    )

    rubric_number = forms.TypedChoiceField(
        label="Rubric",
        coerce=int,
        empty_value=None,
        required=False,
        help_text="What new scorecards are rated against. Those that were begun keep theirs.",
    )
    committee = forms.ModelMultipleChoiceField(
        None,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Seated in each new loop. Loops that are there keep their committee.",
    )
    chair = PersonField(required=False)

    class Meta:
        model = Opening
        fields = ["title", "level", "rounds", "rubric_number", "hiring_manager"]

    def __init__(
        self, *args: Any, rounds: Rounds, rubrics: Sequence[int] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        planned = [(r, r) for r in self.instance.rounds if r not in dict(rounds)]
        self.fields["rounds"].choices = rounds + planned
        numbers = [(str(n), f"Version {n}") for n in rubrics]
        self.fields["rubric_number"].choices = [("", "The newest version"), *numbers]
        self.fields["hiring_manager"].queryset = people()
        self._offer_committee()

    def _offer_committee(self) -> None:
        """Members who are here; who left or lost the role is not offered, and so unseated."""
        members = people(Role.COMMITTEE)
        self.fields["committee"].queryset = self.fields["chair"].queryset = members
        if not self.instance._state.adding:
            seats = list(self.instance.committee_seats.all())
            self.initial["committee"] = [seat.person_id for seat in seats]
            chairs = [seat.person_id for seat in seats if seat.is_chair]
            self.initial["chair"] = chairs[0] if chairs else None

    @property
    def settled(self) -> dict[str, Any]:
        """The committee of new loops, for `save_opening`."""
        return {name: self.cleaned_data[name] for name in ("committee", "chair")}


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
            }
            rounds = rounds + [(interview.round, interview.round)] * (
                interview.round not in dict(rounds)
            )
        super().__init__(*args, **kwargs)
        self.fields["round"].choices = rounds
        self.helper = _without_form_tag()
        already = [person.pk for person in seats.values()]
        for role in SeatRole.values:
            self.fields[role].queryset = people(Role.INTERVIEWER) | User.objects.filter(
                pk__in=already
            )

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        starts, ends = data.get("starts_at"), data.get("ends_at")
        if starts and ends and ends <= starts:
            self.add_error("ends_at", "The end must be after the start.")
        if starts and ends and (ends - starts).total_seconds() > 12 * 3600:
            self.add_error("ends_at", "No interview is longer than twelve hours.")
        return data


class CommitteeSeatForm(forms.Form):
    person = PersonField(label="Member", empty_label="choose")
    is_chair = forms.BooleanField(label="Chairs the committee", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = people(Role.COMMITTEE)


class RecusalForm(forms.Form):
    reason = forms.CharField(
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Kept in the record; only recruiters read it.",
    )


def _without_form_tag() -> FormHelper:
    """Start and end side by side; the template brings the form's tag and its button."""
    helper = FormHelper()
    helper.form_tag, helper.disable_csrf = False, True
    times = Row(Column("starts_at"), Column("ends_at"))
    helper.layout = Layout("round", times, "lead", "second", "shadow")
    return helper


def people(role: str = "") -> Any:
    """Active people, of one role where it is named, in order of name."""
    found = User.objects.filter(is_active=True)
    return found.filter(roles__contains=[role]) if role else found
