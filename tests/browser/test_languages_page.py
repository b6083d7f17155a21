"""The dashboard on a phone in other languages: in German, and in one written from right to left."""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.axe import serious_faults
from tests.browser.test_dashboard_page import Shop
from tests.browsers import WAIT_MS, chromium, owner_at
from tests.programs import running

pytestmark = pytest.mark.browser

expect.set_options(timeout=WAIT_MS)
WIDTH = 390
PHONE: dict[str, Any] = {"viewport": {"width": WIDTH, "height": 844}, "has_touch": True, "is_mobile": True}
PLACES = (
    "{site}?range=24h",
    "{site}/goals",
    "{site}/arrived",
    "{site}/snippet",
    "{site}/settings",
    "/sites",
    "/account",
    "/settings/backups",
    "/settings/network",
    "/people",
    "/help",
)
_GERMAN = Path(__file__).parents[2] / "ui_static" / "src" / "locales" / "de.json"
_HOLES = re.compile(r"(\{\{\w+\}\}|<[^>]*>)")
_LETTERS = str.maketrans({letter: chr(0x5D0 + ord(letter) % 22) for letter in "abcdefghijklmnopqrstuvwxyz"})

# Whatever language the page speaks, it is written from right to left.
_MIRROR = """
    new MutationObserver(() => {
        if (document.documentElement.dir === "ltr") document.documentElement.dir = "rtl";
    }).observe(document, { subtree: true, attributes: true, attributeFilter: ["dir"] });
"""


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shop]:
    with running(tmp_path_factory.mktemp("languages") / "data") as program:
        yield Shop(program)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as opened:
        yield opened


def mirrored() -> str:
    """The German texts in Hebrew letters: as long as those, and nobody takes them for English."""
    texts = json.loads(_GERMAN.read_text("utf-8"))
    told = {key: _in_hebrew_letters(text) for key, text in texts.items()}
    return f"export default {json.dumps(told)};"


def _in_hebrew_letters(text: str) -> str:
    parts = _HOLES.split(text)
    return "".join(
        part if number % 2 else part.lower().translate(_LETTERS) for number, part in enumerate(parts)
    )


@contextmanager
def speaking(browser: Browser, shop: Shop, from_right: bool) -> Iterator[Page]:
    with owner_at(browser, shop.program, "/healthz", locale="de-DE", **PHONE) as page:
        if from_right:
            page.add_init_script(_MIRROR)
            script = {"body": mirrored(), "content_type": "text/javascript"}
            page.route(re.compile(r"/assets/de-[^/]+\.js$"), lambda route: route.fulfill(**script))
        yield page


def wait_until_drawn(page: Page) -> None:
    expect(page.locator("h1").first).to_be_attached()
    expect(page.locator(".skeleton")).to_have_count(0)


@pytest.mark.parametrize("from_right", [False, True], ids=["German", "from right to left"])
def test_no_page_moves_sideways_or_shuts_anybody_out(shop: Shop, browser: Browser, from_right: bool) -> None:
    with speaking(browser, shop, from_right) as page:
        for place in PLACES:
            page.goto(place.format(site=shop.path))
            wait_until_drawn(page)
            assert page.evaluate("document.documentElement.dir") == ("rtl" if from_right else "ltr")
            assert (place, page.evaluate("document.documentElement.scrollWidth")) == (place, WIDTH)
            assert (place, serious_faults(page)) == (place, [])


def test_menus_open_within_the_phone(shop: Shop, browser: Browser) -> None:
    with speaking(browser, shop, False) as page:
        page.goto(shop.path)
        wait_until_drawn(page)
        for button in ("Website wechseln", "Letzte 7 Tage", "Export", "Mehr"):
            page.get_by_role("button", name=button).first.tap()
            box = page.get_by_role("dialog").bounding_box()
            assert box is not None
            assert (button, box["x"] >= 0, box["x"] + box["width"] <= WIDTH) == (button, True, True)
            page.keyboard.press("Escape")
            expect(page.get_by_role("dialog")).to_have_count(0)


def test_numbers_are_written_as_the_language_writes_them(shop: Shop, browser: Browser) -> None:
    with speaking(browser, shop, False) as page:
        page.goto(shop.path)
        report = shop.report()
        assert report["total_pageviews"] >= 1000
        pageviews = f"{report['total_pageviews']:,}".replace(",", ".")
        rate = f"{report['bounce_rate_percent']:g}".replace(".", ",")
        expect(page.get_by_test_id("tile-pageviews")).to_have_text(pageviews)
        expect(page.get_by_test_id("tile-bounce_rate")).to_have_text(re.compile(rf"^{rate}\s%$"))
