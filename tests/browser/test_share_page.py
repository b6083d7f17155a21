"""Share links in a real Chromium: in a frame of another website, and revoked while somebody looks."""

from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browsers import chromium
from tests.programs import Program, running
from tests.website import Website, website

pytestmark = pytest.mark.browser

WAIT_MS = 30_000


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Program]:
    with running(tmp_path_factory.mktemp("shared") / "data") as started:
        started.sign_up()
        yield started


@pytest.fixture(scope="module")
def site_id(program: Program) -> str:
    made = program.call("POST", "/api/sites", {"name": "Shoe shop", "url": "shop.example"})
    return str(made["site_id"])


@pytest.fixture(scope="module")
def intranet() -> Iterator[Website]:
    with website() as started:
        yield started


@pytest.fixture
def page() -> Iterator[Page]:
    """Of somebody who has no account."""
    with chromium() as browser:
        context = browser.new_context()
        context.set_default_timeout(WAIT_MS)
        yield context.new_page()
        context.close()


def share(program: Program, site_id: str, **wanted: object) -> dict[str, Any]:
    made: dict[str, Any] = program.call("POST", f"/api/sites/{site_id}/shares", wanted)
    return made


def test_a_page_of_an_allowed_origin_shows_the_dashboard_in_a_frame_and_no_other_does(
    program: Program, site_id: str, intranet: Website, page: Page
) -> None:
    allowed = share(program, site_id, embed_origins=[intranet.url])
    refused = share(program, site_id, embed_origins=["https://elsewhere.example"])
    intranet.snippet = "".join(
        f'<iframe name="{name}" src="{made["url"]}" width="900" height="700"></iframe>'
        for name, made in (("allowed", allowed), ("refused", refused))
    )
    page.goto(intranet.url)
    shown = page.frame_locator('iframe[name="allowed"]')
    expect(shown.get_by_test_id("tile-visitors")).to_have_text("0", timeout=WAIT_MS)
    expect(shown.get_by_test_id("live")).to_have_attribute("data-state", "quiet", timeout=WAIT_MS)
    (hidden,) = (frame for frame in page.frames if frame.name == "refused")
    assert hidden.url.startswith("chrome-error:")


def test_whoever_looks_is_told_when_the_link_is_revoked(program: Program, site_id: str, page: Page) -> None:
    made = share(program, site_id)
    page.goto(made["url"])
    expect(page.get_by_test_id("live")).to_have_attribute("data-state", "quiet", timeout=WAIT_MS)
    with suppress(ValueError):  # the answer has no body
        program.call("DELETE", f"/api/sites/{site_id}/shares/{made['id']}", {})
    expect(page.get_by_text("This link opens nothing")).to_be_visible(timeout=WAIT_MS)
