"""Days, and buckets of local time. Found by walking over the clock, a quarter of an hour at a time."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

DAY = timedelta(days=1)
STEP = timedelta(minutes=15)
"""Every zone's offset and every change of one falls on it nowadays."""


@dataclass(frozen=True)
class Span:
    """Half-open: from `start`, before `end`; both aware instants."""

    start: datetime
    end: datetime

    def holds(self, instant: datetime) -> bool:
        return self.start <= instant < self.end


@dataclass(frozen=True)
class Bucket:
    """`t` as the interface writes it."""

    t: str
    span: Span


@dataclass(frozen=True)
class Days:
    """Local days of a site, both included."""

    first: date
    last: date
    zone: ZoneInfo

    @property
    def span(self) -> Span:
        return Span(day_start(self.first, self.zone), day_start(self.last + DAY, self.zone))

    def previous_period(self) -> "Days":
        """As many days, right before."""
        length = self.last - self.first
        return Days(self.first - DAY - length, self.first - DAY, self.zone)

    def previous_year(self) -> "Days":
        return Days(_year_before(self.first), _year_before(self.last), self.zone)


@lru_cache(maxsize=10_000)
def day_start(day: date, zone: ZoneInfo) -> datetime:
    """The first instant that has this local date (midnight need not exist)."""
    instant = datetime(day.year, day.month, day.day, tzinfo=UTC) - timedelta(hours=26)
    while instant.astimezone(zone).date() < day:
        instant += STEP
    return instant


def buckets(days: Days, granularity: str) -> list[Bucket]:
    """Every bucket of the range in order; the first and last are clipped to it."""
    found = hours(days) if granularity == "hour" else calendar(days, granularity)
    ends = [start for _, start in found[1:]] + [days.span.end]
    return [Bucket(t, Span(start, end)) for (t, start), end in zip(found, ends, strict=True)]


def hours(days: Days) -> list[tuple[str, datetime]]:
    """(t, start) of each local hour. One that happens twice is two, told apart by the offset in `t`."""
    found = []
    shown = None
    instant = days.span.start
    while instant < days.span.end:
        local = instant.astimezone(days.zone)
        hour = (local.date(), local.hour, local.utcoffset())
        if hour != shown:
            found.append((local.isoformat(), instant))
            shown = hour
        instant += STEP
    return found


def calendar(days: Days, granularity: str) -> list[tuple[str, datetime]]:
    found = []
    day = days.first
    while day <= days.last:
        begins = {"day": True, "week": day.weekday() == 0, "month": day.day == 1}[granularity]
        if begins or day == days.first:
            found.append((day.isoformat(), day_start(day, days.zone)))
        day += DAY
    return found


def _year_before(day: date) -> date:
    if (day.month, day.day) == (2, 29):
        return date(day.year - 1, 2, 28)
    return date(day.year - 1, day.month, day.day)
