"""Visitors of the demo's shop: visits by the day, and what a browser sends during one.

Everything follows from the seed and the last instant: each day, visitor and visit throws dice of its own,
so that a day comes out the same whether it is made alone or with the ninety around it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import count
from operator import itemgetter
from random import Random
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from appliance.samples import demo_shop as shop
from appliance.samples.demo_shop import Device, Home, Origin, Page, Weighted


def _hours(*weights: int) -> Weighted[int]:
    return Weighted(dict(enumerate(weights)))


Happening = tuple[datetime, dict[str, Any]]
"""When, and the event as the snippet sends it."""

SPAN = timedelta(days=90)
_VISITS_A_DAY = 160
"""At the end; ninety days before, less by the share of `_GROWTH`."""
_GROWTH = 0.24
_WEEKDAYS = (0.99, 0.94, 0.92, 0.94, 0.90, 1.08, 1.27)
_WORKDAY_HOURS = _hours(
    5, 3, 2, 1, 1, 2, 8, 16, 22, 26, 28, 30, 40, 34, 27, 26, 28, 34, 40, 52, 66, 64, 42, 17
)
_WEEKEND_HOURS = _hours(
    9, 5, 3, 2, 1, 1, 3, 8, 18, 32, 42, 44, 40, 38, 38, 40, 44, 52, 66, 86, 98, 84, 50, 20
)
_RETURNING = 0.3
_DAYS_BETWEEN_VISITS = 17.0
_LIVE_GAP_S = 45.0
"""Mean time between two live visits: a handful of visitors is on the site at any moment."""
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
# From the first place on earth where a day begins to the last one where it ends.
_DAWN, _DUSK = timedelta(hours=14), timedelta(hours=12)
_LONGEST_VISIT = timedelta(hours=6)


@dataclass(frozen=True)
class Person:
    """A visitor. `slowness` of the connection multiplies the device's loading times."""

    visitor_id: str
    home: Home
    device: Device
    slowness: float


@dataclass(frozen=True)
class Wave:
    """Visits beyond the ordinary: so many on the day they begin and on those after it."""

    name: str
    days_ago: int
    visits: tuple[int, ...]
    origin: Origin
    known: float
    """Share of visits by people who were on the site before."""
    homes: Weighted[Home] = shop.HOMES
    devices: Weighted[Device] = shop.DEVICES

    def size(self, days_ago: int) -> int:
        day = self.days_ago - days_ago
        return self.visits[day] if 0 <= day < len(self.visits) else 0


WAVES = (
    Wave("newsletter", 20, (175, 80, 30, 12), shop.SEASON, known=0.6),
    Wave(
        "hacker news", 54, (460, 150, 35, 12), shop.HACKER_NEWS, 0.0, shop.READERS_HOMES, shop.READERS_DEVICES
    ),
)


