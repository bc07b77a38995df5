"""How allauth behaves here: nobody signs up, an administrator makes accounts."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.urls import reverse

from accounts.backends import PeopleBackend
from accounts.emails import normalise_email
from accounts.models import User


class ClosedDoorAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def clean_email(self, email: str) -> str:
        return normalise_email(email)

    def authenticate(self, request: HttpRequest, **credentials: Any) -> User | None:
        """Answer somebody who may not sign in as if their password were wrong."""
        user = super().authenticate(request, **credentials)
        return user if user and PeopleBackend().user_can_authenticate(user) else None

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("profile")
