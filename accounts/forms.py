"""Forms about people."""

from zoneinfo import available_timezones

from allauth.account.forms import LoginForm
from django import forms

from accounts.emails import normalise_email
from accounts.models import Role, User


def time_zones() -> list[tuple[str, str]]:
    """UTC first, then every place that the time zone data knows by continent and city."""
    zones = sorted(z for z in available_timezones() if "/" in z and not z.startswith("Etc/"))
    return [("UTC", "UTC")] + [(zone, zone.replace("_", " ")) for zone in zones]


class TimeZoneField(forms.ChoiceField):
    def __init__(self, **kwargs) -> None:
        super().__init__(choices=time_zones, **kwargs)


class SignInForm(LoginForm):
    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = "E-mail"
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)


class ProfileForm(forms.ModelForm):
    time_zone = TimeZoneField(help_text="Times are shown to you, and read from you, in this zone.")

    class Meta:
        model = User
        fields = ["name", "time_zone"]


class PersonForm(forms.ModelForm):
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
        """In the order of the form, so that an unchanged choice is no change."""
        chosen = set(self.cleaned_data["roles"])
        known = [role for role in self.instance.roles if role in chosen]
        return known + [role for role in Role.values if role in chosen and role not in known]
