"""How people stand in a packet's text: a name in any script beside text in another."""

from collections.abc import Iterable

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from hiring_committee.packet_page.words import Person

register = template.Library()


@register.simple_tag
def person(who: Person) -> SafeString:
    return format_html("<bdi>{}</bdi>", who.name)


@register.simple_tag
def people(them: Iterable[Person]) -> SafeString:
    """`A, B and C`, each name on its own side of the line."""
    *first, last = [person(who) for who in them] or [mark_safe("")]
    if not first:
        return last
    return format_html("{} and {}", format_html_join(", ", "{}", ((each,) for each in first)), last)