class Traffic:
    def __init__(self, seed: int, end: datetime) -> None:
        self._seed = seed
        self._end = end

    def events(self, since: datetime) -> Iterator[Happening]:
        """What happens after `since` and until the end, in order of time."""
        visits_since = max(since, self._end - SPAN)
        day = (visits_since - _DUSK - _LONGEST_VISIT).date()
        waiting: list[Happening] = []
        while day <= (self._end + _DAWN).date():
            waiting += self._day(day)
            waiting.sort(key=itemgetter(0))
            day += timedelta(days=1)
            settled = datetime.combine(day, time(), UTC) - _DAWN
            yield from (h for h in waiting if h[0] < settled and since < h[0] <= self._end)
            waiting = [h for h in waiting if h[0] >= settled]

    def live(self, since: datetime) -> Iterator[Happening]:
        """What happens from `since` on, in order of time, without end; new at every call."""
        dice = self._dice("live", since)
        start = since
        waiting: list[Happening] = []
        for number in count():
            known = dice.random() < _RETURNING
            day = since.date()
            person = self._earlier(dice, day) if known else _person(self._dice("live", since, number))
            waiting += visit(dice, person, _origin(dice, known), start)
            waiting.sort(key=itemgetter(0))
            start += timedelta(seconds=dice.expovariate(1 / _LIVE_GAP_S))
            yield from (h for h in waiting if h[0] < start)
            waiting = [h for h in waiting if h[0] >= start]

    def _day(self, day: date) -> Iterator[Happening]:
        """The events of visits that begin on a visitor's own `day`; not in order."""
        for number in range(self._regulars(day)):
            dice = self._dice("visit", day, number)
            person, known = self._who(day, number)
            yield from visit(dice, person, _origin(dice, known), _start(dice, day, person))
        for wave in WAVES:
            for number in range(wave.size(self._days_ago(day))):
                dice = self._dice(wave.name, day, number)
                known = dice.random() < wave.known
                person = self._earlier(dice, day) if known else _person(dice, wave.homes, wave.devices)
                yield from visit(dice, person, wave.origin, _start(dice, day, person))

    def _regulars(self, day: date) -> int:
        """How many ordinary visits begin on a day."""
        growth = 1 - _GROWTH * min(1.0, self._days_ago(day) / SPAN.days)
        weather = self._dice("weather", day).uniform(0.91, 1.09)
        return round(_VISITS_A_DAY * growth * _WEEKDAYS[day.weekday()] * weather)

    def _who(self, day: date, number: int) -> tuple[Person, bool]:
        """Who makes an ordinary visit, and whether that is somebody who was there before."""
        dice = self._dice("person", day, number)
        if dice.random() < _RETURNING:
            return self._earlier(dice, day), True
        return _person(dice), False

    def _earlier(self, dice: Random, day: date) -> Person:
        earlier = day - timedelta(days=1 + int(dice.expovariate(1 / _DAYS_BETWEEN_VISITS)))
        person, _ = self._who(earlier, dice.randrange(self._regulars(earlier)))
        return person

    def _days_ago(self, day: date) -> int:
        return (self._end.date() - day).days

    def _dice(self, *what: object) -> Random:
        return Random(f"{self._seed} {what}")  # noqa: S311  A made-up shop has nothing to guess.


class _Tab:
    """The browser tab of one visit: the page it shows and what the snippet has sent from it."""

    def __init__(self, dice: Random, person: Person) -> None:
        self.sent: list[Happening] = []
        self._dice = dice
        self._place: dict[str, Any] = {}
        self._browser = {
            "session_id": _uuid(dice),
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
        head = {"event_id": _uuid(self._dice), "event_type": event_type, "timestamp": _stamp(at)}
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


def _person(
    dice: Random, homes: Weighted[Home] = shop.HOMES, devices: Weighted[Device] = shop.DEVICES
) -> Person:
    return Person(_uuid(dice), homes.pick(dice), devices.pick(dice), dice.lognormvariate(0, 0.28))


def _origin(dice: Random, known: bool) -> Origin:
    return (shop.LATER_ORIGINS if known else shop.FIRST_ORIGINS).pick(dice)


def _start(dice: Random, day: date, person: Person) -> datetime:
    """When a visit of that day begins: by the hours that people keep where the visitor lives."""
    hour = (_WEEKEND_HOURS if day.weekday() >= 5 else _WORKDAY_HOURS).pick(dice)
    local = time(hour, dice.randrange(60), dice.randrange(60), dice.randrange(1_000_000))
    return datetime.combine(day, local, ZoneInfo(person.home.zone)).astimezone(UTC)


def _seconds(dice: Random, page: Page, hurry: float) -> float:
    """How long a page is looked at."""
    typical = shop.KINDS[page.kind].seconds * hurry
    return min(_MOST_SECONDS, 1.5 + typical * dice.lognormvariate(0, 0.75))


def _size(size: tuple[int, int]) -> dict[str, int]:
    return {"width": size[0], "height": size[1]}


def _uuid(dice: Random) -> str:
    return str(UUID(int=dice.getrandbits(128), version=4))


def _stamp(at: datetime) -> str:
    return at.isoformat(timespec="milliseconds").replace("+00:00", "Z")
