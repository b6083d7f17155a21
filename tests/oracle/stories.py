"""Short ways to tell what happened, for examples worked out by hand."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from tests.oracle.events import Event, Goal, Site
from tests.oracle.ranges import Days
from tests.oracle.reports import Oracle

SHOP = "shop"
DAY = "2026-09-10"


def did(event_type: str, at: str, path: str | None = "/", visitor: str = "ann", **more: Any) -> Event:
    """`at` is a time of day on `DAY`, or an instant with a date; both in UTC unless they say otherwise."""
    ts = instant(at)
    return Event(**{"site": SHOP, "ts": ts, "received_at": ts, "arrival": 0, "event_type": event_type,
                    "visitor_id": visitor, "path": path, **more})  # fmt: skip


def viewed(at: str, path: str | None = "/", visitor: str = "ann", **more: Any) -> Event:
    return did("pageview", at, path, visitor, **more)


def instant(text: str) -> datetime:
    stamp = text if "-" in text else f"{DAY}T{text}"
    return datetime.fromisoformat(stamp if stamp.endswith("Z") or "+" in stamp else f"{stamp}Z")


def arrived(*events: Event) -> list[Event]:
    """In the order given."""
    return [replace(event, arrival=number) for number, event in enumerate(events)]


def oracle(*events: Event, zone: str = "UTC", goals: tuple[Goal, ...] = (), now: str = "20:00") -> Oracle:
    return Oracle(Site(SHOP, ZoneInfo(zone), goals), arrived(*events), instant(now))


def days(first: str = DAY, last: str | None = None, zone: str = "UTC") -> Days:
    return Days(date.fromisoformat(first), date.fromisoformat(last or first), ZoneInfo(zone))
