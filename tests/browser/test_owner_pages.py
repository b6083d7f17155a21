"""The pages around the dashboard, as an owner uses them on the first day, in Chromium."""

import csv
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests import browsers
from tests.axe import serious_faults
from tests.pages import pages
from tests.programs import Program, running
from tests.traffic import CHROME
from tests.website import Website, website

pytestmark = pytest.mark.browser

WAIT_MS = 30_000
expect.set_options(timeout=WAIT_MS)


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
    context = chromium.new_context(base_url=program.url, user_agent=CHROME)
    context.set_default_timeout(WAIT_MS)
    yield context.new_page()
    context.close()


@pytest.fixture
def phone(chromium: Browser, program: Program) -> Iterator[Page]:
    """A small one in the dark, whose owner wants nothing to move."""
    context = chromium.new_context(
        base_url=program.url,
        viewport={"width": 320, "height": 640},
        color_scheme="dark",
        reduced_motion="reduce",
    )
    context.set_default_timeout(WAIT_MS)
    yield context.new_page()
    context.close()


def test_from_the_first_run_to_a_goal(owner: Page, shop: Website) -> None:
    owner.goto("/")
    owner.get_by_label("Email").fill("owner@shop.example")
    owner.get_by_label("Password").fill("correct horse battery")
    owner.get_by_role("button", name="Create account").click()
    owner.get_by_label("Website name").fill("Shoe shop")
    owner.get_by_label("Website address").fill(shop.url)
    owner.get_by_role("button", name="Add website").click()
    code = owner.locator("code", has_text="data-site-key").first.inner_text()
    expect(owner.get_by_text("Waiting for your first visitor")).to_be_visible()

    # Somebody pasted it with half of the key, and looks what comes of it.
    shop.snippet = re.sub(r"(pk_live_\w{6})\w+", r"\1", code)
    with owner.expect_popup() as opened:
        owner.get_by_role("link", name="Test: open my website").click()
    tab = opened.value
    expect(owner.get_by_text("An event arrived with a wrong key")).to_be_visible()

    shop.snippet = code
    tab.reload()
    expect(owner.get_by_test_id("first-visitor")).to_have_attribute("data-state", "received")
    expect(owner.get_by_role("list", name="Events of this test")).to_contain_text("pageview /")
    expect(owner.get_by_text("An event arrived with a wrong key")).to_be_hidden()
    tab.get_by_role("button", name="Add to cart").click()
    expect(owner.get_by_role("list", name="Events of this test")).to_contain_text("add_to_cart")

    owner.goto("/sites")
    card = owner.get_by_role("listitem").filter(has=owner.get_by_role("link", name="Shoe shop"))
    expect(card).to_contain_text("1 visitor today")
    expect(card).to_contain_text("1 visitor there now")

    card.get_by_role("link", name="Shoe shop").click()
    owner.get_by_role("link", name="Goals").first.click()
    owner.get_by_text("Does something").click()
    owner.get_by_label("Name of the event").fill("add_to_cart")
    expect(owner.get_by_text(re.compile("of 1 .*did this in the last 30 days, 1 time"))).to_be_visible()
    owner.get_by_label("Name of the goal").fill("Filled a cart")
    owner.get_by_role("button", name="Add goal").click()
    goals = owner.get_by_role("region", name="All goals")
    expect(goals).to_contain_text(re.compile("Filled a cart.*100.%"))

    owner.get_by_role("link", name="Dashboard").first.click()
    owner.get_by_role("button", name="Export").click()
    owner.get_by_text("Visits", exact=True).last.click()
    with owner.expect_download() as download:
        owner.get_by_role("button", name="Download").click()
    assert re.fullmatch(r"shoe-shop-visits-[0-9to-]+\.csv", download.value.suggested_filename)
    with download.value.path().open(encoding="utf-8", newline="") as file:
        (visit,) = csv.DictReader(file)
    assert (visit["entry_page"], visit["pageviews"], visit["bounced"]) == ("/", "1", "false")


def test_every_page_fits_a_small_phone_holds_still_and_lets_everybody_in(
    program: Program, phone: Page
) -> None:
    program.sign_up()
    site_id = program.call("POST", "/api/sites", {"name": "Shoe shop", "url": "shop.example"})["site_id"]
    phone.goto("/login")
    phone.get_by_label("Email").fill("owner@shop.example")
    phone.get_by_label("Password").fill("correct horse battery")
    phone.get_by_role("button", name="Sign in").click()
    expect(phone.get_by_role("link", name="Shoe shop")).to_be_visible()
    for pattern in pages():
        phone.goto(pattern.replace(":siteId", site_id).replace(":token", "none").replace(":page", "metrics"))
        expect(phone.locator("h1").first).to_be_attached()
        expect(phone.locator("[aria-busy=true]")).to_have_count(0)
        assert phone.evaluate("document.documentElement.scrollWidth") <= 320, pattern
        moving = "document.getAnimations().filter(({ playState }) => playState == 'running').length"
        assert phone.evaluate(moving) == 0, pattern
        assert serious_faults(phone) == [], pattern
