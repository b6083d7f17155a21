"""The main job, as people do it: sign up, add a site, embed the snippet, see a visit arrive, in Chromium."""

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import duckdb
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests import browsers
from tests.programs import Program, running
from tests.traffic import CHROME
from tests.website import Website, website

pytestmark = pytest.mark.browser

SHOWN_WITHIN_S = 2.0
WAIT_MS = 10_000
"""How long anything may take here before the test gives up; what is promised is measured apart."""


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with browsers.chromium() as browser:
        yield browser


@pytest.fixture
def program(tmp_path: Path) -> Iterator[Program]:
    with running(tmp_path / "data") as started:
        yield started


@pytest.fixture
def shop() -> Iterator[Website]:
    with website() as started:
        yield started


@pytest.fixture
def owner(chromium: Browser, program: Program) -> Iterator[Page]:
    """The owner's browser. Nothing may go wrong in it: errors and refused content fail the test."""
    context = chromium.new_context(base_url=program.url, viewport={"width": 1440, "height": 1000})
    page = context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on(
        "console", lambda said: faults.append(said.text) if "Content Security Policy" in said.text else None
    )
    page.set_default_timeout(WAIT_MS)
    yield page
    context.close()
    assert faults == []


@pytest.fixture
def visitor(chromium: Browser) -> Iterator[Page]:
    """Somebody else's browser, that says it is an ordinary one: a headless browser's name is a bot's."""
    context: BrowserContext = chromium.new_context(user_agent=CHROME, timezone_id="Europe/Berlin")
    yield context.new_page()
    context.close()


def sign_up_and_add_site(owner: Page, address: str) -> str:
    """The first run in the browser; returns the snippet that the owner copies."""
    owner.goto("/")
    owner.get_by_label("Email").fill("owner@shop.example")
    owner.get_by_label("Password").fill("correct horse battery")
    owner.get_by_role("button", name="Create account").click()
    owner.get_by_label("Website name").fill("Shoe shop")
    owner.get_by_label("Website address").fill(address)
    owner.get_by_role("button", name="Add website").click()
    code = owner.locator("code", has_text="data-site-key").first
    expect(code).to_be_visible(timeout=WAIT_MS)
    return code.inner_text()


def tile(owner: Page, metric: str, value: str, timeout_s: float = WAIT_MS / 1000) -> None:
    expect(owner.get_by_test_id(f"tile-{metric}")).to_have_text(
        re.compile(rf"^{value}\b"), timeout=timeout_s * 1000
    )


def open_dashboard(owner: Page) -> None:
    (site_id,) = re.findall(r"/sites/(site_\w+)", owner.url)
    owner.goto(f"/sites/{site_id}?range=today")
    tile(owner, "pageviews", "0")
    expect(owner.get_by_test_id("live")).not_to_have_attribute("data-state", "connecting")


def test_a_visit_shows_by_itself_on_an_open_dashboard(
    program: Program, shop: Website, owner: Page, visitor: Page
) -> None:
    shop.snippet = sign_up_and_add_site(owner, shop.url)
    open_dashboard(owner)

    with visitor.expect_response(re.compile(r"/ingest/event")) as beacon:
        visitor.goto(shop.url)
    assert beacon.value.status == 200
    tile(owner, "pageviews", "1", SHOWN_WITHIN_S)
    expect(owner.get_by_test_id("live")).to_have_attribute("data-state", "receiving")
    expect(owner.get_by_test_id("page-row")).to_contain_text(["Shoe shop"])

    visitor.get_by_role("link", name="Boots").click()
    visitor.get_by_role("button", name="Sale").click()
    tile(owner, "pageviews", "3")
    tile(owner, "visitors", "1")
    expect(owner.get_by_test_id("page-row")).to_have_count(3)
    visitor.get_by_role("button", name="Add to cart").click()
    tile(owner, "bounce_rate", "0")

    assert program.stop() == 0
    assert _stored(program) == [
        ("pageview", "/", "Shoe shop", "Chrome", "DE", None),
        ("pageview", "/boots", "Boots", "Chrome", "DE", None),
        ("route_change", "/sale", "Sale", "Chrome", "DE", None),
        ("add_to_cart", "/sale", "Sale", "Chrome", "DE", "59"),
    ]


def _stored(program: Program) -> list[tuple[object, ...]]:
    with duckdb.connect(str(program.data_dir / "analytiq.duckdb"), read_only=True) as database:
        return database.execute(
            """SELECT event_type, path, title, browser, country, payload.custom.price::VARCHAR
            FROM raw_events WHERE NOT is_passive(event_type) ORDER BY ts"""
        ).fetchall()


