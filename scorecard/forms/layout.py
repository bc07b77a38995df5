"""Layout objects for crispy-forms: a part of a form that a template of ours draws."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout, LayoutObject
from django.forms import BaseForm
from django.template import Context
from django.template.loader import render_to_string
from django.utils.safestring import SafeString


class Partial(LayoutObject):  # type: ignore[misc,unused-ignore]  # crispy has no types
    """The named fields, drawn by `template`, which gets the form as `form`."""

    def __init__(self, template: str, *fields: str) -> None:
        self.template, self.fields = template, list(fields)

    def render(self, form: BaseForm, context: Context, **_: Any) -> SafeString:
        form.rendered_fields.update(self.fields)  # type: ignore[attr-defined]  # crispy adds it
        return render_to_string(self.template, {"form": form})


def part_of_page(*fields: Any) -> FormHelper:
    """A helper for a form that shares the page's one form element and its CSRF token."""
    helper = FormHelper()
    helper.form_tag = False
    helper.disable_csrf = True
    helper.layout = Layout(*fields)
    return helper
