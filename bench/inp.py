"""How soon the dashboard shows something after a click or a key: python bench/inp.py [--events N] [--runs N]

A site gets N events of the last thirty days (`bench/history.py`; a million unless told). Its dashboard is
opened in Chromium, and of each interaction the time to the next paint is taken as the browser tells it (Event
Timing, its longest event). The baseline is the same interactions, in turn with them, on the
dashboard of a site without events; where that has nothing to click on, there is none. Prints a table, in
milliseconds, and writes bench/inp.json. Chromium tells times in steps of 8 ms, and none below 16 ms.
With --keep, the history stays in the folder, and is found there the next time.
"""

import argparse
import json
import os
import statistics
import tempfile
from collections.abc import Callable
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from bench import history
from bench.history import EMAIL, PASSWORD, History
from tests.programs import Program, running

DAYS = 30
LEAST_MS = 16
"""The shortest that Event Timing tells of."""
GOOD_MS = 200
"""Up to it web.dev calls an Interaction to Next Paint good."""
_SETTLE_MS = 600
_WATCH = f"""
    window.told = [];
    new PerformanceObserver((list) => {{
        for (const entry of list.getEntries()) if (entry.interactionId) window.told.push(entry.duration);
    }}).observe({{ type: "event", durationThreshold: {LEAST_MS}, buffered: true }});
"""

Times = dict[str, list[float]]


def _row(page: Page) -> None:
    page.get_by_test_id("row-source").first.get_by_role("button").click()


def _tile(page: Page) -> None:
    page.get_by_role("tab", name="Pageviews", exact=True).click()


def _range_menu(page: Page) -> None:
    page.get_by_role("button", name="Last 30 days").click()


def _other_range(page: Page) -> None:
    page.get_by_role("button", name="Last 90 days").click()


def _range_by_key(page: Page) -> None:
    page.keyboard.press("m")


def _panel_tab(page: Page) -> None:
    page.get_by_role("tab", name="Referrers").click()


def _export_menu(page: Page) -> None:
    page.get_by_role("button", name="Export").click()


def _site_menu(page: Page) -> None:
    page.get_by_role("button", name="Change website").click()


def _filter_menu(page: Page) -> None:
    page.get_by_role("button", name="Filter", exact=True).click()


def _filter_search(page: Page) -> None:
    editor = page.get_by_role("dialog", name="New filter")
    editor.get_by_label("What", exact=True).select_option("Page")
    field = editor.get_by_role("searchbox").or_(editor.get_by_label("Value", exact=True)).first
    field.press_sequentially("boots", delay=80)


def _all_pages(page: Page) -> None:
    page.get_by_role("button", name="pages").filter(has_text="All").last.click()


def _search_of_all(page: Page) -> None:
    page.get_by_role("dialog").get_by_role("searchbox").press_sequentially("boots", delay=80)


def _escape(page: Page) -> None:
    page.keyboard.press("Escape")


STEPS: tuple[tuple[str, Callable[[Page], None]], ...] = (
    ("a tile", _tile),
    ("a row, which filters the page", _row),
    ("the same row again", _row),
    ("a tab of a panel", _panel_tab),
    ("the menu of ranges", _range_menu),
    ("another range in it", _other_range),
    ("a range by its key", _range_by_key),
    ("the menu of exports", _export_menu),
    ("", _escape),
    ("the menu of websites", _site_menu),
    ("", _escape),
    ("the filter's form", _filter_menu),
    ("typing in the filter's search", _filter_search),
    ("", _escape),
    ("the table of all pages", _all_pages),
    ("typing in its search", _search_of_all),
)
OF_ROWS = {_row, _all_pages, _search_of_all}
"""A site without events has none."""


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--events", type=int, default=1_000_000)
    parser.add_argument("--runs", type=int, default=7)
    parser.add_argument("--keep", type=Path)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        made = _made(asked.keep or Path(folder), asked.events)
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("CHROMIUM"), args=["--no-sandbox"]
        )
        with running(made.data_dir) as program:
            found = measure(browser, program, made, asked.runs)
        browser.close()
    show(found, made.events, asked.runs)
    Path(__file__).with_suffix(".json").write_text(json.dumps(found, indent=1), "utf-8")


def _made(folder: Path, events: int) -> History:
    noted = folder / "history.json"
    if noted.exists():
        found = json.loads(noted.read_text("utf-8"))
        return History(**{**found, "data_dir": Path(found["data_dir"])})
    now = datetime.now(UTC)
    made = history.make(folder / "data", history.make_pool(folder / "pool", now), events, DAYS, now)
    noted.write_text(json.dumps(asdict(made), default=str), "utf-8")
    return made


def measure(browser: Browser, program: Program, made: History, runs: int) -> dict[str, Times]:
    """The times of each step, on the full site and on the empty one, in turn."""
    context = browser.new_context(base_url=program.url, viewport={"width": 1440, "height": 1000})
    context.request.post(
        "/api/login", data={"email": EMAIL, "password": PASSWORD}, headers={"Origin": program.url}
    )
    context.add_init_script(_WATCH)
    found: dict[str, Times] = {"full": {}, "empty": {}}
    for _ in range(runs):
        for name, site in (("full", made.site_id), ("empty", made.empty_id)):
            page = context.new_page()
            page.goto(f"/sites/{site}?range=30d")
            _wait_until_still(page)
            for step, do in STEPS:
                if name == "empty" and do in OF_ROWS:
                    continue
                took = _took(page, do)
                if step:
                    found[name].setdefault(step, []).append(took)
            page.close()
    return found


def _took(page: Page, do: Callable[[Page], None]) -> float:
    """Of the slowest interaction of the step, in ms."""
    page.evaluate("window.told = []")
    do(page)
    _wait_until_still(page)
    return max([LEAST_MS, *page.evaluate("window.told")])


def _wait_until_still(page: Page) -> None:
    page.wait_for_load_state("networkidle")
    page.wait_for_function("() => !document.querySelector('.skeleton')")
    page.wait_for_timeout(_SETTLE_MS)


def show(found: dict[str, Times], events: int, runs: int) -> None:
    print(f"\n{events:,} events over {DAYS} days, {runs} runs; ms to the next paint\n")
    print("| interaction | median | worst | median without events | worst |\n|---|---|---|---|---|")
    for step, times in found["full"].items():
        cells = [*_cells(times), *_cells(found["empty"].get(step, []))]
        print(f"| {step} | {' | '.join(cells)} |")
    worst = max(time for times in found["full"].values() for time in times)
    print(f"\nThe worst is {worst:.0f} ms; good is up to {GOOD_MS} ms.")


def _cells(times: list[float]) -> list[str]:
    return [_written(take(times)) for take in (statistics.median, max)] if times else ["–", "–"]


def _written(time: float) -> str:
    return f"≤ {LEAST_MS}" if time <= LEAST_MS else f"{time:.0f}"


if __name__ == "__main__":
    main()
