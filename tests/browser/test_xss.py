"""What strangers send stays text: every page in a real Chromium, with payloads in all that was sent."""

import re
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, BrowserContext, Dialog, Page, Request, expect

from appliance.events.bodies import clean_text
from tests.browsers import chromium
from tests.pages import pages
from tests.payloads import PAYLOADS
from tests.people import PASSWORD
from tests.programs import Program, running
from tests.traffic import CHROME, GOOGLEBOT

pytestmark = pytest.mark.browser

WAIT_MS = 20_000
EMAIL = "owner@shop.example"
HOST = "shop.example"
SHOPS = 5
"""So many that the dashboard of each shows all of its pages, which are twenty at most."""
POLYGLOT = PAYLOADS[-1]
REFLECTED = (POLYGLOT, "javascript:alert(1)", "<img src=x onerror=alert(1)>")

# Told to the test from inside every page, before any of its own scripts runs.
_WATCH = """addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI }) =>
    tell(`${violatedDirective} ${blockedURI}`))"""
_RUN = "() => window.__xss"
_ADDRESSES = r"""() => [...document.querySelectorAll("*")].flatMap((element) =>
    ["href", "xlink:href", "src", "action", "formaction", "data", "srcdoc"]
        .map((name) => element.getAttribute(name))
        .filter((value) => /^[\s\0-\x1f]*(javascript|data|vbscript):/i.test(value ?? "")))"""


@dataclass
class Watched:
    """A browser in which nothing may run, be fetched or be refused but what is the dashboard's own."""

    page: Page
    origin: str
    faults: list[str] = field(default_factory=list)

    def open(self, path: str) -> None:
        self.page.goto(path, wait_until="networkidle")
        self.look(path)

    def look(self, where: str) -> None:
        """With the pointer going over the page, for what waits for it."""
        self.page.mouse.move(5, 5)
        self.page.mouse.move(700, 400, steps=2)
        assert self.page.evaluate(_RUN) is None, where
        assert self.page.evaluate(_ADDRESSES) == [], where
        assert self.faults == [], where

    def note(self, asked: Request) -> None:
        if not asked.url.startswith(self.origin):
            self.faults.append(f"request: {asked.url}")

    def refuse(self, dialog: Dialog) -> None:
        self.faults.append(f"dialog: {dialog.message}")
        dialog.dismiss()


@contextmanager
def watched(browser: Browser, program: Program) -> Iterator[Watched]:
    context = browser.new_context(base_url=program.url, viewport={"width": 1440, "height": 1000})
    context.set_default_timeout(WAIT_MS)
    context.add_init_script(_WATCH)
    found = Watched(context.new_page(), program.url)
    context.expose_binding("tell", lambda _source, said: found.faults.append(said))
    context.on("request", found.note)
    found.page.on("dialog", found.refuse)
    found.page.on("pageerror", lambda error: found.faults.append(str(error)))
    yield found
    context.close()


@dataclass(frozen=True)
class Shop:
    site: dict[str, str]
    payloads: Sequence[str]


@dataclass(frozen=True)
class World:
    program: Program
    browser: Browser
    shops: list[Shop]


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    with running(tmp_path_factory.mktemp("xss") / "data") as program, chromium() as browser:
        signed_up = {"email": EMAIL, "password": PASSWORD, "name": POLYGLOT}
        program.token = program.call("POST", "/api/signup", signed_up)["token"]
        sites = [_site_named(program, payload) for payload in PAYLOADS]
        shops = [Shop(site, PAYLOADS[n::SHOPS]) for n, site in enumerate(sites[:SHOPS])]
        for shop in shops:
            _fill(program, shop)
        yield World(program, browser, shops)


def _site_named(program: Program, name: str) -> dict[str, str]:
    made: dict[str, str] = program.call("POST", "/api/sites", {"name": name, "url": f"https://{HOST}"})
    return made


def _fill(program: Program, shop: Shop) -> None:
    site = f"/api/sites/{shop.site['site_id']}"
    program.call("PATCH", site, {"allowed_hosts": [HOST]})
    events = [event for number, payload in enumerate(shop.payloads) for event in _events(number, payload)]
    assert _send(program, shop, events) == []
    deadline = time.monotonic() + WAIT_MS / 1000
    while program.call("GET", f"{site}/report")["total_pageviews"] < 2 * len(shop.payloads):
        assert time.monotonic() < deadline
        time.sleep(0.1)


def _send(program: Program, shop: Shop, events: list[dict[str, Any]]) -> Any:
    key = {"x-site-id": shop.site["site_id"], "x-site-key": shop.site["site_key"]}
    return program.call("POST", "/ingest/bulk", events, key)["rejected"]


