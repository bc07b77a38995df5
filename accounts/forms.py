"""Forms about people, and what the forms of every app share."""

from collections.abc import Iterable
from typing import Any
from zoneinfo import available_timezones

from allauth.account import forms as allauth
from django import forms
from django.db.models import QuerySet

from accounts.emails import normalise_email
from accounts.models import Role, User


def offer(form: forms.BaseForm, name: str, choices: Iterable[tuple[str, Any]]) -> None:
    """Set the choices of a choice field of this form."""
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = list(choices)


def offer_rows(form: forms.BaseForm, name: str, rows: QuerySet[Any]) -> None:
    """Set the rows that a field offers and accepts."""
    field = form.fields[name]
    assert isinstance(field, forms.ModelChoiceField)
    field.queryset = rows


def time_zones() -> list[tuple[str, str]]:
    """UTC first, then every place that the time zone data knows by continent and city."""
    zones = sorted(z for z in available_timezones() if "/" in z and not z.startswith("Etc/"))
    return [("UTC", "UTC")] + [(zone, zone.replace("_", " ")) for zone in zones]


class TimeZoneField(forms.ChoiceField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(choices=time_zones, **kwargs)


class PlainForm(forms.Form):
    """Drops placeholders: one that repeats the label makes a field look filled in."""

    labels: dict[str, str] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            field.label = self.labels.get(name, field.label)


class SignInForm(PlainForm, allauth.LoginForm):
    labels = {"login": "E-mail"}


class ChangePasswordForm(PlainForm, allauth.ChangePasswordForm):
    labels = {
        "oldpassword": "Current password",
        "password1": "New password",
        "password2": "New password, again",
    }


class SetPasswordForm(PlainForm, allauth.SetPasswordForm):
    labels = {"password1": "Password", "password2": "Password, again"}


class ResetPasswordForm(PlainForm, allauth.ResetPasswordForm):
    labels = {"email": "E-mail"}


class ResetPasswordKeyForm(PlainForm, allauth.ResetPasswordKeyForm):
    labels = SetPasswordForm.labels


class ProfileForm(forms.ModelForm):  # type: ignore[type-arg]  # Django's takes no argument
    time_zone = TimeZoneField(help_text="Times are shown to you, and read from you, in this zone.")

    class Meta:
        model = User
        fields = ["name", "time_zone"]


class PersonForm(forms.ModelForm):  # type: ignore[type-arg]  # as above
    roles = forms.MultipleChoiceField(
        choices=Role.choices, widget=forms.CheckboxSelectMultiple, required=False
    )
    time_zone = TimeZoneField(initial="UTC")

    class Meta:
        model = User
        fields = ["name", "email", "roles", "time_zone"]

    def clean_email(self) -> str:
        email = normalise_email(self.cleaned_data["email"])
        if User.objects.filter(email=email).exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError("Somebody else has this e-mail already.")
        return email

    def clean_roles(self) -> list[str]:
        """Keeps the order of the roles, so that an unchanged choice counts as no change."""
        chosen = set(self.cleaned_data["roles"])
        known = [role for role in self.instance.roles if role in chosen]
        return known + [role for role in Role.values if role in chosen and role not in known]
