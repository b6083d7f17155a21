"""A site's dashboard in a real Chromium: whatever its address asks for, it shows what the program answers."""

import gzip
import json
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from appliance import demo
from appliance.base.paths import dashboard_files
from appliance.samples.demo_traffic import Traffic
from tests.axe import serious_faults
from tests.browsers import WAIT_MS, chromium, owner_at
from tests.programs import Program, running

pytestmark = pytest.mark.browser

expect.set_options(timeout=WAIT_MS)
MOST_SCRIPT = 250_000
"""Bytes, compressed with gzip: of all scripts that a page of the dashboard takes to open."""
LEAST_REPORTS = 7
"""That a dashboard asks for, each apart from the others."""
_REPORTS = re.compile(r"/api/sites/[^/]+/(report|timeseries|breakdown|top-pages|vitals)\b")
DAYS = 16
"""Of visitors: the last seven days, the seven before, and some that nobody looks at."""

# How far things moved while the page loaded, as browsers measure it: 0.1 is where it begins to annoy.
_WATCH_SHIFTS = """
    window.shifted = 0;
    new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shifted += entry.value;
    }).observe({ type: "layout-shift", buffered: true });
"""


class Shop:
    """The demo's shop, in a program of its own."""

    def __init__(self, program: Program) -> None:
        self.program = program
        program.sign_up()
        made = program.call("POST", "/api/sites", {"name": "Shoe shop", "url": "shop.example"})
        self.path = f"/sites/{made['site_id']}"
        goal = {"name": "Bought", "kind": "event", "pattern": "purchase"}
        program.call("POST", f"/api{self.path}/goals", goal)
        now = datetime.now(UTC)
        events = [event for _, event in Traffic(demo.SEED, now).events(since=now - timedelta(days=DAYS))]
        credentials = {"x-site-id": made["site_id"], "x-site-key": made["site_key"]}
        for first in range(0, len(events), 1000):
            some = {"events": events[first : first + 1000]}
            program.call("POST", "/ingest/bulk", some, credentials)
        deadline = time.monotonic() + WAIT_MS / 1000
        while program.call("GET", "/healthz")["journal"]["pending"]:
            assert time.monotonic() < deadline
            time.sleep(0.1)

    def report(self, **query: str) -> Any:
        return self.program.call("GET", f"/api{self.path}/report?{urlencode(query)}")


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shop]:
    with running(tmp_path_factory.mktemp("dashboard") / "data") as program:
        yield Shop(program)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as opened:
        yield opened


def _slowly(page: Page) -> None:
    """Every answer comes half a second late, so that whatever waits for one is seen waiting."""
    conditions = {"offline": False, "latency": 500, "downloadThroughput": -1, "uploadThroughput": -1}
    page.context.new_cdp_session(page).send("Network.emulateNetworkConditions", conditions)


@contextmanager
def looking(browser: Browser, shop: Shop, query: str = "", **options: Any) -> Iterator[Page]:
    """The owner on the dashboard."""
    with owner_at(browser, shop.program, "/sites", **options) as page:
        page.add_init_script(_WATCH_SHIFTS)
        page.goto(shop.path + query)
        yield page


def figures(report: Any) -> dict[str, str]:
    """What the tiles show of a report."""
    seconds = int(report["avg_time_spent_on_site_sec"] + 0.5)
    return {
        "visitors": _grouped(report["unique_visitors"]),
        "visits": _grouped(report["visits"]),
        "pageviews": _grouped(report["total_pageviews"]),
        "bounce_rate": f"{report['bounce_rate_percent']:g} %",
        "avg_time": f"{seconds // 60}:{seconds % 60:02} min" if seconds >= 60 else f"{seconds} s",
        "conversion_rate": f"{report['conversion_rate_percent']:g} %",
    }


def _grouped(count: int) -> str:
    return f"{count:,}".replace(",", " ")


def _exactly(text: str) -> re.Pattern[str]:
    """Whichever space stands in it: the pages have narrow ones."""
    return re.compile(f"^{re.escape(text)}$".replace("\\ ", r"\s"))


def shows(page: Page, report: Any) -> None:
    assert 0 < report["total_pageviews"] < 10_000
    for name, value in figures(report).items():
        expect(page.get_by_test_id(f"tile-{name}")).to_have_text(_exactly(value))


def filters_of(page: Page) -> Any:
    return json.loads(parse_qs(urlsplit(page.url).query).get("filters", ["[]"])[0])


def add_filter(page: Page, what: str, how: str, value: str) -> None:
    page.keyboard.press("/")
    editor = page.get_by_role("dialog", name="New filter")
    editor.get_by_label("What", exact=True).select_option(what)
    editor.get_by_label("How", exact=True).select_option(how)
    if how.startswith("is"):
        editor.get_by_role("checkbox", name=re.compile(value)).check()
    else:
        editor.get_by_label("Value", exact=True).fill(value)
    editor.get_by_role("button", name="Add the filter").click()


