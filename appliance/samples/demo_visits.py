"""A visit of the demo's shop: what a browser sends during it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

from appliance.samples import demo_shop as shop
from appliance.samples.demo_shop import Device, Home, Origin, Page

Happening = tuple[datetime, dict[str, Any]]
"""When, and the event as the snippet sends it."""

_MOST_PAGES = 24
_MOST_SECONDS = 900.0
"""On one page: well under the half hour that would end the visit."""
_KEPT_PAGES = 0.55
_LOST_FAREWELLS = 0.08
_TOUCHED = 0.7
"""Pageviews with a click, a tap or a key."""
_MOVED = 0.45
"""Pageviews during which something shifted."""
_LETTER_FORMS = {"home", "journal"}
_SIGNUPS = 0.018
_SIZES = range(36, 47)


@dataclass(frozen=True)
class Person:
    """A visitor. `slowness` of the connection multiplies the device's loading times."""

    visitor_id: str
    home: Home
    device: Device
    slowness: float


class _Tab:
    """The browser tab of one visit: the page it shows and what the snippet has sent from it."""

    def __init__(self, dice: Random, person: Person) -> None:
        self.sent: list[Happening] = []
        self._dice = dice
        self._place: dict[str, Any] = {}
        self._browser = {
            "session_id": random_uuid(dice),
            "visitor_id": person.visitor_id,
            "user_agent": person.device.user_agent,
            "timezone": person.home.zone,
            "language": person.home.language,
            "screen": _size(person.device.screen),
            "viewport": _size(person.device.viewport),
        }

    def open(self, page: Page, query: str = "", referrer: str | None = None) -> None:
        """Without a referrer the page before is it, as in any browser."""
        self._place = {
            "url": f"{shop.URL}{page.path}{query}",
            "path": page.path,
            "query": query,
            "hash": "",
            "title": page.title,
            "referrer": referrer or self._place.get("url"),
        }

    def send(self, at: datetime, event_type: str, **more: Any) -> None:
        at = at.replace(microsecond=at.microsecond // 1000 * 1000)
        head = {"event_id": random_uuid(self._dice), "event_type": event_type, "timestamp": _stamp(at)}
        self.sent.append((at, {**head, **self._place, **self._browser, **more}))


def visit(dice: Random, person: Person, origin: Origin, start: datetime) -> list[Happening]:
    """Everything that one visit sends."""
    tab = _Tab(dice, person)
    page = shop.PAGES[origin.landing.pick(dice)].pick(dice)
    tab.open(page, origin.query, origin.referrer)
    at, leave, cart = start, origin.bounce, list[Page]()
    for number in range(_MOST_PAGES):
        following = None if dice.random() < leave else shop.KINDS[page.kind].next.pick(dice)
        bounce = number == 0 and following is None
        seconds = _seconds(dice, page, hurry=0.6 if bounce else 1.0)
        tab.send(at, "pageview")
        _load(dice, tab, person, at, seconds, cached=number > 0)
        if following == "cart" and page.price:
            cart.append(page)
        _act(dice, tab, page, following, cart, at, seconds)
        at += timedelta(seconds=seconds)
        _leave(dice, tab, at, seconds, _vitals(dice, person, seconds, cached=number > 0))
        if following is None:
            break
        at += timedelta(seconds=dice.uniform(0.1, 0.6))
        page = shop.PAGES[following].pick(dice)
        tab.open(page)
        leave = shop.KINDS[page.kind].leave
    return tab.sent


def _load(dice: Random, tab: _Tab, person: Person, at: datetime, seconds: float, cached: bool) -> None:
    """The loading time; unknown where the visitor was gone before, or the browser had kept the page."""
    if cached and dice.random() < _KEPT_PAGES:
        return
    load_ms = person.device.load_ms * person.slowness * dice.lognormvariate(0, 0.35) * (0.62 if cached else 1)
    if load_ms < seconds * 1000:
        tab.send(at + timedelta(milliseconds=load_ms), "load", performance={"load_ms": round(load_ms)})


def _act(
    dice: Random, tab: _Tab, page: Page, following: str | None, cart: list[Page], at: datetime, seconds: float
) -> None:
    """The shop's own events."""
    if following == "cart" and page.price:
        size = dice.choice(_SIZES)
        bought = {"product": page.path.rpartition("/")[2], "size": size, "price": page.price}
        tab.send(at + timedelta(seconds=0.8 * seconds), "add_to_cart", custom=bought)
    elif page.kind == "thanks":
        order = {"order_value": sum(item.price for item in cart), "currency": "EUR", "items": len(cart)}
        tab.send(at + timedelta(seconds=0.1), "purchase", custom=order)
        cart.clear()
    elif page.kind in _LETTER_FORMS and dice.random() < _SIGNUPS:
        tab.send(at + timedelta(seconds=0.7 * seconds), "signup", custom={"list": "weekly-letter"})


def _vitals(dice: Random, person: Person, seconds: float, cached: bool) -> dict[str, float]:
    """How the page felt, as far as the browser measures it."""
    agent = person.device.user_agent
    if "Safari/" in agent and "Chrome/" not in agent:
        return {}
    told: dict[str, float] = {}
    lcp_ms = (
        person.device.load_ms * person.slowness * dice.lognormvariate(-0.2, 0.4) * (0.62 if cached else 1)
    )
    if lcp_ms < seconds * 1000:
        told["lcp_ms"] = round(lcp_ms)
    if dice.random() < _TOUCHED:
        told["inp_ms"] = 8 * round(2 + person.slowness * dice.lognormvariate(1.6, 0.7))
    if "Firefox/" not in agent and dice.random() < _MOVED:
        told["cls"] = round(dice.lognormvariate(-3.6, 1.1), 4)
    return told


def _leave(dice: Random, tab: _Tab, at: datetime, seconds: float, vitals: dict[str, float]) -> None:
    """The farewell, where the browser finds the time to send it."""
    if dice.random() < _LOST_FAREWELLS:
        return
    engaged_ms = round(1000 * seconds * dice.uniform(0.55, 0.97))
    depth = min(100, round(dice.triangular(12, 100, 45) + seconds / 20))
    tab.send(at, "leave", engaged_ms=engaged_ms, scroll_depth=depth, vitals=vitals)


def _seconds(dice: Random, page: Page, hurry: float) -> float:
    """How long a page is looked at."""
    typical = shop.KINDS[page.kind].seconds * hurry
    return min(_MOST_SECONDS, 1.5 + typical * dice.lognormvariate(0, 0.75))


def _size(size: tuple[int, int]) -> dict[str, int]:
    return {"width": size[0], "height": size[1]}


def random_uuid(dice: Random) -> str:
    return str(UUID(int=dice.getrandbits(128), version=4))


def _stamp(at: datetime) -> str:
    return at.isoformat(timespec="milliseconds").replace("+00:00", "Z")
