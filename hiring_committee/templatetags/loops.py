"""How loops, rounds and waiting times are worded."""

from collections.abc import Iterable
from datetime import timedelta

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.timezone import localtime

from hiring_committee.board import Cell
from hiring_committee.progress import Place, State
from hiring_committee.rounds import dimension_titles, round_choices
from interviews.models import Interview

register = template.Library()

MISSING = '<span class="state late">missing for {}</span>'


@register.filter
def span(time: timedelta) -> str:
    """A length of time in its largest whole unit: `40 min`, `5 h`, `3 days`.

    >>> span(timedelta(hours=30))
    '30 h'
    """
    minutes = max(int(time.total_seconds() // 60), 0)
    if minutes < 60:
        return f"{minutes} min"
    if minutes < 48 * 60:
        return f"{minutes // 60} h"
    return f"{minutes // (24 * 60)} days"


@register.filter
def attribute(thing: object, name: str) -> object:
    """An attribute whose name the template holds; empty where there is none."""
    return getattr(thing, name, "")


@register.simple_tag(takes_context=True)
def round_title(context: template.Context, round: str) -> str:
    """The round's name in the rubric, or its id where the rubric has no such round."""
    request = context["request"]
    if not hasattr(request, "round_titles"):
        request.round_titles = dict(round_choices())
    return request.round_titles.get(round, round)


@register.simple_tag
def board_cell(cell: Cell) -> SafeString:
    """One round of one loop on the board, in words. Python, since a page has over a hundred."""
    if not cell.held:
        words = "cancelled, no other" if cell.was_cancelled else "not scheduled"
        return format_html('<span class="meta">{}</span>', words)
    held = '<div class="round"><span class="meta">{}</span>{}</div>'
    return format_html_join("", held, ((_time(each), _people(seats)) for each, seats in cell.held))


def _time(interview: Interview) -> str:
    if interview.starts_at:
        local = localtime(interview.starts_at)
        return f"{local.day} {local:%b, %H:%M}"
    return f"{interview.day.day} {interview.day:%b}" if interview.day else "no time yet"


def _people(places: Iterable[Place]) -> SafeString:
    lines = ((place.seat.person.name, _notes(place), _state(place)) for place in places)
    return format_html_join("", "<div>{}{}: {}</div>", lines)


def _notes(place: Place) -> SafeString:
    left = mark_safe("" if place.seat.person.is_active else ' <span class="meta">(has left)</span>')
    return left + mark_safe(' <span class="meta">shadow</span>' if place.is_shadow else "")


def _state(place: Place) -> SafeString:
    """What the reader may know of the scorecard."""
    match place.state:
        case State.IN:
            return mark_safe('<span class="nowrap">✓ in</span>')
        case State.LATE:
            return format_html(MISSING, span(place.late_by))
        case State.DUE:
            return format_html("due, over for {}", span(place.late_by))
        case State.AHEAD:
            return mark_safe('<span class="meta">to come</span>')
    return mark_safe('<span class="meta">shown when yours is in</span>')


@register.simple_tag(takes_context=True)
def dimension_title(context: template.Context, dimension: str) -> str:
    """The dimension's name in the newest rubric, or its id."""
    request = context["request"]
    if not hasattr(request, "dimension_titles"):
        request.dimension_titles = dimension_titles()
    return request.dimension_titles.get(dimension, dimension)