def test_filters_of_several_dimensions_change_every_number_as_the_program_does(
    shop: Shop, browser: Browser
) -> None:
    with looking(browser, shop) as page:
        shows(page, shop.report())
        add_filter(page, "Source", "is", "Organic")
        add_filter(page, "Page", "contains", "/boots")
        add_filter(page, "Device", "is not", "Desktop")
        wanted = [
            ["source", "is", ["organic"]],
            ["page", "contains", ["/boots"]],
            ["device", "is not", ["desktop"]],
        ]
        assert filters_of(page) == wanted
        shows(page, shop.report(filters=json.dumps(wanted)))

        page.go_back()
        shows(page, shop.report(filters=json.dumps(wanted[:2])))
        address = page.url
        page.get_by_role("button", name="Remove the filter: Source is Organic").click()
        shows(page, shop.report(filters=json.dumps(wanted[1:2])))
        page.goto(address)
        shows(page, shop.report(filters=json.dumps(wanted[:2])))
        page.get_by_role("button", name="Clear all").click()
        shows(page, shop.report())


def test_the_comparison_is_the_programs_and_can_be_changed(shop: Shop, browser: Browser) -> None:
    with looking(browser, shop, "?metric=visits") as page:
        now = shop.report(compare="previous_period")
        then = now["comparison"]
        more = now["visits"] - then["visits"]
        assert more != 0
        share = abs(more) / then["visits"] * 100
        word = "more" if more > 0 else "less"
        size = f"{share:.1f}".removesuffix(".0") if share < 10 else f"{share:.0f}"
        tab = page.get_by_role("tab", name="Visits", exact=True)
        expect(tab).to_have_accessible_description(re.compile(rf"{size}\s% {word} than "))
        series = shop.program.call(
            "GET", f"/api{shop.path}/timeseries?metric=visits&granularity=day&compare=previous_period"
        )
        rows = page.get_by_role("table", name="Visits per day").get_by_role("row")
        for number, (new, old) in enumerate(zip(series["points"], series["compare"], strict=True), start=1):
            cells = rows.nth(number).get_by_role("cell")
            unfinished = ", not over yet" if new["incomplete"] else ""
            expect(cells.first).to_have_text(_exactly(_grouped(new["value"]) + unfinished))
            expect(cells.last).to_have_text(_exactly(_grouped(old["value"])))
        page.get_by_role("button", name="Compare: period before").click()
        page.get_by_role("button", name="No comparison").click()
        expect(tab).not_to_have_accessible_description(re.compile("than"))
        assert parse_qs(urlsplit(page.url).query)["compare"] == ["none"]


def test_days_are_chosen_by_keys_and_in_the_calendar(shop: Shop, browser: Browser) -> None:
    with looking(browser, shop) as page:
        shows(page, shop.report())
        yesterday = datetime.now(UTC).date() - timedelta(days=1)
        page.keyboard.press("y")
        shows(page, shop.report(**_days(yesterday, yesterday)))
        page.keyboard.press(",")
        before = yesterday - timedelta(days=1)
        shows(page, shop.report(**_days(before, before)))
        first, last = yesterday - timedelta(days=5), yesterday - timedelta(days=2)
        page.get_by_role("button", name=f"{before.day} ").first.click()
        for day in (last, first):
            page.locator(f'[data-day="{day}"] button').click()
        shows(page, shop.report(**_days(first, last)))
        assert parse_qs(urlsplit(page.url).query) == {"from": [str(first)], "to": [str(last)]}


def test_the_last_hours_are_shown_hour_by_hour_beside_those_before(shop: Shop, browser: Browser) -> None:
    with looking(browser, shop) as page:
        shows(page, shop.report())
        page.keyboard.press("h")
        shows(page, shop.report(range="24h"))
        assert parse_qs(urlsplit(page.url).query) == {"range": ["24h"]}
        expect(page.get_by_role("button", name="Last 24 hours")).to_be_visible()
        rows = page.get_by_role("table", name="Visitors per hour").get_by_role("row")
        expect(rows).to_have_count(25)
        then = shop.program.call(
            "GET", f"/api{shop.path}/timeseries?range=24h&granularity=hour&compare=previous_period"
        )["compare"]
        for number, point in enumerate(then, start=1):
            expect(rows.nth(number).get_by_role("cell").last).to_have_text(_exactly(_grouped(point["value"])))


def _days(first: date, last: date) -> dict[str, str]:
    return {"from": str(first), "to": str(last)}


