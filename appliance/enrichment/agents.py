"""User-Agent to browser, operating system and device; and whether it is a bot."""

from dataclasses import dataclass
from functools import lru_cache

import crawleruseragents
import ua_parser

from appliance.metrics import OTHER

_BROWSERS = {
    "Chrome Mobile": "Chrome",
    "Chrome Mobile iOS": "Chrome",
    "Chrome Mobile WebView": "Chrome",
    "Chromium": "Chrome",
    "Mobile Safari": "Safari",
    "Mobile Safari UI/WKWebView": "Safari",
    "Firefox Mobile": "Firefox",
    "Firefox iOS": "Firefox",
    "Edge Mobile": "Edge",
}
_SYSTEMS = {
    "Mac OS X": "MacOS",
    "Ubuntu": "Linux",
    "Fedora": "Linux",
    "Debian": "Linux",
    "Arch Linux": "Linux",
    "Linux Mint": "Linux",
    "openSUSE": "Linux",
    "Red Hat": "Linux",
    "Gentoo": "Linux",
    "Mageia": "Linux",
    "CentOS": "Linux",
}


@dataclass(frozen=True)
class Agent:
    """`device` is desktop, mobile or tablet; `is_bot` by a kept list of crawlers (headless browsers too)."""

    browser: str
    os: str
    device: str
    is_bot: bool


@lru_cache(maxsize=8192)
def describe(user_agent: str) -> Agent:
    parsed = ua_parser.parse(user_agent)
    browser = parsed.user_agent.family if parsed.user_agent else OTHER
    system = parsed.os.family if parsed.os else OTHER
    return Agent(
        browser=_BROWSERS.get(browser, browser),
        os=_SYSTEMS.get(system, system),
        device=_device(user_agent, system),
        is_bot=bool(crawleruseragents.is_crawler(user_agent)),
    )


def _device(user_agent: str, system: str) -> str:
    if "iPad" in user_agent or "Tablet" in user_agent or (system == "Android" and "Mobile" not in user_agent):
        return "tablet"
    return "mobile" if "Mobi" in user_agent else "desktop"
