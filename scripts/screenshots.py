"""Pictures of the dashboard, with the demo's visitors on it.

scripts/screenshots.py              those of the README, into docs/screenshots/
scripts/screenshots.py FOLDER       every page, wide and on a phone, light and dark, to look at
"""

import base64
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

ROOT = Path(__file__).parent.parent
README = ROOT / "docs" / "screenshots"
QUALITY = 82
"""Of WebP: text stays sharp, and a picture takes some 50 kB."""

WIDE: ViewportSize = {"width": 1280, "height": 800}
PHONE: ViewportSize = {"width": 390, "height": 844}
SCHEMES = ("light", "dark")

PAGES = {
    "dashboard": "{site}?range=30d",
    "hours": "{site}?range=24h&metric=pageviews",
    "filtered": '{site}?range=30d&filters=[["source","is",["organic"]]]',
    "live": "{site}#live",
    "goals": "{site}/goals",
    "arrived": "{site}/arrived",
    "snippet": "{site}/snippet",
    "settings": "{site}/settings",
    "sites": "/sites",
    "new-site": "/sites/new",
    "account": "/account",
    "people": "/people",
    "audit": "/audit",
    "appearance": "/settings/appearance",
    "network": "/settings/network",
    "backups": "/settings/backups",
    "retention": "/settings/retention",
    "mail": "/settings/mail",
    "checkup": "/settings/checkup",
    "jobs": "/settings/jobs",
    "import": "{site}/import",
    "help": "/help/start",
    "shared": "{share}?range=30d",
}


@dataclass(frozen=True)
class Shot:
    page: str
    viewport: ViewportSize
    scheme: Any
    whole: bool = False
    """Not what a screen shows, but all there is to scroll to."""

    @property
    def name(self) -> str:
        width = "phone" if self.viewport is PHONE else "wide"
        return f"{self.page}-{width}-{self.scheme}.webp"


CHOSEN = (
    Shot("dashboard", WIDE, "light"),
    Shot("filtered", PHONE, "light"),
    Shot("hours", PHONE, "dark"),
)
EVERY = tuple(
    Shot(page, size, scheme, True) for page in PAGES for size in (WIDE, PHONE) for scheme in SCHEMES
)


@contextmanager
def demo(folder: Path) -> Iterator[tuple[str, str, str]]:
    """Its address, and with whom to sign in, when ninety days of visitors are there."""
    command = [sys.executable, "-m", "appliance", "demo", "--port", "0", "--data-dir", str(folder)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as process:
        try:
            said = ""
            for line in process.stdout or ():
                said += line
                if found := re.search(r"open at (\S+)\s+Sign in as (\S+) with the password (\S+)", said):
                    yield found[1], found[2], found[3]
                    return
            raise SystemExit(f"The demo ended before it was open:\n{said}")
        finally:
            process.terminate()


class Visitor:
    """Whoever owns the demo, in one browser."""

    def __init__(self, browser: Browser, address: str, email: str, password: str) -> None:
        self._browser = browser
        self._address = address
        context = browser.new_context(base_url=address)
        headers = {"Origin": address}
        signed_in = context.request.post(
            "/api/login", data={"email": email, "password": password}, headers=headers
        )
        token = signed_in.json()["token"]
        bearer = {"Authorization": f"Bearer {token}"}
        outside = browser.new_context(base_url=address, extra_http_headers=bearer).request
        (site,) = outside.get("/api/sites").json()["sites"]
        path = f"/sites/{site['site_id']}"
        share = outside.post(f"/api{path}/shares", data={"name": "Partners"}).json()
        self._places = {"site": path, "share": f"/share/{share['token']}"}
        self._state = context.storage_state()

    def take(self, shot: Shot, folder: Path) -> None:
        phone = shot.viewport is PHONE
        context = self._browser.new_context(
            base_url=self._address,
            storage_state=self._state,
            viewport=shot.viewport,
            color_scheme=shot.scheme,
            reduced_motion="reduce",
            is_mobile=phone,
            has_touch=phone,
            device_scale_factor=2 if phone and not shot.whole else 1,
            locale="en-GB",
            timezone_id="Europe/Berlin",
        )
        page = context.new_page()
        page.goto(PAGES[shot.page].format(**self._places))
        _wait_until_drawn(page)
        (folder / shot.name).write_bytes(_picture(page, shot.whole))
        context.close()


def _wait_until_drawn(page: Page) -> None:
    page.locator("h1").first.wait_for(state="attached")
    page.wait_for_function("() => !document.querySelector('.skeleton')")
    page.wait_for_timeout(1500)  # Live messages, and what they change.


def _picture(page: Page, whole: bool) -> bytes:
    wanted = {"format": "webp", "quality": QUALITY, "captureBeyondViewport": whole}
    if whole:
        height = page.evaluate("document.documentElement.scrollHeight")
        width = page.evaluate("document.documentElement.clientWidth")
        wanted["clip"] = {"x": 0, "y": 0, "width": width, "height": height, "scale": 1}
    taken = page.context.new_cdp_session(page).send("Page.captureScreenshot", wanted)
    return base64.b64decode(taken["data"])


def main(arguments: list[str]) -> None:
    folder, shots = (Path(arguments[0]), EVERY) if arguments else (README, CHOSEN)
    folder.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as data,
        demo(Path(data) / "demo") as (address, email, password),
        sync_playwright() as playwright,
    ):
        path = os.environ.get("CHROMIUM")
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        visitor = Visitor(browser, address, email, password)
        for shot in shots:
            visitor.take(shot, folder)
            print(folder / shot.name)
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1:])
