"""Visitors of the demo's shop: who comes on which day, and when.

Everything follows from the seed and the last instant: each day, visitor and visit throws dice of its own,
so that a day comes out the same whether it is made alone or with the ninety around it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import count
from operator import itemgetter
from random import Random
from zoneinfo import ZoneInfo

from appliance.samples import demo_shop as shop
from appliance.samples.demo_shop import Device, Home, Origin, Weighted
from appliance.samples.demo_visits import Happening, Person, random_uuid, visit


def _hours(*weights: int) -> Weighted[int]:
    return Weighted(dict(enumerate(weights)))


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
# From the first place on earth where a day begins to the last one where it ends.
_DAWN, _DUSK = timedelta(hours=14), timedelta(hours=12)
_LONGEST_VISIT = timedelta(hours=6)


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


def _person(
    dice: Random, homes: Weighted[Home] = shop.HOMES, devices: Weighted[Device] = shop.DEVICES
) -> Person:
    return Person(random_uuid(dice), homes.pick(dice), devices.pick(dice), dice.lognormvariate(0, 0.28))


def _origin(dice: Random, known: bool) -> Origin:
    return (shop.LATER_ORIGINS if known else shop.FIRST_ORIGINS).pick(dice)


def _start(dice: Random, day: date, person: Person) -> datetime:
    """When a visit of that day begins: by the hours that people keep where the visitor lives."""
    hour = (_WEEKEND_HOURS if day.weekday() >= 5 else _WORKDAY_HOURS).pick(dice)
    local = time(hour, dice.randrange(60), dice.randrange(60), dice.randrange(1_000_000))
    return datetime.combine(day, local, ZoneInfo(person.home.zone)).astimezone(UTC)
