"""The panels of a dashboard in a real Chromium: their rows are the program's answers, and filter the page."""

import csv
import json
import re
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from appliance import demo
from appliance.samples.demo_traffic import Traffic
from tests.axe import serious_faults
from tests.browsers import WAIT_MS, chromium, owner_at
from tests.programs import Program, running
from tests.traffic import pageview

pytestmark = pytest.mark.browser

expect.set_options(timeout=WAIT_MS)

PANELS = {
    "Sources": {"All": "source", "Channels": "channel", "Referrers": "referrer", "Campaigns": "utm_campaign"},
    "Pages": {"Entry": "entry_page", "Exit": "exit_page"},
    "Countries": {"": "country"},
    "Technology": {
        "Browsers": "browser", "Systems": "os", "Devices": "device",
        "Screens": "screen", "Languages": "language",
    },
    "Goals and events": {"Events": "event", "Properties": "property"},
}  # fmt: skip


class Shop:
    """The demo's shop with visitors of some days, and pages enough for more than one page of a table."""

    def __init__(self, program: Program) -> None:
        self.program = program
        program.sign_up()
        made = program.call("POST", "/api/sites", {"name": "Shoe shop", "url": "shop.example"})
        self.site_id, self._key = made["site_id"], made["site_key"]
        self.path = f"/sites/{self.site_id}?range=7d"
        for goal in (("Bought", "event", "purchase"), ("Looked at a shoe", "path", "/shoes/**")):
            program.call("POST", self._at("goals"), dict(zip(("name", "kind", "pattern"), goal, strict=True)))
        now = datetime.now(UTC)
        happened = [event for _, event in Traffic(demo.SEED, now).events(since=now - timedelta(days=3))]
        self._send(happened + [pageview(now - timedelta(hours=1), f"/size/{size}") for size in range(60)])

    def _at(self, what: str) -> str:
        return f"/api/sites/{self.site_id}/{what}"

    def _send(self, events: list[dict[str, Any]]) -> None:
        credentials = {"x-site-id": self.site_id, "x-site-key": self._key}
        for first in range(0, len(events), 1000):
            some = {"events": events[first : first + 1000]}
            told = self.program.call("POST", "/ingest/bulk", some, credentials)
            assert told["rejected"] == []
        viewed = sum(event["event_type"] in ("pageview", "route_change") for event in events)
        deadline = time.monotonic() + WAIT_MS / 1000
        while self.ask("report")["total_pageviews"] < viewed:
            assert time.monotonic() < deadline
            time.sleep(0.1)

    def ask(self, what: str, **query: Any) -> Any:
        return self.program.call("GET", f"{self._at(what)}?{urlencode(query)}")

    def rows(self, dimension: str, **query: Any) -> list[tuple[str, int]]:
        """(value, what its panel counts) of the first nine."""
        counts = "visitors" if dimension in ("event", "property") else "visits"
        shown = 12 if dimension == "country" else 9
        answer = self.ask("breakdown", dimension=dimension, limit=shown, **query)
        return [(row["value"], row[counts]) for row in answer["rows"]]


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shop]:
    with running(tmp_path_factory.mktemp("panels") / "data") as program:
        yield Shop(program)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as opened:
        yield opened


@pytest.fixture
def owner(browser: Browser, shop: Shop) -> Iterator[Page]:
    """On the dashboard."""
    with owner_at(browser, shop.program, shop.path) as page:
        yield page


def panel(page: Page, name: str) -> Locator:
    return page.get_by_role("region", name=name, exact=True)


def shows(page: Page, dimension: str, rows: list[tuple[str, int]]) -> None:
    """The rows of a panel, in order, with the number of each."""
    found = page.get_by_test_id(f"row-{dimension}")
    expect(found).to_have_count(len(rows))
    for place, (value, count) in enumerate(rows):
        expect(found.nth(place)).to_have_attribute("data-value", value)
        expect(found.nth(place)).to_contain_text(_grouped(count))


def _grouped(count: int) -> str:
    return f"{count:,}".replace(",", "\u202f")


def filters_of(page: Page) -> Any:
    return json.loads(parse_qs(urlsplit(page.url).query).get("filters", ["[]"])[0])


def test_every_panels_rows_are_the_answers_of_the_program(shop: Shop, owner: Page) -> None:
    for name, tabs in PANELS.items():
        for tab, dimension in tabs.items():
            if tab:
                panel(owner, name).get_by_role("tab", name=tab, exact=True).click()
            rows = shop.rows(dimension)
            assert rows, dimension
            shows(owner, dimension, rows)
    goals = panel(owner, "Goals and events")
    goals.get_by_role("tab", name="Goals").click()
    for goal in shop.ask("report")["goals"]:
        row = goals.get_by_role("row", name=re.compile(goal["name"]))
        expect(row.get_by_role("cell").first).to_have_text(_grouped(goal["conversions"]))
    most, least = shop.rows("country")[0][0], shop.rows("country")[-1][0]
    expect(owner.locator(f'path[data-country="{most}"] title')).to_have_count(1)
    assert _fill(owner, most) != _fill(owner, least) != _fill(owner, "AQ" if least == "KP" else "KP")


