"""A real Chromium, a real web server, a real worker. Tests here commit, and clean up after."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from accounts.models import User
from interviews.models import Seat
from scorecard.models import Scorecard
from tests.people import Cast, card_for
from tests.plugins import chromium
from tests.plugins.processes import WebServer, Worker, collect_static
from tests.scorecard.browser.live import open_live

# Playwright's own event loop runs in this thread, and Django takes that for an async caller.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
# As long as an action may take: five seconds are too few for a machine with much else to do.
expect.set_options(timeout=15_000)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A browser's tests need committed rows; `db` then means transactional_db."""
    for item in items:
        if item.path.parent.name == "browser":
            item.fixturenames.insert(0, "transactional_db")  # type: ignore[attr-defined]


@pytest.fixture(scope="session")
def var(tmp_path_factory: pytest.TempPathFactory, django_db_setup: None) -> Path:
    folder = tmp_path_factory.mktemp("var")
    collect_static(folder)
    return folder


@pytest.fixture(scope="session")
def server(var: Path) -> Iterator[WebServer]:
    web = WebServer(var)
    web.start()
    yield web
    web.stop()


@pytest.fixture
def web(server: WebServer) -> WebServer:
    """The web server, running: a test that kills it need not start it again for the next."""
    if not server.is_ready():
        server.start()
    return server


@pytest.fixture
def worker(var: Path, transactional_db: None) -> Iterator[Worker]:
    """A worker with its beat; not started, so that a test may say when."""
    made = Worker(var)
    yield made
    made.stop()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        made = chromium.launch(playwright)
        yield made
        made.close()


@pytest.fixture
def new_context(browser: Browser, web: WebServer) -> Iterator[Callable[..., BrowserContext]]:
    """Makes a browser profile of its own: its cookies, its storage. Options are Playwright's."""
    made: list[BrowserContext] = []

    def make(**options) -> BrowserContext:
        options = {"viewport": {"width": 1280, "height": 800}, **options}
        context = browser.new_context(base_url=web.url, **options)
        context.set_default_timeout(15_000)
        made.append(context)
        return context

    yield make
    for context in made:
        context.close()


@pytest.fixture
def signed_in(new_context) -> Callable[..., Page]:
    """A page of a browser in which this person is signed in."""

    def make(user: User, **options) -> Page:
        context = new_context(**options)
        sign_in(context, user)
        return context.new_page()

    return make


@pytest.fixture
def card(cast: Cast) -> Scorecard:
    """The interviewer's own, in progress; nothing is written on it."""
    return card_for(Seat.objects.get(person=cast.interviewer))


@pytest.fixture
def page(cast: Cast, card: Scorecard, signed_in: Callable[..., Page]) -> Page:
    """The live page of that card."""
    return open_live(signed_in(cast.interviewer), card)


@pytest.fixture
def clean_page(cast: Cast, card: Scorecard, signed_in: Callable[..., Page]) -> Iterator[Page]:
    """The live page; its console stays empty, or a refused script would be told there."""
    made = signed_in(cast.interviewer)
    errors: list[str] = []
    made.on("pageerror", lambda error: errors.append(str(error)))
    made.on("console", lambda each: errors.append(each.text) if each.type == "error" else None)
    yield open_live(made, card)
    assert [error for error in errors if "ERR_INTERNET_DISCONNECTED" not in error] == []


def sign_in(context: BrowserContext, user: User) -> None:
    """A session as the sign-in page makes it."""
    client = Client()
    client.force_login(user)
    name = settings.SESSION_COOKIE_NAME
    value = client.cookies[name].value
    context.add_cookies([{"name": name, "value": value, "domain": "127.0.0.1", "path": "/"}])
