"""Resolving a flag: what was found, by which evidence, and why."""

from collections.abc import Sequence
from typing import Any

from crispy_forms.layout import Field
from django import forms

from accounts.forms import offer
from hiring_committee.forms.job_related import JobRelatedForm
from hiring_committee.models import Outcome
from scorecard.forms.fields import text
from scorecard.forms.layout import part_of_page

SAYS = {
    Outcome.UPHELD: "Upheld: the risk is real. It does not mean rejected.",
    Outcome.MITIGATED: "Mitigated: other evidence outweighs it.",
    Outcome.NOT_SUPPORTED: "Not supported: the notes do not show it.",
    Outcome.NEEDS_INTERVIEW: "Needs another interview: the recruiter is asked for one.",
}


class ResolutionForm(JobRelatedForm):
    """`notes` are those offered as evidence: ref and words. `after` is what was read before."""

    said = "reason"
    outcome = forms.ChoiceField(
        label="What did you find?", choices=SAYS.items(), widget=forms.RadioSelect
    )
    evidence = forms.MultipleChoiceField(
        label="By which notes? One at least",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    reason = text("Why?", rows=4, help_text="Kept under your name, for everybody who reads it.")
    after = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, notes: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = True
        offer(self, "evidence", notes)
        said = map(Field, self.said_fields)
        self.helper = part_of_page("outcome", "evidence", *said, "after")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("outcome") == Outcome.MITIGATED and not cleaned.get("evidence"):
            self.add_error("evidence", "Choose the notes by which it is mitigated, at least one.")
        return cleaned
