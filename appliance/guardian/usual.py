"""How busy a website usually is, learned from its hours of the last weeks, and when it is not as usual.

A week has 168 hours, each with a habit of its own: of the same hour in the weeks before, the lower quartile
is what can be counted on, the median is what is usual. Both are indifferent to an odd week, an outage or a
newsletter among them. An hour without a row had no visit.

Silence: so long without an event that CERTAIN visits would have begun by the lower quartiles. If visits come
independently of each other, so many fail to come once in three million times (e^-15); where only a quarter of
the usual ones come (a holiday), still once in forty. A quiet night or a small website takes long to
say nothing, a busy noon a few minutes, but never less than SHORTEST.

Spike: an hour with more than SPIKE_TIMES the median and SPIKE_VISITS beyond it.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median, quantiles
from zoneinfo import ZoneInfo

from appliance.base import timerange

LEARNED = timedelta(weeks=8)
ENOUGH = timedelta(weeks=4)
"""Before that nothing is known well enough to be alarmed by."""
CERTAIN = 15.0
SHORTEST = timedelta(minutes=30)
LONGEST = timedelta(days=7)
"""Whoever has been silent so long was taken off, or is too small to say anything about."""
SPIKE_TIMES = 4.0
SPIKE_VISITS = 50

_HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class Habit:
    """Visits that begin in one hour of the week."""

    sure: float
    usual: float


class Usual:
    """What is usual in each hour of a website's week, in its own time zone."""

    def __init__(self, zone: ZoneInfo, hours: Mapping[datetime, int], until: datetime) -> None:
        """`hours`: visits by when they begin, of whole hours before `until` and not older than LEARNED."""
        self._zone = zone
        first = min(hours, default=until)
        self.known = until - first >= ENOUGH
        weeks: dict[tuple[int, int], list[int]] = defaultdict(list)
        at = first
        while at < until:
            weeks[self._slot(at)].append(hours.get(at, 0))
            at += _HOUR
        self._habits = {slot: _habit(counts) for slot, counts in weeks.items()}

    def habit(self, at: datetime) -> Habit:
        return self._habits.get(self._slot(at), Habit(0, 0))

    def expected(self, since: datetime, until: datetime) -> float:
        """Visits that can be counted on from `since` to `until`."""
        total, at = 0.0, since
        while at < until:
            end = min(until, timerange.hour_start(self._zone, at) + _HOUR)
            total += self.habit(at).sure * ((end - at) / _HOUR)
            at = end
        return total

    def is_silent(self, since: datetime, now: datetime) -> bool:
        """`since`: of the last event, or of this program's start if that was later."""
        if not self.known or not SHORTEST <= now - since <= LONGEST:
            return False
        return self.expected(since, now) >= CERTAIN

    def is_spike(self, hour: datetime, visits: int) -> bool:
        """Of the hour that begins then."""
        usual = self.habit(hour).usual
        return self.known and visits > SPIKE_TIMES * usual and visits - usual > SPIKE_VISITS

    def _slot(self, at: datetime) -> tuple[int, int]:
        local = at.astimezone(self._zone)
        return local.weekday(), local.hour


def _habit(counts: list[int]) -> Habit:
    if len(counts) < 2:
        return Habit(0, float(max(counts, default=0)))
    return Habit(quantiles(counts, n=4, method="inclusive")[0], median(counts))
