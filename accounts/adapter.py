"""How allauth behaves here: nobody signs up, an administrator makes accounts."""

import logging
from threading import Thread
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.contrib.sites.shortcuts import get_current_site
from django.core.mail import EmailMessage
from django.http import HttpRequest
from django.urls import reverse

from accounts.backends import PeopleBackend
from accounts.emails import normalise_email
from accounts.models import User

log = logging.getLogger(__name__)


class ClosedDoorAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def clean_email(self, email: str) -> str:
        return normalise_email(email)

    def authenticate(self, request: HttpRequest, **credentials: Any) -> User | None:
        """Answer somebody who may not sign in as if their password were wrong."""
        user = super().authenticate(request, **credentials)
        return user if user and PeopleBackend().user_can_authenticate(user) else None

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send it outside the request, whose length or failure would tell who has an account."""
        site = {"request": self.request, "current_site": get_current_site(self.request)}
        message = self.render_mail(template_prefix, email, {**site, "email": email, **context})
        message.connection = message.get_connection()
        if settings.LOCAL_MAILBOX:
            message.send()
        else:
            Thread(target=_send, args=[message]).start()

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("profile")


def _send(message: EmailMessage) -> None:
    try:
        message.send()
    except Exception:  # whatever the mail server's client raises
        log.exception("A mail about a password was not sent")
