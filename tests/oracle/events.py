"""Stored events, sites and goals, as the definitions speak of them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

PASSIVE = ("load", "leave", "scroll", "click", "error", "vitals")

Scalar = str | int | float | bool


@dataclass(frozen=True)
class Event:
    """One stored event. Instants are aware; `arrival` counts up; load and engaged times in milliseconds."""

    site: str
    ts: datetime
    received_at: datetime
    arrival: int
    event_type: str
    visitor_id: str
    cookieless: bool = False
    session_id: str | None = None
    hostname: str | None = None
    path: str | None = None
    title: str | None = None
    referrer: str | None = None
    referrer_name: str | None = None
    channel: str = "Direct"
    source: str = "direct"
    utm_source: str | None = None
    utm_medium: str | None = None
    utm_campaign: str | None = None
    utm_term: str | None = None
    utm_content: str | None = None
    country: str | None = None
    language: str | None = None
    browser: str = "Other"
    os: str = "Other"
    device: str = "desktop"
    screen: str | None = None
    load_ms: Decimal | float | None = None
    lcp_ms: Decimal | float | None = None
    inp_ms: Decimal | float | None = None
    cls: Decimal | float | None = None
    engaged_ms: int | None = None
    interactive: bool | None = None
    properties: Mapping[str, Scalar] = field(default_factory=dict)
    is_bot: bool = False

    @property
    def order(self) -> tuple[datetime, datetime, int]:
        return self.ts, self.received_at, self.arrival

    @property
    def is_pageview(self) -> bool:
        return self.event_type in ("pageview", "route_change")

    @property
    def is_custom(self) -> bool:
        return not self.is_pageview and self.event_type not in PASSIVE

    @property
    def is_interactive(self) -> bool:
        return self.is_custom and self.interactive is not False


@dataclass(frozen=True)
class Goal:
    """`kind` is "event" (`pattern` is a custom event's name) or "path"."""

    name: str
    kind: str
    pattern: str


@dataclass(frozen=True)
class Site:
    site: str
    zone: ZoneInfo
    goals: tuple[Goal, ...] = ()
