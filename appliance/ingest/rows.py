"""One event as the row that is stored of it: a line of the journal, in the columns of raw_events."""

import json
from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from typing import Any, NamedTuple

from pydantic_core import to_json

from appliance.events import events, pii, urls
from appliance.events.enrichment import countries, traffic
from appliance.events.enrichment.agents import Agent
from appliance.events.events import RawEvent
from appliance.events.metrics import CHANNEL_SOURCE, CLOCK_TOLERANCE
from appliance.sites.sites import Site

MOST_PIXELS = 100_000
"""No screen is wider or higher; what says so is not a screen."""

# Kept in columns, ids that are no UUID as pseudonyms, or with the page; credentials are kept nowhere.
_HELD_ELSEWHERE = frozenset({
    "site_id", "site_key", "k", "event_id", "event_type", "timestamp", "url", "path", "title", "referrer",
    "language", "engaged_ms", "scroll_depth", "interactive", "visitor_id", "session_id",
})  # fmt: skip


class Arrival(NamedTuple):
    """What is known of an event besides what it says itself, whose it is and whether it counts.

    `country` is that of the address, if it is known. `ignored`: why the event is counted nowhere; None for
    one that counts. `evidence` is kept with it.
    """

    site: Site
    at: datetime
    agent: Agent
    visitor_id: str
    session_id: str | None
    cookieless: bool
    country: str | None
    ignored: str | None
    evidence: Mapping[str, str]


def line(event: RawEvent, sent: dict[str, Any], arrival: Arrival) -> bytes:
    """A JSON object; see below."""
    return to_json(columns(event, sent, arrival))


def columns(event: RawEvent, sent: dict[str, Any], arrival: Arrival) -> dict[str, Any]:
    """Without missing fields, personal details and addresses' other parameters.

    `sent` is what `event` was parsed from.
    """
    site = arrival.site
    skewed = event.timestamp is not None and event.timestamp > arrival.at + CLOCK_TOLERANCE
    page = _page(event.url, event.path, event.title, event.referrer, site.host, site.allowed_parameters)
    payload = {**_payload(event, sent, skewed), **arrival.evidence}
    own = _cleaned(_texts(event), payload, site.allowed_parameters)
    row = {
        **_columns(event, arrival, skewed),
        **page.columns,
        **own.columns,
        "pii_stripped": page.found or own.found,
        "payload": {**page.payload, **own.payload},
    }
    custom = own.payload.get("custom")
    if custom:
        row["properties"] = properties(custom)
    return row


@lru_cache(maxsize=2048)
def _page(
    url: str | None,
    path: str | None,
    title: str | None,
    referrer: str | None,
    site_host: str,
    allowed: frozenset[str],
) -> pii.Stripped:
    """What the page and the way to it say, the same for many events: only to be read."""
    hostname, place = events.place(url, path)
    own_hosts = frozenset({site_host, traffic.bare_host(hostname or "")})
    campaign = traffic.campaign_of(url)
    origin = traffic.classify(referrer, campaign, own_hosts)
    external = referrer if traffic.external_host(referrer, own_hosts) else None
    columns = {
        "hostname": hostname,
        "path": place,
        "title": title or None,
        "referrer": external,
        "referrer_name": origin.name,
        "channel": origin.channel,
        "source": CHANNEL_SOURCE[origin.channel],
        "utm_source": campaign.source,
        "utm_medium": campaign.medium,
        "utm_campaign": campaign.campaign,
        "utm_term": campaign.term,
        "utm_content": campaign.content,
    }
    # An internal referrer says nothing about traffic, but it was sent.
    payload = {"url": url, "referrer": (referrer or None) if external is None else None}
    page = _cleaned(_known(columns), _known(payload), allowed)
    if external is not None:
        page.columns["referrer"] = urls.kept(page.columns["referrer"], allowed)
    return page


def _cleaned(columns: dict[str, Any], payload: dict[str, Any], allowed: frozenset[str]) -> pii.Stripped:
    """A part of a row, as it is written down."""
    stripped = pii.strip_event(columns, payload)
    return pii.Stripped(stripped.columns, urls.kept_payload(stripped.payload, allowed), stripped.found)


def _columns(event: RawEvent, arrival: Arrival, skewed: bool) -> dict[str, Any]:
    """Those whose text, if they have one, the page does not choose.

    `skewed`: the sender's clock is so far ahead that the time of arrival counts.
    """
    agent = arrival.agent
    maybe = {
        "event_id": event.event_id,
        "session_id": arrival.session_id,
        "country": arrival.country or countries.of_time_zone(event.timezone),
        "screen": _screen_of(event),
        "load_ms": events.load_ms(event),
        "engaged_ms": None if event.engaged_ms is None else int(event.engaged_ms + 0.5),
        "scroll_depth": event.scroll_depth,
        "interactive": event.interactive,
        "bot_reason": arrival.ignored,
    }
    return {
        "site_id": arrival.site.site_id,
        "ts": arrival.at if skewed or event.timestamp is None else event.timestamp,
        "received_at": arrival.at,
        "visitor_id": arrival.visitor_id,
        "cookieless": arrival.cookieless,
        "browser": agent.browser,
        "os": agent.os,
        "device": agent.device,
        "clock_skew": skewed,
        **_known(maybe),
        **events.vitals(event, agent.tells_shifts),
    }


def _texts(event: RawEvent) -> dict[str, str]:
    texts = {"event_type": event.event_type}
    if event.language:
        texts["language"] = event.language
    return texts


def _payload(event: RawEvent, sent: dict[str, Any], skewed: bool) -> dict[str, Any]:
    """What neither the columns nor the page hold, as it was sent."""
    payload = {
        name: value for name, value in sent.items() if value is not None and name not in _HELD_ELSEWHERE
    }
    screen = _screen_of(event)
    if screen and sent["screen"] == _sides(screen):
        del payload["screen"]
    if event.custom is not None:
        payload["custom"] = event.custom
    if skewed:
        payload["timestamp"] = sent["timestamp"]
    return payload


def _known(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value is not None}


def properties(custom: Mapping[str, Any]) -> list[str]:
    """As reports name them: plan=pro, price=12.5, gift=true."""
    return [f"{name}={item if isinstance(item, str) else json.dumps(item)}" for name, item in custom.items()]


def _screen_of(event: RawEvent) -> str | None:
    return _screen(event.screen.width, event.screen.height) if event.screen else None


@lru_cache(maxsize=512)
def _screen(width: float | None, height: float | None) -> str | None:
    if width is None or height is None or not all(1 <= side <= MOST_PIXELS for side in (width, height)):
        return None
    return f"{width:.0f}x{height:.0f}"


@lru_cache(maxsize=512)
def _sides(screen: str) -> dict[str, int]:
    """As it is sent."""
    width, height = screen.split("x")
    return {"width": int(width), "height": int(height)}
