"""A history brought in through the dashboard, in Chromium."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests import browsers
from tests.axe import serious_faults
from tests.browsers import owner_at
from tests.imports.test_archives import zipped
from tests.imports.test_daily_sums import PLAUSIBLE
from tests.imports.test_imports import line, written
from tests.programs import running

pytestmark = pytest.mark.browser

expect.set_options(timeout=browsers.WAIT_MS)


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with browsers.chromium() as browser:
        yield browser


def test_a_file_is_chosen_looked_at_imported_and_taken_back(chromium: Browser, tmp_path: Path) -> None:
    lines = [line(f"2025-09-{day:02}T10:00:00Z", f"/{part}") for day in range(1, 6) for part in range(day)]
    file = written(tmp_path, [*lines, "{no event"], "last-year.ndjson")
    plausible = tmp_path / "shop_example_20260917.zip"
    plausible.write_bytes(zipped(("imported_visitors_20260901_20260902.csv", PLAUSIBLE.encode())))
    with running(tmp_path / "data") as program:
        program.sign_up()
        site = program.call("POST", "/api/sites", {"name": "Shop", "url": "https://shop.example"})["site_id"]
        with owner_at(chromium, program, f"/sites/{site}/import") as page:
            expect(page.get_by_text("Nothing was imported yet")).to_be_visible()
            page.get_by_label("File", exact=True).set_input_files(file)
            expect(page.get_by_role("row", name="5 Sept 2025")).to_contain_text("5")
            assert serious_faults(page) == []
            page.get_by_role("button", name="Import events: 15").click()
            expect(page.get_by_text("15 counted, 0 there already, 1 not readable")).to_be_visible()
            page.get_by_text("Lines that could not be read: 1").click()
            expect(page.get_by_text("Line 16: is not valid JSON")).to_be_visible()
            assert serious_faults(page) == []
            page.get_by_role("button", name="Take back last-year.ndjson").click()
            page.get_by_role("button", name="Take it back").click()
            expect(page.get_by_text(re.compile("^Taken back"))).to_be_visible()
            page.get_by_label("File", exact=True).set_input_files(plausible)
            page.get_by_role("button", name="Import days: 2").click()
            expect(page.get_by_text("2 days beside your own numbers")).to_be_visible()
            page.goto(f"{program.url}/sites/{site}?from=2026-09-01&to=2026-09-17")
            expect(page.get_by_role("listitem").filter(has_text="Imported from Plausible")).to_be_visible()
            expect(page.get_by_text("Not part of the figures above")).to_be_visible()
            expect(page.get_by_test_id("tile-pageviews")).to_have_text("0")
            expect(page.get_by_role("tab", name="Pageviews")).to_have_accessible_description("0 229 imported")
            assert serious_faults(page) == []
        report = program.call("GET", f"/api/sites/{site}/report?from=2025-09-01&to=2025-09-30")
        assert report["total_pageviews"] == 0
