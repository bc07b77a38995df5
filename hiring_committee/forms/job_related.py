"""A text of the committee that is challenged where it is not about the work, as notes are."""

from typing import Any

from django import forms

from scorecard.forms.fields import text
from scorecard.wording.remarks import remarks


class JobRelatedForm(forms.Form):
    """A form whose `said` names a text field: remarks in it need a reason, or other words."""

    said: str
    answer = text("How it bears on the job, if you stand by it", rows=2)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        found = remarks(cleaned.get(self.said) or "")
        if not found:
            cleaned["answer"] = ""
        elif not cleaned.get("answer", "").strip():
            for remark in found[:3]:
                self.add_error(self.said, f"“{remark.text}”: {remark.advice}")
        return cleaned

    @property
    def is_challenged(self) -> bool:
        """Is there a remark to stand by? Only then is a reason asked for."""
        return self.is_bound and bool(remarks(self.data.get(self.add_prefix(self.said), "")))

    @property
    def said_fields(self) -> list[str]:
        """The text, and the reason for it where one is asked for, to be laid out in this order."""
        return [self.said, "answer"] if self.is_challenged else [self.said]

    def stood_by(self) -> list[tuple[str, str]]:
        """Of a valid form: why a remark stays, for a summary."""
        answer = self.cleaned_data["answer"]
        return [("Kept, since it is about the job", answer)] if answer else []
