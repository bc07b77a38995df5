"""How rounds, dimensions and waiting times are worded."""

from datetime import timedelta

from django import template

from interviews.rounds import dimension_titles, round_choices

register = template.Library()


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
    titles: dict[str, str] = request.round_titles
    return titles.get(round, round)


@register.simple_tag(takes_context=True)
def dimension_title(context: template.Context, dimension: str) -> str:
    """The dimension's name in the newest rubric, or its id."""
    request = context["request"]
    if not hasattr(request, "dimension_titles"):
        request.dimension_titles = dimension_titles()
    titles: dict[str, str] = request.dimension_titles
    return titles.get(dimension, dimension)
