"""What signing in and changing a password leave behind."""

from allauth.account.signals import password_changed, password_reset
from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver

from accounts import audit
from accounts.models import User


@receiver(user_logged_in)
def record_signing_in(user: User, **_: object) -> None:
    audit.record(user, "person.signed-in", user)


@receiver([password_changed, password_reset])
def accept_chosen_password(user: User, **_: object) -> None:
    User.objects.filter(pk=user.pk).update(must_change_password=False)
    audit.record(user, "person.password-changed", user)
