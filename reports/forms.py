"""The form by which an export is asked for."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Column, Layout, Row
from django import forms

from accounts.forms import offer
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
