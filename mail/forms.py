"""The words of a kind of mail."""

from typing import Any

from django import forms

from mail.kinds import LONGEST_SUBJECT, MailKind, Words


class MailTextForm(forms.Form):
    subject = forms.CharField(max_length=LONGEST_SUBJECT)
    body = forms.CharField(
        label="Text", max_length=5000, widget=forms.Textarea(attrs={"rows": 12, "dir": "auto"})
    )
    seen = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, kind: MailKind, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind

    def clean_subject(self) -> str:
        return self._checked(" ".join(self.cleaned_data["subject"].split()), is_body=False)

    def clean_body(self) -> str:
        text = self.cleaned_data["body"].replace("\r\n", "\n").strip()
        return self._checked(text, is_body=True)

    def _checked(self, text: str, *, is_body: bool) -> str:
        if found := self.kind.faults(text, is_body=is_body):
            raise forms.ValidationError(found)
        return text

    @property
    def words(self) -> Words:
        """Of a valid form."""
        return Words(self.cleaned_data["subject"], self.cleaned_data["body"])
