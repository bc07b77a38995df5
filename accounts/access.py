"""Pages for a role. Rows are another matter: they come from `visible_to(user)` or not at all."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from accounts.models import User

View = Callable[..., HttpResponseBase]


class PersonsRequest(HttpRequest):
    """For annotations: LoginRequiredMiddleware lets nobody else reach a view."""

    user: User


def for_roles(*roles: str) -> Callable[[View], View]:
    """The view answers people with one of these roles, and 403 to everybody else."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: PersonsRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not any(request.user.has_role(role) for role in roles):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return guarded

    return decorate
