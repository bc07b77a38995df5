"""What a packet's text shows of people, figures and comments: names in any script among them."""

from collections.abc import Iterable

from django import template
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.http import urlencode
from django.utils.safestring import SafeString, mark_safe

from packets.page.discussion import Discussion
from packets.page.labels import Person

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


@register.simple_tag
def fig(words: str | int, anchor: str, by: str = "") -> SafeString:
    """A figure as a link to the notes behind it; what is undefined is words alone.

    `by` names whose they are, for those who do not see the place.
    """
    if not anchor or not any(letter.isdigit() for letter in str(words)):
        return format_html("{}", words)
    of = format_html('<span class="vh">, {}</span>', by) if by else ""
    return format_html('<a class="fig" href="#{}">{}{}</a>', anchor, words, of)


@register.simple_tag(takes_context=True)
def thread(context: template.Context, kind: str, id: str = "") -> SafeString:
    """What was said of a part of the packet, and the way to say more; nothing where it is closed.

    The part is named by its anchor, or by its kind and id; a note's id is where it stands.
    """
    found: Discussion | None = context.get("discussion")
    if found is None or not found.is_open:
        return mark_safe("")
    named = f"{kind}/{id}" if id else kind
    part = found.at(found.refs.get(id, "") if kind == "note" else named)
    if part is None or not (part.said or found.may_write):
        return mark_safe("")
    address = reverse("discussion", args=[context["packet"].pk])
    href = f"{address}?{urlencode({'on': part.anchor})}"
    if not part.said:
        words = '<p class="thread no-print"><a href="{}">Discuss<span class="vh"> {}</span></a></p>'
        return format_html(words, href, part.title)
    inside = {"thread": part, "href": href, "packet": context["packet"], "user": context["user"]}
    return render_to_string("packets/packet/thread.html", {**inside, "discussion": found})
