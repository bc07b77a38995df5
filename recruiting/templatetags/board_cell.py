"""One cell of the loop board."""

from collections.abc import Iterable

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.timezone import localtime

from interviews.models import Interview
from interviews.templatetags.rounds import span
from recruiting.board import Cell
from scorecard.progress import SeatStatus, State

register = template.Library()

MISSING = '<span class="state late">missing for {}</span>'


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


def _people(places: Iterable[SeatStatus]) -> SafeString:
    lines = ((place.seat.person.name, _notes(place), _state(place)) for place in places)
    return format_html_join("", "<div>{}{}: {}</div>", lines)


def _notes(place: SeatStatus) -> SafeString:
    left = "" if place.seat.person.is_active else mark_safe(' <span class="meta">(has left)</span>')
    shadow = mark_safe(' <span class="meta">shadow</span>') if place.is_shadow else ""
    return format_html("{}{}", left, shadow)


def _state(place: SeatStatus) -> SafeString:
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
