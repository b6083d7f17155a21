"""User-Agent and Client Hints to browser, operating system and device; and whether it is a bot."""

import hashlib
import re
from dataclasses import dataclass, replace
from functools import cache, lru_cache

import crawleruseragents
import ua_parser

from appliance.events.metrics import OTHER

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
# Browsers whose User-Agent may be Chrome's own, by their brand in Sec-CH-UA.
_BRANDS = {
    "Microsoft Edge": "Edge",
    "Opera": "Opera",
    "Brave": "Brave",
    "Vivaldi": "Vivaldi",
    "YaBrowser": "Yandex Browser",
    "Samsung Internet": "Samsung Internet",
    "DuckDuckGo": "DuckDuckGo",
}
_BRAND = re.compile(r'"([^"]*)"\s*;\s*v=')
# The values of Sec-CH-UA-Platform that say more than "Unknown".
_PLATFORMS = {
    "Windows": "Windows",
    "macOS": "MacOS",
    "Linux": "Linux",
    "Android": "Android",
    "iOS": "iOS",
    "Chrome OS": "Chrome OS",
    "Chromium OS": "Chrome OS",
}


@dataclass(frozen=True)
class Hints:
    """User-Agent Client Hints: the headers Sec-CH-UA, -Platform and -Mobile as sent; empty where missing."""

    brands: str = ""
    platform: str = ""
    mobile: str = ""


NO_HINTS = Hints()

# Of Chromium. On iOS every browser is Safari within.
_TELL_SHIFTS = frozenset(
    {"Chrome", "Edge", "Opera", "Brave", "Vivaldi", "Yandex Browser", "Samsung Internet"}
)


@dataclass(frozen=True)
class Agent:
    """`device` is desktop, mobile or tablet; `is_bot` by a kept list of crawlers (headless browsers too)."""

    browser: str
    os: str
    device: str
    is_bot: bool

    @property
    def tells_shifts(self) -> bool:
        """Whether it tells pages how far their layout shifted, if it did."""
        return self.browser in _TELL_SHIFTS and self.os != "iOS"


@lru_cache(maxsize=8192)
def describe(user_agent: str, hints: Hints = NO_HINTS) -> Agent:
    """The hints are of the browser that the User-Agent names; they know better where the two differ."""
    agent = _by_user_agent(user_agent)
    if hints == NO_HINTS:
        return agent
    system = _PLATFORMS.get(hints.platform.strip('"'), agent.os)
    brand = next((name for name in _BRAND.findall(hints.brands) if name in _BRANDS), None)
    browser = _BRANDS[brand] if brand and agent.browser == "Chrome" else agent.browser
    return replace(
        agent, browser=browser, os=system, device=_hinted_device(hints.mobile, system, agent.device)
    )


def read_lists() -> None:
    """What the first event would otherwise wait for: 0.1 to 0.2 s."""
    describe("Mozilla/5.0")


def _by_user_agent(user_agent: str) -> Agent:
    parsed = ua_parser.parse(user_agent)
    browser = parsed.user_agent.family if parsed.user_agent else OTHER
    system = parsed.os.family if parsed.os else OTHER
    return Agent(
        browser=_BROWSERS.get(browser, browser),
        os=_SYSTEMS.get(system, system),
        device=_device(user_agent, system),
        is_bot=is_bot(user_agent),
    )


@lru_cache(maxsize=8192)
def is_bot(user_agent: str) -> bool:
    return bool(crawleruseragents.is_crawler(user_agent))


@cache
def bot_rules() -> str:
    """A digest of what `is_bot` goes by: it changes with the list."""
    patterns = "\n".join(entry["pattern"] for entry in crawleruseragents.CRAWLER_USER_AGENTS_DATA)
    return hashlib.blake2b(patterns.encode(), digest_size=16).hexdigest()


def _device(user_agent: str, system: str) -> str:
    if "iPad" in user_agent or "Tablet" in user_agent or (system == "Android" and "Mobile" not in user_agent):
        return "tablet"
    return "mobile" if "Mobi" in user_agent else "desktop"


def _hinted_device(mobile: str, system: str, device: str) -> str:
    if mobile == "?1":
        return "tablet" if device == "tablet" else "mobile"
    if mobile == "?0":
        return "tablet" if system in ("Android", "iOS") else "desktop"
    return device