def _fill(page: Page, country: str) -> Any:
    return page.locator(f'path[data-country="{country}"]').evaluate("path => getComputedStyle(path).fill")


def test_rows_filter_the_whole_page_and_give_it_back(shop: Shop, owner: Page) -> None:
    organic = owner.get_by_role("button", name=re.compile("^Organic"))
    organic.click()
    kept = json.dumps([["source", "is", ["organic"]]])
    expect(owner.get_by_test_id("tile-visits")).to_have_text(
        _grouped(shop.ask("report", filters=kept)["visits"])
    )
    assert filters_of(owner) == json.loads(kept)
    shows(owner, "country", shop.rows("country", filters=kept))
    expect(organic).to_have_attribute("aria-pressed", "true")
    organic.click()
    shows(owner, "country", shop.rows("country"))

    (first, _), (second, _) = shop.rows("country")[:2]
    owner.locator(f'[data-value="{first}"] button').click(modifiers=["Shift"])
    left = json.dumps([["country", "is not", [first]]])
    shows(owner, "country", shop.rows("country", filters=left))
    owner.locator(f'[data-value="{second}"] button').press("Shift+Enter")
    shows(
        owner, "country", shop.rows("country", filters=json.dumps([["country", "is not", [first, second]]]))
    )
    assert filters_of(owner) == [["country", "is not", [first, second]]]


def test_all_rows_are_searched_sorted_paged_and_saved(shop: Shop, owner: Page, tmp_path: Path) -> None:
    button = panel(owner, "Pages").get_by_role("button", name=re.compile("^All "))
    button.click()
    dialog = owner.get_by_role("dialog")
    rows = dialog.get_by_test_id("all-row")
    total = shop.ask("breakdown", dimension="page")["total"]
    expect(dialog.get_by_role("status")).to_have_text(f"1–50 of {total}")
    expect(rows).to_have_count(50)
    dialog.get_by_role("button", name="Next").click()
    expect(dialog.get_by_role("status")).to_have_text(re.compile(r"^51–"))
    dialog.get_by_role("button", name="Page", exact=True).click()
    by_name = shop.ask("breakdown", dimension="page", sort="value", order="asc", limit=50)["rows"]
    expect(rows.first).to_have_attribute("data-value", by_name[0]["value"])
    assert [row.get_attribute("data-value") for row in rows.all()] == [row["value"] for row in by_name]
    dialog.get_by_role("searchbox").fill("/SIZE/1")
    expect(dialog.get_by_role("status")).to_have_text("1–11 of 11")
    assert serious_faults(owner) == []
    with owner.expect_download() as download:
        dialog.get_by_role("button", name="CSV of these rows").click()
    download.value.save_as(tmp_path / "pages.csv")
    with (tmp_path / "pages.csv").open(encoding="utf-8", newline="") as file:
        saved = list(csv.DictReader(file))
    assert [row["Value"] for row in saved][:2] == ["/size/1", "/size/10"]
    assert saved[0]["Visitors"] == "1"
    owner.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    expect(button).to_be_focused()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nobody_is_shut_out_of_the_panels(browser: Browser, shop: Shop, scheme: Any) -> None:
    with owner_at(browser, shop.program, shop.path, color_scheme=scheme) as page:
        for dimension in ("source", "country", "browser"):
            shows(page, dimension, shop.rows(dimension))
        assert serious_faults(page) == []


def test_a_narrow_phone_shows_one_column_that_does_not_overflow(browser: Browser, shop: Shop) -> None:
    phone = {"viewport": {"width": 320, "height": 640}, "has_touch": True, "is_mobile": True}
    with owner_at(browser, shop.program, shop.path, **phone) as page:
        shows(page, "source", shop.rows("source"))
        assert page.evaluate("document.documentElement.scrollWidth") == 320
        lefts = {panel(page, name).evaluate("panel => panel.getBoundingClientRect().left") for name in PANELS}
        assert len(lefts) == 1
        assert page.get_by_test_id("row-source").first.evaluate("row => row.offsetHeight") >= 44
        panel(page, "Countries").get_by_role("button", name=re.compile("^All ")).tap()
        expect(page.get_by_test_id("all-row").first).to_be_visible()
        assert page.get_by_role("dialog").evaluate("dialog => dialog.scrollWidth - dialog.clientWidth") == 0
