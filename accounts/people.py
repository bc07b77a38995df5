"""Adding, changing and deactivating people; the link by which one sets a password."""

from collections.abc import Sequence
from smtplib import SMTPException
from typing import Any

from allauth.account.app_settings import PASSWORD_RESET_TOKEN_GENERATOR
from allauth.account.models import EmailAddress
from allauth.account.utils import user_pk_to_url_str
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse

from accounts import audit
from accounts.models import Role, User

FIELDS = ("name", "email", "roles", "time_zone")


class LastAdministrator(Exception):
    """The change would leave nobody to look after people."""


@transaction.atomic
def add_person(by: User, *, email: str, name: str, roles: Sequence[str], time_zone: str) -> User:
    """A person who cannot sign in until they follow their set-password link."""
    person = User.objects.create_user(email, name, roles=list(roles), time_zone=time_zone)
    audit.record(by, "person.added", person, roles=list(roles))
    return person


@transaction.atomic
def change_person(by: User, person: User, **changes: Any) -> list[str]:
    """Set any of FIELDS; returns the names of those that changed. Raises LastAdministrator.

    After a change of e-mail the old one no longer signs in.
    """
    person = _locked(person)
    changed = [name for name, value in changes.items() if getattr(person, name) != value]
    if not changed:
        return []
    if "roles" in changed and Role.ADMINISTRATOR not in changes["roles"]:
        _keep_an_administrator_besides(person)
    for name in changed:
        setattr(person, name, changes[name])
    person.save(update_fields=changed)
    if "email" in changed:
        EmailAddress.objects.filter(user=person).delete()
    detail: dict[str, Any] = {"roles": list(person.roles)} if "roles" in changed else {}
    audit.record(by, "person.changed", person, fields=changed, **detail)
    return changed


@transaction.atomic
def deactivate(by: User, person: User) -> None:
    """End a person's access at once. Everything they wrote stays. Raises LastAdministrator."""
    person = _locked(person)
    if person.is_active:
        _keep_an_administrator_besides(person)
        _set_active(person, False)
        audit.record(by, "person.deactivated", person)


@transaction.atomic
def reactivate(by: User, person: User) -> None:
    person = _locked(person)
    if not person.is_active:
        _set_active(person, True)
        audit.record(by, "person.reactivated", person)


def _set_active(person: User, is_active: bool) -> None:
    person.is_active = is_active
    person.save(update_fields=["is_active"])


@transaction.atomic
def set_password_path(by: User, person: User) -> str:
    """The path of a page where this person chooses a password; works once, for three days."""
    key = PASSWORD_RESET_TOKEN_GENERATOR().make_token(person)
    audit.record(by, "person.password-link", person)
    return reverse(
        "account_reset_password_from_key",
        kwargs={"uidb36": user_pk_to_url_str(person), "key": key},
    )


def mail_link(person: User, url: str) -> bool:
    """Whether the link could be handed to the mail server."""
    context = {"person": person, "url": url}
    text = render_to_string("account/email/set_password_message.txt", context)
    try:
        return bool(send_mail("Your account on Scorecard", text, None, [person.email]))
    except (SMTPException, OSError):
        return False


def _locked(person: User) -> User:
    """The row as it is now, held until the end of the transaction."""
    return User.objects.select_for_update().get(pk=person.pk)


def _keep_an_administrator_besides(person: User) -> None:
    """Locks one who stays, so that two cannot take each other's role at the same time."""
    if not person.is_administrator:
        return
    others = User.objects.administrators().exclude(pk=person.pk)
    if not others.select_for_update().exists():
        raise LastAdministrator("Nobody else is an administrator. Make somebody one first.")
