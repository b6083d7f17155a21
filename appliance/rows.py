"""One event as the row that is stored of it: a line of the journal, in the columns of raw_events."""

import json
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from typing import Any

from pydantic_core import to_json

from appliance import events, pii, urls
from appliance.enrichment import countries, traffic
from appliance.enrichment.agents import Agent
from appliance.events import RawEvent
from appliance.metrics import CHANNEL_SOURCE, CLOCK_TOLERANCE
from appliance.sites import Site

MOST_PIXELS = 100_000
"""No screen is wider or higher; what says so is not a screen."""

# Kept in columns, ids that are no UUID as pseudonyms; credentials are kept nowhere.
_IN_COLUMNS = frozenset({
    "site_id", "site_key", "k", "event_id", "event_type", "timestamp", "path", "title", "referrer",
    "language", "engaged_ms", "scroll_depth", "interactive", "visitor_id", "session_id",
})  # fmt: skip


@dataclass(frozen=True)
class Arrival:
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
    country: str | None = None
    ignored: str | None = None
    evidence: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class _Way:
    """How a visitor came to a page; `referrer` only where it is not the site itself."""

    referrer: str | None
    name: str | None
    channel: str
    campaign: traffic.Campaign


def line(event: RawEvent, sent: dict[str, Any], arrival: Arrival) -> bytes:
    """A JSON object without missing fields, personal details and addresses' other parameters.

    `sent` is what `event` was parsed from.
    """
    columns = _columns(event, arrival)
    payload = {**_payload(event, sent, columns), **arrival.evidence}
    stripped = pii.strip_event(columns, payload)
    allowed = arrival.site.allowed_parameters
    row = {
        **stripped.columns,
        "referrer": urls.kept(stripped.columns["referrer"], allowed),
        "pii_stripped": stripped.found,
        "properties": _properties(stripped.payload.get("custom")),
        "payload": urls.kept_payload(stripped.payload, allowed),
    }
    return to_json({name: value for name, value in row.items() if value is not None})


def _columns(event: RawEvent, arrival: Arrival) -> dict[str, Any]:
    site, agent = arrival.site, arrival.agent
    skewed = event.timestamp is not None and event.timestamp > arrival.at + CLOCK_TOLERANCE
    hostname, path = events.place(event.url, event.path)
    way = _way(event.url, event.referrer, site.host, hostname)
    return {
        "site_id": site.site_id,
        "event_id": event.event_id,
        "ts": _stamp(arrival.at if skewed or event.timestamp is None else event.timestamp),
        "received_at": _received_at(arrival.at),
        "event_type": event.event_type,
        "visitor_id": arrival.visitor_id,
        "session_id": arrival.session_id,
        "cookieless": arrival.cookieless,
        "hostname": hostname,
        "path": path,
        "title": event.title or None,
        "referrer": way.referrer,
        "referrer_name": way.name,
        "channel": way.channel,
        "source": CHANNEL_SOURCE[way.channel],
        "utm_source": way.campaign.source,
        "utm_medium": way.campaign.medium,
        "utm_campaign": way.campaign.campaign,
        "utm_term": way.campaign.term,
        "utm_content": way.campaign.content,
        "country": arrival.country or countries.of_time_zone(event.timezone),
        "language": event.language or None,
        "browser": agent.browser,
        "os": agent.os,
        "device": agent.device,
        "screen": _screen(event.screen.width, event.screen.height) if event.screen else None,
        "load_ms": events.load_ms(event),
        "engaged_ms": None if event.engaged_ms is None else int(event.engaged_ms + 0.5),
        "scroll_depth": event.scroll_depth,
        "interactive": event.interactive,
        "clock_skew": skewed,
        "bot_reason": arrival.ignored,
    }


@lru_cache(maxsize=4096)
def _way(url: str | None, referrer: str | None, site_host: str, page_host: str | None) -> _Way:
    own_hosts = frozenset({site_host, traffic.bare_host(page_host or "")})
    campaign = traffic.campaign_of(url)
    origin = traffic.classify(referrer, campaign, own_hosts)
    external = referrer if traffic.external_host(referrer, own_hosts) else None
    return _Way(external, origin.name, origin.channel, campaign)


def _payload(event: RawEvent, sent: dict[str, Any], columns: dict[str, Any]) -> dict[str, Any]:
    """What the columns do not hold as it was sent."""
    payload = {name: value for name, value in sent.items() if value is not None and name not in _IN_COLUMNS}
    if columns["screen"] and sent["screen"] == _sides(columns["screen"]):
        del payload["screen"]
    if event.custom is not None:
        payload["custom"] = event.custom
    if columns["clock_skew"]:
        payload["timestamp"] = sent["timestamp"]
    if event.referrer and columns["referrer"] is None:
        payload["referrer"] = event.referrer  # An internal one says nothing about traffic, but it was sent.
    return payload


def _properties(custom: Any) -> list[str] | None:
    """As reports name them: plan=pro, price=12.5, gift=true."""
    if not isinstance(custom, dict) or not custom:
        return None
    return [
        f"{name}={value if isinstance(value, str) else json.dumps(value)}" for name, value in custom.items()
    ]


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


def _stamp(instant: datetime) -> str:
    """UTC without a zone, as the TIMESTAMP columns hold it."""
    return instant.isoformat(sep=" ").removesuffix("+00:00")


_received_at = lru_cache(maxsize=16)(_stamp)  # one instant for all events of a request
