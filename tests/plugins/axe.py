"""What axe finds wrong with a page, in every scheme of colours.

Only the rules that read colours can tell the schemes apart, so only they run again in the dark; and
axe is asked for nothing but the violations: a list of all that passed is a megabyte a page.
"""

from typing import Literal

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
OF_COLOUR = ["color-contrast", "link-in-text-block"]
SCHEMES: tuple[tuple[Literal["light", "dark"], list[str]], ...] = (
    ("light", RULES),
    ("dark", OF_COLOUR),
)


def violations(page: Page, rules: list[str]) -> list[tuple[str, str]]:
    """Each violated rule with the first element that violates it, as the page looks now."""
    options = {"runOnly": rules, "resultTypes": ["violations"]}
    found = Axe().run(page, options=options).response["violations"]
    return [(each["id"], each["nodes"][0]["html"]) for each in found]


def expect_accessible(page: Page) -> None:
    """No violation in light and dark, and nothing wider than the window."""
    for scheme, rules in SCHEMES:
        page.emulate_media(color_scheme=scheme)
        found = violations(page, rules)
        assert not found, (page.url, page.viewport_size, scheme, found)
    wide, room = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    assert wide <= room, f"{page.url} is {wide} wide, and there is room for {room}"
