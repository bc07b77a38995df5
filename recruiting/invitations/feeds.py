"""A person's private calendar feed: its address, and the interviews in it."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.db import transaction
from django.db.models import Q
from django.urls import reverse

from accounts import audit
from accounts.models import User
from interviews.models import Seat
from interviews.rounds import round_choices
from recruiting.invitations import calendar
from recruiting.invitations.mails import entry, kit_address, times_of
from recruiting.models import CalendarFeed

LOOK_BACK = timedelta(days=90)  # older interviews leave the feed, so that it stays small


def _signer() -> Signer:
    return Signer(sep=".", salt="calendar-feed")


def address(feed: CalendarFeed) -> str:
    """The feed's address: whoever has it reads the feed without signing in."""
    token = _signer().sign(str(feed.key))
    return f"{settings.SITE_URL}{reverse('calendar_feed', args=[token])}"


def find(token: str) -> CalendarFeed | None:
    """The feed of this token; None where it is wrong or revoked, or its person has left."""
    try:
        key = UUID(_signer().unsign(token))
    except (BadSignature, ValueError):
        return None
    feeds = CalendarFeed.objects.select_related("person")
    return feeds.filter(key=key, person__is_active=True).first()


@transaction.atomic
def renew(person: User) -> CalendarFeed:
    """Make the feed, or give it another address; the old one leads nowhere from then on."""
    feed, is_new = CalendarFeed.objects.get_or_create(person=person)
    if not is_new:
        feed.key = uuid4()
        feed.save(update_fields=["key"])
    audit.record(person, "calendar.made" if is_new else "calendar.renewed", person)
    return feed


@transaction.atomic
def revoke(person: User) -> bool:
    """Delete the feed; whether there was one."""
    gone, _ = CalendarFeed.objects.filter(person=person).delete()
    if gone:
        audit.record(person, "calendar.revoked", person)
    return bool(gone)


def write(person: User, now: datetime) -> str:
    """Their own interviews: neither cancelled ones nor any about themselves."""
    since = now - LOOK_BACK
    lately = Q(interview__ends_at__gte=since) | Q(interview__day__gte=since.date())
    seats = Seat.objects.of(person).filter(lately)
    seats = seats.select_related("interview__loop__candidate").order_by("interview__pk")
    titles = dict(round_choices())
    return calendar.feed((_entry(seat, person, titles) for seat in seats), "Interviews")


def _entry(seat: Seat, person: User, titles: Mapping[str, str]) -> calendar.Entry:
    interview = seat.interview
    title = titles.get(interview.round, interview.round)
    times, stamp = times_of(interview), interview.created_at
    return entry(interview, person, title, times, stamp, url=kit_address(seat))
