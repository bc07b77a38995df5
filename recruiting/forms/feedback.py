"""Forms around a candidate's feedback: the letter, whom to ask, and the answer."""

from typing import Any

from django import forms
from django.db.models import QuerySet

from accounts.forms import offer_rows
from accounts.models import User
from interviews.forms import PersonField
from recruiting.models.feedback import MAX_LETTER


class LetterForm(forms.Form):
    text = forms.CharField(
        label="Letter",
        max_length=MAX_LETTER,
        widget=forms.Textarea(attrs={"rows": 24, "spellcheck": "true"}),
        help_text="Plain text. Lines that begin with - are a list.",
        error_messages={"required": "The letter is empty. Write it, or go back to the draft."},
    )
    seen = forms.IntegerField(widget=forms.HiddenInput)


class AskForm(forms.Form):
    """Its field is sent with the letter, so that the text that was typed is the one to check."""

    of = PersonField(
        label="Ask somebody to check it",
        required=False,  # the letter is also kept without asking anybody
        empty_label="choose",
        widget=forms.Select(attrs={"form": "letter"}),
    )

    def __init__(self, *args: Any, people: QuerySet[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_rows(self, "of", people)


class AnswerForm(forms.Form):
    approves = forms.TypedChoiceField(
        label="Your answer",
        choices=[("yes", "It can be sent"), ("no", "It needs a change")],
        coerce=lambda chosen: chosen == "yes",
        widget=forms.RadioSelect,
        error_messages={"required": "Say whether it can be sent."},
    )
    remark = forms.CharField(
        label="Remark",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Needed where it needs a change: say which.",
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("approves") is False and not data.get("remark", "").strip():
            self.add_error("remark", "Say what should change.")
        return data
