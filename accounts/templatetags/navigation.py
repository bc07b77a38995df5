"""The places in the top bar, by role."""

import re
from typing import Any

from django import template
from django.conf import settings
from django.urls import reverse

from accounts.models import Role, User

register = template.Library()

# label, URL name, roles that have the place (none: everybody)
PLACES: list[tuple[str, str, tuple[str, ...]]] = [
    ("Home", "home", ()),
    ("My scorecards", "my_scorecards", (Role.INTERVIEWER,)),
    ("My record", "my_record", (Role.INTERVIEWER,)),
    ("Loops", "loops", (Role.INTERVIEWER, Role.RECRUITER, Role.COMMITTEE)),
    ("Openings", "openings", (Role.RECRUITER,)),
    ("Agreement", "agreement", (Role.RECRUITER, Role.COMMITTEE)),
    ("Import", "import", (Role.RECRUITER,)),
    ("Exports", "exports", (Role.RECRUITER, Role.ADMINISTRATOR)),
    ("Rubric", "rubric", ()),
    ("People", "people", (Role.ADMINISTRATOR,)),
    ("Audit", "audit", (Role.ADMINISTRATOR,)),
    ("Mailbox", "mailbox", ()),  # where no mail server is set up
    ("Search", "search", ()),  # where the bar is too narrow for its box
]

# What belongs to a place and has an address beside it.
WITHIN = {
    "/loops/": r"/(packets|compare|feedback|candidates)/|/interviews/(?![^/]+/scorecard/)",
    "/scorecards/": r"/interviews/[^/]+/scorecard/",
}


@register.inclusion_tag("includes/places.html", takes_context=True)
def places(context: template.Context) -> dict[str, Any]:
    """Links to the places of the signed-in person; the one being looked at is marked."""
    request = context["request"]
    return {
        "places": [
            {"label": label, "url": url, "current": _is_here(request.path, url)}
            for label, url in _reachable(request.user)
        ]
    }


@register.simple_tag
def demo_mode() -> bool:
    return bool(settings.DEMO)


def _reachable(user: User) -> list[tuple[str, str]]:
    return [
        (label, reverse(name))
        for label, name, roles in PLACES
        if (not roles or any(user.has_role(role) for role in roles))
        and (name != "mailbox" or settings.LOCAL_MAILBOX)
    ]


def _is_here(path: str, url: str) -> bool:
    if path == url:
        return True
    within = url in WITHIN and re.match(WITHIN[url], path) is not None
    return within or (url != "/" and path.startswith(url))
