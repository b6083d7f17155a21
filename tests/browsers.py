"""A real browser: Chromium, without its own traffic."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, cast

from playwright.sync_api import Browser, Page, sync_playwright

from tests.programs import Program

WAIT_MS = 30_000
"""For what a page is still to show."""


@contextmanager
def chromium() -> Iterator[Browser]:
    path = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=path, args=["--no-sandbox", "--disable-background-networking"]
        )
        yield browser
        browser.close()


@contextmanager
def owner_at(browser: Browser, program: Program, path: str, **options: Any) -> Iterator[Page]:
    """Whoever signed up, on that page. Nothing may go wrong in the browser meanwhile.

    The session is the one from signing up: only ten tries to sign in a minute are allowed.
    `options` are the browser context's.
    """
    viewport = {"width": 1440, "height": 1000}
    context = browser.new_context(base_url=program.url, **{"viewport": viewport, **options})
    context.set_default_timeout(WAIT_MS)
    context.add_cookies([cast(Any, program.cookie)])
    page = context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.goto(path)
    yield page
    context.close()
    assert faults == []