def test_all_that_the_snippet_tells_is_taken_and_stored(
    program: Program, shop: Website, owner: Page, visitor: Page
) -> None:
    shop.snippet = sign_up_and_add_site(owner, shop.url)
    refused: list[str] = []
    visitor.on("response", lambda answer: refused.append(answer.text()) if answer.status >= 400 else None)
    with visitor.expect_response(lambda answer: "load_ms" in (answer.request.post_data or "")):
        visitor.goto(shop.url)
    visitor.evaluate(
        """document.body.insertAdjacentHTML("beforeend", `
        <a id="out" href="https://other.example/a?b=1" onclick="event.preventDefault()">Out</a>
        <a id="file" href="/list.pdf" onclick="event.preventDefault()">List</a>
        <form id="order" onsubmit="event.preventDefault()"><button id="send">Send</button></form>
        <button id="fail" onclick="nothing.there()">Fail</button>`)"""
    )
    for name in ("out", "file", "send", "fail"):
        visitor.click(f"#{name}")
    visitor.get_by_role("button", name="Add to cart").click()
    with visitor.expect_response(lambda answer: "load_ms" in (answer.request.post_data or "")):
        visitor.get_by_role("link", name="Boots").click()
    assert program.stop() == 0
    assert refused == []

    with duckdb.connect(str(program.data_dir / "analytiq.duckdb"), read_only=True) as database:
        stored = database.execute(
            """SELECT event_type, count(*), bool_and(visitor_id IS NOT NULL AND session_id IS NOT NULL),
                bool_and(load_ms > 0), bool_and(engaged_ms > 0 AND scroll_depth > 0), bool_or(cookieless),
                bool_and(screen = '1280x720' AND language = 'en-US' AND country = 'DE'),
                any_value(coalesce(
                    payload.click.id, payload.error.message, payload.custom.url, payload.custom.form
                )::VARCHAR ORDER BY ts)
            FROM raw_events GROUP BY event_type ORDER BY event_type"""
        ).fetchall()
    assert stored == [
        ("add_to_cart", 1, True, None, None, False, True, None),
        ("click", 6, True, None, None, False, True, "out"),
        ("error", 1, True, None, None, False, True, "Uncaught ReferenceError: nothing is not defined"),
        ("file_download", 1, True, None, None, False, True, f"{shop.url}/list.pdf"),
        ("form_submit", 1, True, None, None, False, True, "order"),
        ("leave", 1, True, None, True, False, True, None),
        ("load", 2, True, True, None, False, True, None),
        ("outbound_link", 1, True, None, None, False, True, "https://other.example/a"),
        ("pageview", 2, True, None, None, False, True, None),
    ]


def test_the_waiting_page_turns_green_when_the_first_visitor_comes(
    shop: Website, owner: Page, visitor: Page
) -> None:
    shop.snippet = sign_up_and_add_site(owner, shop.url)
    expect(owner.get_by_text("Waiting for your first visitor")).to_be_visible()
    visitor.goto(shop.url)
    expect(owner.get_by_text("Waiting for your first visitor")).to_be_hidden(timeout=WAIT_MS)


def test_a_dashboard_that_lost_the_program_finds_it_again_and_catches_up(
    program: Program, shop: Website, owner: Page, visitor: Page, tmp_path: Path
) -> None:
    shop.snippet = sign_up_and_add_site(owner, shop.url)
    open_dashboard(owner)
    port = urlsplit(program.url).port
    program.kill()
    expect(owner.get_by_test_id("live")).to_have_attribute("data-state", "reconnecting", timeout=WAIT_MS)
    with running(tmp_path / "data", "--port", str(port)):
        visitor.goto(shop.url)
        tile(owner, "pageviews", "1", timeout_s=30)
        expect(owner.get_by_test_id("live")).to_have_attribute("data-state", "receiving", timeout=30_000)


def test_the_dashboard_says_that_events_are_not_being_counted_until_they_are_again(
    program: Program, shop: Website, owner: Page, visitor: Page
) -> None:
    shop.snippet = sign_up_and_add_site(owner, shop.url)
    open_dashboard(owner)
    journal, away = program.data_dir / "journal", program.data_dir / "journal.away"
    journal.rename(away)
    journal.touch()  # Not a folder: nothing can be written there, not even by root.
    with visitor.expect_response(re.compile(r"/ingest/event")) as beacon:
        visitor.goto(shop.url)
    assert beacon.value.status == 503
    owner.reload()
    expect(owner.get_by_role("alert")).to_contain_text("New events are not being counted")
    journal.unlink()
    away.rename(journal)
    visitor.goto(shop.url)
    tile(owner, "pageviews", "1")
    with owner.expect_response("**/api/notices"):
        owner.reload()
    expect(owner.get_by_role("region", name="Notices")).to_have_count(0)
