"""The form by which an export is asked for, and the season that an address names."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Column, Layout, Row
from django import forms

from accounts.forms import offer
from reports.agreement.report import Season
from reports.models import ExportFormat, ExportKind


class ExportForm(forms.Form):
    kind = forms.ChoiceField(label="What")
    format = forms.ChoiceField(label="Format", choices=ExportFormat.choices)

    def __init__(self, *args: Any, kinds: list[ExportKind], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "kind", [(kind.value, kind.label) for kind in kinds])
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = Layout(Row(Column("kind"), Column("format")))


class SeasonForm(forms.Form):
    """`?opening=<id>&from=<day>&to=<day>`; what cannot be read is no choice."""

    opening = forms.UUIDField(required=False)
    since = forms.DateField(required=False, input_formats=["%Y-%m-%d"])
    until = forms.DateField(required=False, input_formats=["%Y-%m-%d"])

    def add_prefix(self, field_name: str) -> str:
        return {"since": "from", "until": "to"}.get(field_name, field_name)

    def season(self) -> Season:
        self.full_clean()
        return Season(**self.cleaned_data)
