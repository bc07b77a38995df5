"""Which roles may open a page. Which rows it shows is up to `visible_to(user)`."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from accounts.models import User

View = Callable[..., HttpResponseBase]


class PersonsRequest(HttpRequest):
    """A request of a signed-in person: LoginRequiredMiddleware lets no other reach a view."""

    user: User


def for_roles(*roles: str) -> Callable[[View], View]:
    """A view for people with one of these roles; everybody else gets a 403."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: PersonsRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not any(request.user.has_role(role) for role in roles):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return guarded

    return decorate
