"""Umami's export of events (`website_event.csv`), as version 2 and later give it.

Its session is a visitor within a month, its visit a visit. Times are UTC.
"""

import re
from typing import Any, NamedTuple

from appliance.base.errors import UnreadableError
from appliance.events.enrichment.agents import Agent

COLUMNS = frozenset({"session_id", "visit_id", "url_path", "event_type", "event_name", "created_at"})
"""What its header has beside other things."""

_PAGEVIEW, _CUSTOM = "1", "2"
_SCREEN = re.compile(r"(\d{1,6})x(\d{1,6})", re.ASCII)
# Its names (of detect-browser) that are not ours but for the case; others are taken with a capital letter.
_BROWSERS = {
    "edge-chromium": "Edge", "edge-ios": "Edge", "crios": "Chrome", "chromium-webview": "Chrome",
    "fxios": "Firefox", "ios": "Safari", "ios-webview": "Safari", "opera-mini": "Opera",
    "samsung": "Samsung Internet", "ie": "Internet Explorer",
}  # fmt: skip
_SYSTEMS = {
    "Windows": "Windows", "Mac OS": "MacOS", "Android": "Android", "iOS": "iOS", "Chrome OS": "Chrome OS",
    "Linux": "Linux",
}  # fmt: skip
"""By how its names of systems begin, which have versions behind."""
_DEVICES = {"mobile": "mobile", "tablet": "tablet"}


class Told(NamedTuple):
    """An event as a page would have sent it, and what Umami found out about its sender."""

    event: dict[str, Any]
    agent: Agent
    country: str | None


def event(fields: dict[str, str], host: str) -> Told | None:
    """None for what is neither a pageview nor a custom event. `host`: the site's, where none is named.

    Raises UnreadableError.
    """
    kind = fields.get("event_type", _PAGEVIEW)
    if kind not in (_PAGEVIEW, _CUSTOM):
        return None
    if kind == _CUSTOM and not fields.get("event_name"):
        raise UnreadableError("event_name: is missing")
    query = fields.get("url_query", "").removeprefix("?")
    address = f"https://{fields.get('hostname') or host}{fields.get('url_path', '/')}"
    sent = {
        "event_type": "pageview" if kind == _PAGEVIEW else fields["event_name"],
        "timestamp": _timestamp(fields.get("created_at", "")),
        "url": f"{address}?{query}" if query else address,
        "title": fields.get("page_title"),
        "referrer": _referrer(fields),
        "language": fields.get("language"),
        "screen": _screen(fields.get("screen", "")),
        "visitor_id": fields.get("session_id"),
        "session_id": fields.get("visit_id"),
    }
    event = {name: value for name, value in sent.items() if value}
    country = fields.get("country", "")
    return Told(event, _agent(fields), country if len(country) == 2 and country.isalpha() else None)


def _timestamp(text: str) -> str:
    """`2024-05-01 10:00:00` or with a fraction; it has no zone."""
    return text if text.endswith("Z") or "+" in text else f"{text}Z"


def _referrer(fields: dict[str, str]) -> str | None:
    domain = fields.get("referrer_domain")
    return f"https://{domain}{fields.get('referrer_path', '')}" if domain else None


def _screen(text: str) -> dict[str, int] | None:
    found = _SCREEN.fullmatch(text)
    return {"width": int(found[1]), "height": int(found[2])} if found else None


def _agent(fields: dict[str, str]) -> Agent:
    browser, system = fields.get("browser", ""), fields.get("os", "")
    name = _BROWSERS.get(browser) or browser.capitalize() or "Other"
    known = next((ours for theirs, ours in _SYSTEMS.items() if system.startswith(theirs)), "Other")
    return Agent(name[:64], known, _DEVICES.get(fields.get("device", ""), "desktop"), is_bot=False)
