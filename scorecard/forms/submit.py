"""The submit page's form: a reason for each finding that is stood by, and one for an amendment."""

from collections.abc import Sequence
from typing import Any

from crispy_forms.layout import Field
from django import forms

from scorecard.content import Answer
from scorecard.findings import Finding
from scorecard.forms.fields import text
from scorecard.forms.layout import Partial, part_of_page


class SubmitForm(forms.Form):
    """`seen` is the digest of the content that the person was shown; it must still be that.

    `links` are the addresses of the rating page and the live page, where findings lead.
    """

    seen = forms.CharField(widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        findings: Sequence[Finding],
        given: Sequence[Answer],
        links: dict[str, str],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.findings, self.links = findings, links
        reasons = {(answer.code, answer.where): answer.reason for answer in given}
        self.reasons = {
            f"reason-{each.code}-{each.where}": each for each in findings if each.answerable
        }
        for name, finding in self.reasons.items():
            self.fields[name] = text("Your reason, if you stand by it", rows=1)
            self.fields[name].initial = reasons.get(finding.key, "")
            about = f"what-{finding.code}-{finding.where}"
            self.fields[name].widget.attrs["aria-describedby"] = about
        self.helper = part_of_page("seen", Partial("scorecard/partials/findings.html"))

    def of_level(self, level: str) -> list[tuple[Finding, forms.BoundField | None]]:
        names = {finding.key: name for name, finding in self.reasons.items()}
        return [
            (each, self[names[each.key]] if each.key in names else None)
            for each in self.findings
            if each.level == level
        ]

    @property
    def hard(self) -> list[tuple[Finding, forms.BoundField | None]]:
        return self.of_level("hard")

    @property
    def soft(self) -> list[tuple[Finding, forms.BoundField | None]]:
        return self.of_level("soft")

    @property
    def answers(self) -> list[Answer]:
        """The reasons that were given, for the record."""
        given = ((self.cleaned_data.get(name, ""), each) for name, each in self.reasons.items())
        return [Answer(each.code, each.where, said.strip()) for said, each in given if said.strip()]


class AmendmentReasonForm(forms.Form):
    reason = text(
        "Why do you amend it?",
        rows=2,
        help_text="Kept beside what changed, for everybody who reads the card.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = True
        self.helper = part_of_page(Field("reason"))
