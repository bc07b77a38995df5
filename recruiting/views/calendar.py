"""One's own calendar feed: its address for its owner, and its contents for whoever has that."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import PersonsRequest
from recruiting.invitations import feeds
from recruiting.models import CalendarFeed


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
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
@never_cache
def renew_calendar(request: PersonsRequest) -> HttpResponse:
    """Another address. Asks first: what subscribed to the old one stays as it is for good."""
    if not CalendarFeed.objects.filter(person=request.user).exists():
        return redirect("my_calendar")
    if request.method != "POST":
        return render(request, "recruiting/calendar_confirm.html", {"renew": True})
    feeds.renew(request.user)
    messages.success(request, "The old address is dead. Subscribe to this one.")
    return redirect("my_calendar")


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def revoke_calendar(request: PersonsRequest) -> HttpResponse:
    """No address any more. Asks first, likewise."""
    if not CalendarFeed.objects.filter(person=request.user).exists():
        return redirect("my_calendar")
    if request.method != "POST":
        return render(request, "recruiting/calendar_confirm.html", {"renew": False})
    feeds.revoke(request.user)
    messages.success(request, "Your feed is off, and its address leads nowhere.")
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
