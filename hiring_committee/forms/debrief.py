"""Forms of the debrief: a vote, opening the votes early, the decision, a conflict of interest."""

from collections.abc import Sequence
from typing import Any

from crispy_forms.bootstrap import InlineRadios
from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms

from hiring_committee.decisions import Kind
from hiring_committee.forms.job_related import JobRelatedForm
from hiring_committee.models import Vote
from interviews.models import Level
from scorecard.forms.fields import PlainText
from scorecard.models.card import Recommendation

LONGEST = 10_000  # characters of a reason


def reason(label: str = "Reason", rows: int = 4, **more: Any) -> PlainText:
    """Words that must be there, kept as they were typed."""
    widget = forms.Textarea(attrs={"rows": rows, "dir": "auto"})
    return PlainText(label=label, max_length=LONGEST, strip=False, widget=widget, **more)


def _layout(*fields: Any) -> FormHelper:
    """The template brings the form's tag and its buttons."""
    helper = FormHelper()
    helper.form_tag, helper.disable_csrf = False, True
    helper.layout = Layout(*fields)
    return helper


class VoteForm(JobRelatedForm):
    said = "reason"
    ballot = forms.ChoiceField(choices=Vote.Ballot.choices, widget=forms.HiddenInput)
    choice = forms.ChoiceField(
        label="Your vote",
        choices=Recommendation.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose one of the four. There is no middle."},
    )
    reason = reason(
        help_text="In writing, before you know what others think. Name the evidence.",
        error_messages={"required": "Say why. A vote without a reason cannot be discussed."},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = _layout("ballot", InlineRadios("choice"), *self.said_fields)

    def summary(self) -> list[tuple[str, str]]:
        """What is about to be given, in words."""
        data = self.cleaned_data
        return [
            (Vote.Ballot(data["ballot"]).label, Recommendation(data["choice"]).label),
            ("Reason", data["reason"]),
            *self.stood_by(),
        ]


class OpenEarlyForm(forms.Form):
    reason = reason(
        "Why do you not wait?", rows=3, help_text="Everybody who reads the votes reads it."
    )


class ConflictForm(forms.Form):
    reason = forms.CharField(
        label="What is it?",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        help_text="Kept in the record; only recruiters read it.",
    )


class DecisionForm(JobRelatedForm):
    """`kinds` are those that the flags leave open; `own` is the opening's level."""

    said = "reason"
    kind = forms.ChoiceField(
        label="Decision",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what the committee decided."},
    )
    level = forms.ChoiceField(label="At which level", required=False)
    reason = reason(error_messages={"required": "Say why, for whoever reads it in a year."})
    instead_of = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, kinds: Sequence[Kind], own: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._choices("kind", [(kind.value, kind.label) for kind in kinds])
        others = [(value, label) for value, label in Level.choices if value != own]
        self._choices("level", [("", "choose, for “Hire at another level” only"), *others])
        if Kind.OTHER_LEVEL not in kinds:
            del self.fields["level"]
        self.helper = _layout(
            "kind",
            *(["level"] if "level" in self.fields else []),
            *self.said_fields,
            "instead_of",
        )

    def _choices(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("kind") != Kind.OTHER_LEVEL:
            data["level"] = ""  # chosen before another kind was; the page no longer shows it
        elif not data.setdefault("level", ""):
            self.add_error("level", "Name the level.")
        return data

    def summary(self) -> list[tuple[str, str]]:
        data = self.cleaned_data
        level = [("Level", Level(data["level"]).label)] if data["level"] else []
        kind = ("Decision", Kind(data["kind"]).label)
        return [kind, *level, ("Reason", data["reason"]), *self.stood_by()]
