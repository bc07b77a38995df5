"""The field for a text that is kept as it was typed."""

from typing import Any

from django import forms

from scorecard.models.evidence import MAX_TEXT


def text(label: str, **more: Any) -> forms.CharField:
    """A text kept as it was typed, but for the line ends that a browser sends."""
    widget = forms.Textarea(attrs={"rows": more.pop("rows", 2), "dir": "auto"})
    return PlainText(
        label=label, required=False, max_length=MAX_TEXT, strip=False, widget=widget, **more
    )


def plain(text: str | None) -> str:
    """As a browser gives a text back: one kind of line end, nothing hanging behind."""
    return (text or "").replace("\r\n", "\n").replace("\r", "\n").rstrip()


class PlainText(forms.CharField):
    def to_python(self, value: Any) -> str:
        return plain(super().to_python(value))
