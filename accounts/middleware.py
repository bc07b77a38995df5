"""For every request: size limit, reader's time zone, generated passwords, no caching."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers

from accounts.query_params import number
from accounts.time_zones import zone_of


class Middleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response


class LongestBodyMiddleware(Middleware):
    """Refuses large bodies unread: Django limits the fields of a form, but not its files."""

    def __call__(self, request: HttpRequest) -> HttpResponse:
        length = number(request.META.get("CONTENT_LENGTH") or "0")
        if length is None or length > settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
            return HttpResponse("That is too large.", status=413, content_type="text/plain")
        return self.get_response(request)


class TimeZoneMiddleware(Middleware):
    def __call__(self, request: HttpRequest) -> HttpResponse:
        zone = zone_of(request.user) if request.user.is_authenticated else None
        with timezone.override(zone):
            return self.get_response(request)


class GeneratedPasswordMiddleware(Middleware):
    """Leads to the change of a generated password, which somebody has read on a terminal."""

    open_to_all = ("account_change_password", "account_logout", "healthz", "readyz")

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if getattr(request.user, "must_change_password", False):
            allowed = [reverse(name) for name in self.open_to_all]
            if request.path not in allowed:
                return HttpResponseRedirect(allowed[0])
        return self.get_response(request)


class NotStoredMiddleware(Middleware):
    """Keeps pages of signed-in people out of caches, for the next person at the same machine."""

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.user.is_authenticated and not response.has_header("Cache-Control"):
            add_never_cache_headers(response)
        return response