def _events(number: int, payload: str) -> list[dict[str, Any]]:
    """The payload in every text that an event has, so spread that two pageviews are surely counted."""
    coded = quote(payload.encode("utf-8", "replace"), safe="")
    campaign = "&".join(f"utm_{name}={coded}" for name in ("source", "medium", "campaign", "term", "content"))
    page = {
        "event_type": "pageview",
        "url": f"https://{HOST}/{number}?{campaign}#{payload}",
        "path": f"/{number}/{payload}",
        "title": payload,
        "user_agent": CHROME,
    }
    more = {
        "visitor_id": payload,
        "session_id": payload,
        "language": payload,
        "timezone": payload,
        "screen": {"width": 1, "height": 1, "name": payload},
        "custom": {payload: payload, "link": payload},
        "element": {"text": payload, "tag": payload, "href": payload},
        payload: payload,
    }
    return [
        page,
        {**page, "referrer": f"https://ref.example/{payload}"},
        {**page, **more, "event_type": payload, "referrer": payload},
        {**page, **more, "user_agent": payload},
        {**page, "user_agent": f"{GOOGLEBOT} {payload}"},
        {**page, "url": f"https://{payload}/"},
    ]


def _pages(parameters: dict[str, str]) -> list[str]:
    """Every page of the dashboard: with the ids that are there, and with a payload in the place of each."""
    found = [f"/{quote(text, safe='')}" for text in REFLECTED]
    for page in pages():
        names = set(re.findall(r":(\w+)", page))
        if names <= parameters.keys():
            found.append(_with(page, parameters))
        if names:
            found.append(_with(page, dict.fromkeys(names, quote(POLYGLOT, safe=""))))
    return found


def _with(page: str, parameters: dict[str, str]) -> str:
    return re.sub(r":(\w+)", lambda found: parameters[found[1]], page)


def _sign_in(context: BrowserContext, program: Program) -> None:
    body = {"email": EMAIL, "password": PASSWORD}
    assert context.request.post("/api/login", data=body, headers={"Origin": program.url}).ok


def _as_shown(text: str) -> str:
    return " ".join(clean_text(text).split())


def test_nothing_runs_on_any_page(world: World) -> None:
    site_id = world.shops[0].site["site_id"]
    share = world.program.call("POST", f"/api/sites/{site_id}/shares", {})
    token = share["url"].rpartition("/")[2]
    with watched(world.browser, world.program) as browser:
        for page in _pages({"token": token}):
            browser.open(page)
        _sign_in(browser.page.context, world.program)
        for page in _pages({"siteId": site_id, "token": token}):
            browser.open(page)


def test_what_was_sent_is_shown_as_the_text_that_it_is(world: World) -> None:
    with watched(world.browser, world.program) as browser:
        _sign_in(browser.page.context, world.program)
        browser.open("/sites")
        names = _text(browser.page, "main")
        assert [payload for payload in PAYLOADS if _as_shown(payload) not in names] == []
        for shop in world.shops:
            range_ = quote(shop.payloads[0].encode("utf-8", "replace"), safe="")
            browser.open(f"/sites/{shop.site['site_id']}?range={range_}&from={range_}&to={range_}")
            for tab in browser.page.get_by_role("main").get_by_role("tab").all():
                tab.click()
            browser.page.get_by_role("tab", name="Campaigns").click()
            browser.page.get_by_role("button", name=re.compile("^All .* campaigns")).click()
            browser.page.get_by_test_id("all-row").first.wait_for()
            browser.look("all campaigns")
            campaigns = _text(browser.page, "dialog")
            assert [payload for payload in shop.payloads if _as_shown(payload) not in campaigns] == []
            browser.open(f"/sites/{shop.site['site_id']}/arrived")
            assert "<" in _text(browser.page, "main")


def test_what_comes_in_while_a_page_is_open_is_text_as_well(world: World) -> None:
    with watched(world.browser, world.program) as browser:
        _sign_in(browser.page.context, world.program)
        shop = world.shops[1]
        browser.open(f"/sites/{shop.site['site_id']}")
        expect(browser.page.get_by_test_id("live")).to_have_attribute("data-state", "receiving")
        for payload in PAYLOADS[:6]:
            assert _send(world.program, shop, _events(0, payload)[2:3]) == []
            feed = browser.page.get_by_role("list", name="Newest events")
            expect(feed).to_contain_text(_as_shown(payload))
        browser.look("live")


def _text(page: Page, selector: str) -> str:
    return " ".join((page.locator(selector).text_content() or "").split())