def test_the_chart_is_saved_as_a_picture_and_as_a_drawing(
    shop: Shop, browser: Browser, tmp_path: Path
) -> None:
    with looking(browser, shop) as page:
        shows(page, shop.report())
        for label, ending in (("Picture (PNG)", "png"), ("Drawing (SVG)", "svg")):
            page.get_by_role("button", name="Save the chart").click()
            with page.expect_download() as download:
                page.get_by_role("button", name=label).click()
            assert download.value.suggested_filename.startswith("visitors-")
            download.value.save_as(tmp_path / f"chart.{ending}")
        assert (tmp_path / "chart.png").read_bytes().startswith(b"\x89PNG")
        drawing = (tmp_path / "chart.svg").read_text("utf-8")
        assert "Visitors per day" in drawing
        assert "var(--" not in drawing


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_moves_while_it_loads_and_nobody_is_shut_out(
    shop: Shop, browser: Browser, scheme: Any
) -> None:
    query = "?" + urlencode({"filters": '[["source","is",["organic","direct"]]]'})
    with looking(browser, shop, query, color_scheme=scheme) as page:
        page.wait_for_load_state("networkidle")
        assert page.evaluate("shifted") < 0.05
        assert serious_faults(page) == []
        page.keyboard.press("/")
        expect(page.get_by_role("dialog", name="New filter").get_by_role("checkbox").first).to_be_visible()
        assert serious_faults(page) == []
        page.keyboard.press("Escape")
        page.get_by_role("button", name="Last 7 days").click()
        expect(page.get_by_role("grid").first).to_be_visible()
        assert serious_faults(page) == []


@pytest.mark.parametrize(
    "options",
    [
        {"viewport": {"width": 1440, "height": 1000}},
        {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True},
    ],
    ids=["desktop", "phone"],
)
def test_nothing_moves_on_a_slow_connection(shop: Shop, browser: Browser, options: Any) -> None:
    with looking(browser, shop, **options) as page:
        _slowly(page)
        page.reload()
        shows(page, shop.report())
        page.wait_for_load_state("networkidle")
        assert page.evaluate("shifted") < 0.05


@pytest.mark.parametrize("size", [(1440, 3000), (390, 6000)], ids=["desktop", "phone"])
def test_nothing_moves_in_whatever_order_answers_come(
    shop: Shop, browser: Browser, size: tuple[int, int]
) -> None:
    width, height = size
    viewport = {"width": width, "height": height}
    with looking(browser, shop, viewport=viewport, has_touch=True, is_mobile=width < 640) as page:
        held: list[Route] = []
        page.route(_REPORTS, lambda route: held.append(route))
        for begin, first in ((page.reload, 0), (lambda: page.keyboard.press("m"), -1)):
            begin()
            page.evaluate("shifted = 0")
            _wait_for_reports(page, held)
            page.wait_for_timeout(600)  # what moves sooner after a key does not count
            while held:
                _let_through(page, held.pop(first))
            assert page.evaluate("shifted") < 0.03


def _wait_for_reports(page: Page, held: list[Route]) -> None:
    deadline = time.monotonic() + WAIT_MS / 1000
    while len(held) < LEAST_REPORTS:
        assert time.monotonic() < deadline
        page.wait_for_timeout(50)


def _let_through(page: Page, held: Route) -> None:
    """Until what it is answered shows; a request that the page took back meanwhile is answered to nobody."""
    held.fulfill(response=held.fetch())
    page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    page.wait_for_timeout(50)


def test_opening_a_page_takes_little_script(shop: Shop, browser: Browser) -> None:
    with looking(browser, shop) as page:
        taken: list[str] = []
        page.on("request", lambda asked: taken.append(asked.url) if asked.resource_type == "script" else None)
        for path in ("/", shop.path):
            taken.clear()
            page.goto(path)
            page.wait_for_load_state("networkidle")
            files = [dashboard_files() / urlsplit(url).path.lstrip("/") for url in taken]
            assert files
            assert sum(len(gzip.compress(file.read_bytes())) for file in files) < MOST_SCRIPT


def test_a_finger_leaves_a_row_out(shop: Shop, browser: Browser) -> None:
    """Without the Shift key."""
    phone: dict[str, Any] = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
    with looking(browser, shop, **phone) as page:
        page.get_by_role("button", name=re.compile(r"All \d+ sources")).tap()
        page.get_by_role("button", name="Leave out Organic").tap()
        wanted = [["source", "is not", ["organic"]]]
        shows(page, shop.report(filters=json.dumps(wanted)))
        assert filters_of(page) == wanted


@pytest.mark.parametrize("width", [390, 320])
def test_a_phone_shows_all_of_it_without_moving_sideways(shop: Shop, browser: Browser, width: int) -> None:
    viewport = {"width": width, "height": 700}
    with looking(browser, shop, viewport=viewport, has_touch=True, is_mobile=True) as page:
        shows(page, shop.report())
        assert page.evaluate("document.documentElement.scrollWidth") == width
        page.get_by_role("button", name="Last 7 days").tap()
        expect(page.get_by_role("grid")).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth") == width
        page.get_by_role("button", name="Yesterday").tap()
        yesterday = datetime.now(UTC).date() - timedelta(days=1)
        shows(page, shop.report(**_days(yesterday, yesterday)))
        page.get_by_role("button", name="Filter", exact=True).tap()
        expect(page.get_by_role("checkbox").first).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth") == width
