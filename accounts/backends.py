"""Signing in by e-mail, however it is typed; demo people only in demo mode."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.conf import settings


class PeopleBackend(AuthenticationBackend):
    def user_can_authenticate(self, user: Any) -> bool:
        return super().user_can_authenticate(user) and (settings.DEMO or not user.is_demo)

    def get_user(self, user_id: Any) -> Any:
        """Ends the sessions that demo people opened before demo mode was switched off."""
        user = super().get_user(user_id)
        return user if user and self.user_can_authenticate(user) else None
