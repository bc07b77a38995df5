"""Marking a committee's task done by hand."""

from typing import Any

from django import forms

from scorecard.forms.fields import text


class TaskDoneForm(forms.Form):
    reason = text(
        "How was it done, or why is it not needed?",
        rows=2,
        help_text="The committee reads it. It is done by itself once a round that tests the"
        " dimension is scheduled.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = True
