"""The rating page as a test sees it."""

from playwright.sync_api import Page, expect

from scorecard.models import Scorecard


def open_rating(page: Page, card: Scorecard) -> Page:
    page.goto(f"/scorecards/{card.pk}/rate/")
    expect(page.locator("html[data-ready]")).to_be_attached()
    return page


def rationale(page: Page, dimension: str = "tradeoffs"):
    return page.locator(f"#id_dimension-{dimension}-rationale")


def point(page: Page, value: str, dimension: str = "tradeoffs"):
    return page.locator(f"#id_dimension-{dimension}-value-{value}")


def state(page: Page):
    return page.locator("#save-state")


def saved(page: Page) -> None:
    """The page says that everything is on the server."""
    expect(state(page)).to_contain_text("aved")
    expect(state(page)).not_to_contain_text("Not saved")


def tab_to(page: Page, selector: str) -> None:
    """To a control as one comes to it without a mouse."""
    wanted = page.locator(selector)
    for _ in range(400):
        if wanted.evaluate("each => each === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"the keyboard does not reach {selector}")
