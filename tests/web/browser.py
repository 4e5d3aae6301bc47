"""A real browser: the system's Chromium, at the size of a desk or of a phone.

A click does not wait for the page it leads to. After one, tests `expect(...)` what the new page
shows; what is asked at once may be asked of the old page.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    expect,
    sync_playwright,
)
from pytest_django.live_server_helper import LiveServer

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-dev-shm-usage",
    "--disable-sync",
    "--no-first-run",
]
DESK, PHONE = 1280, 390
PATIENCE = 30_000
"""Milliseconds a page may take on a busy machine before a test gives up."""
OpenPage = Callable[..., Page]


def chromium() -> str | None:
    """Where the system's Chromium is, if it has one."""
    return next(filter(None, map(shutil.which, ("chromium", "chromium-browser"))), None)


@pytest.fixture(scope="session")
def running_browser() -> Iterator[Browser]:
    program = chromium()
    if program is None:
        pytest.skip("no Chromium on this machine: apt-get install chromium")
    patch = pytest.MonkeyPatch()
    # Playwright keeps an event loop in this thread; Django takes that for asynchronous code.
    patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=ARGUMENTS)
        yield browser
        browser.close()
    patch.undo()


@pytest.fixture
def open_page(
    running_browser: Browser, transactional_db: None, live_server: LiveServer
) -> Iterator[OpenPage]:
    """`open_page("/", as_user=client, width=PHONE)`: the page in a browser, signed in as there.

    `page=` goes on in a window that is open.
    Fails the test when a page writes an error to the console or loads from elsewhere.
    """
    contexts: list[BrowserContext] = []
    troubles: list[str] = []

    def go(
        address: str,
        *,
        as_user: Client | None = None,
        width: int = DESK,
        page: Page | None = None,
        **options: Any,
    ) -> Page:
        if page is None:
            window = {"viewport": {"width": width, "height": 900}, "locale": "da-DK"}
            context = running_browser.new_context(**(window | options))
            context.set_default_timeout(PATIENCE)
            contexts.append(context)
            if as_user is not None:
                context.add_cookies([session_of(as_user, live_server.url)])  # type: ignore[list-item]
            page = context.new_page()
            page.on("console", lambda said: _note(said, troubles))
            page.on("pageerror", lambda error: troubles.append(str(error)))
        page.goto(live_server.url + address)
        return page

    yield go
    for context in contexts:
        context.close()
    if troubles:
        pytest.fail(f"the page complained: {troubles}")


def session_of(client: Client, url: str) -> dict[str, Any]:
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    return {"name": settings.SESSION_COOKIE_NAME, "value": session, "url": url}


def _note(said: ConsoleMessage, troubles: list[str]) -> None:
    # A form that comes back is answered with 422, which the browser calls an error.
    if said.type == "error" and "status of 422" not in said.text:
        troubles.append(said.text)


def settle(page: Page) -> None:
    """Wait until the page has loaded, and htmx has put in what it fetched."""
    page.wait_for_load_state("load")
    expect(page.locator(".htmx-request, .htmx-swapping, .htmx-settling")).to_have_count(0)


def violations(page: Page) -> list[str]:
    """What axe finds wrong with the page when it has settled, one line each."""
    settle(page)
    found = Axe().run(page).response["violations"]
    return [
        f"{rule['id']}: {rule['help']} — {node['html'][:200]}"
        for rule in found
        for node in rule["nodes"]
    ]


def picture(page: Page, name: str) -> None:
    """Keep a screenshot in `TVAERS_PICTURES`, when someone wants to look."""
    if folder := os.environ.get("TVAERS_PICTURES"):
        Path(folder).mkdir(parents=True, exist_ok=True)
        settle(page)
        page.screenshot(path=f"{folder}/{name}.png", full_page=True)


def troubles_at_every_width(page: Page, name: str) -> list[str]:
    """What axe finds, and whether the page scrolls sideways, on a desk and on a phone."""
    settle(page)
    found = []
    for width in (DESK, PHONE):
        page.set_viewport_size({"width": width, "height": 900})
        picture(page, f"{name.strip('/').replace('/', '-') or 'front'}-{width}")
        found += violations(page)
        if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
            found.append(f"wider than {width} pixels")
    return found
