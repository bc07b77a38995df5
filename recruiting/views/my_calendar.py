"""One's own calendar feed: its address for its owner, and its contents for whoever has that."""

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import PersonsRequest
from accounts.models import User
from recruiting.invitations import feeds
from recruiting.models import CalendarFeed


@require_http_methods(["GET", "HEAD", "POST"])
def my_calendar(request: PersonsRequest) -> HttpResponse:
    """Show the address; a POST makes it where there is none."""
    feed = CalendarFeed.objects.filter(person=request.user).first()
    if request.method == "POST":
        if not feed:
            feeds.renew(request.user)
            messages.success(request, "Your feed is on.")
        return redirect("my_calendar")
    context = {"feed": feed, "address": feeds.address(feed) if feed else ""}
    return render(request, "recruiting/my_calendar.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def renew_calendar(request: PersonsRequest) -> HttpResponse:
    """Another address. Asks first: what subscribed to the old one stays as it is for good."""
    return _after_asking(request, feeds.renew, "The old address is dead. Subscribe to this one.")


@require_http_methods(["GET", "HEAD", "POST"])
def revoke_calendar(request: PersonsRequest) -> HttpResponse:
    """No address any more. Asks first, likewise."""
    return _after_asking(request, feeds.revoke, "Your feed is off, and its address leads nowhere.")


def _after_asking(
    request: PersonsRequest, change: Callable[[User], object], done: str
) -> HttpResponse:
    if CalendarFeed.objects.filter(person=request.user).exists():
        if request.method != "POST":
            context = {"renew": change is feeds.renew}
            return render(request, "recruiting/calendar_confirm.html", context)
        change(request.user)
        messages.success(request, done)
    return redirect("my_calendar")


@login_not_required
@require_safe
@never_cache
def calendar_feed(request: HttpRequest, token: str) -> HttpResponse:
    """For calendar programs, which cannot sign in: the address is the right to read it."""
    feed = feeds.find(token)
    if feed is None:
        raise Http404
    text = feeds.write(feed.person, timezone.now())
    headers = {
        "X-Robots-Tag": "noindex",
        "Content-Disposition": 'inline; filename="interviews.ics"',
    }
    return HttpResponse(text, content_type="text/calendar; charset=utf-8", headers=headers)
