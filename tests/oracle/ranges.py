"""Days, the last hours, and buckets of local time: found by walking over the clock in quarters of an hour."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
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


@dataclass(frozen=True)
class Hours:
    """The 24 hours on the clocks of `zone` of which the last ends with or after the instant `until`."""

    until: datetime
    zone: ZoneInfo

    @property
    def span(self) -> Span:
        edge = hour_edge(self.until, self.zone)
        starts = [start for _, start in shown(Span(edge - 3 * DAY, edge), self.zone)]
        return Span(starts[-24], edge)

    @property
    def first(self) -> date:
        return self.span.start.astimezone(self.zone).date()

    @property
    def last(self) -> date:
        return (self.span.end - STEP).astimezone(self.zone).date()

    def previous_period(self) -> "Hours":
        return Hours(self.span.start, self.zone)

    def previous_year(self) -> "Hours":
        """Up to the hour that was shown at the same time of the clock."""
        local = (self.span.end - STEP).astimezone(self.zone)
        earlier = _year_before(local.date())
        return Hours(local.replace(year=earlier.year, day=earlier.day).astimezone(UTC) + STEP, self.zone)


def reached(days: Days | Hours, before: Days | Hours, now: datetime) -> datetime | None:
    """What the time of now is in the range before, seen from a range that is under way; None: it is not."""
    if not days.span.holds(now):
        return None
    if isinstance(days, Hours):
        return before.span.end - (days.span.end - now)
    today = now.astimezone(days.zone).date()
    if before == days.previous_period():
        return clock_of(now, before.first + (today - days.first), days.zone)
    return clock_of(now, _year_before(today), days.zone)


def clock_of(now: datetime, day: date, zone: ZoneInfo) -> datetime:
    """When the clock first shows the same on that day; where it never does, as long after midnight."""
    local = now.astimezone(zone)
    quarter = local.replace(minute=local.minute // 15 * 15, second=0, microsecond=0)
    midnight = day_start(day, zone)
    for number in range(26 * 4):
        seen = (midnight + STEP * number).astimezone(zone)
        if (seen.date(), seen.time()) == (day, quarter.time()):
            return midnight + STEP * number + (local - quarter)
    return midnight + (local.replace(tzinfo=None) - datetime.combine(local.date(), time()))


def hour_edge(instant: datetime, zone: ZoneInfo) -> datetime:
    """The first instant at or after it at which another hour begins to be shown."""
    edge = instant.replace(minute=0, second=0, microsecond=0)
    while edge < instant or _hour(edge, zone) == _hour(edge - STEP, zone):
        edge += STEP
    return edge


@lru_cache(maxsize=10_000)
def day_start(day: date, zone: ZoneInfo) -> datetime:
    """The first instant that has this local date (midnight need not exist)."""
    instant = datetime(day.year, day.month, day.day, tzinfo=UTC) - timedelta(hours=26)
    while instant.astimezone(zone).date() < day:
        instant += STEP
    return instant


def buckets(days: Days | Hours, granularity: str) -> list[Bucket]:
    """Every bucket of the range in order; the first and last are clipped to it."""
    of_hours = granularity == "hour"
    found = shown(days.span, days.zone) if of_hours else calendar(days, granularity)
    ends = [start for _, start in found[1:]] + [days.span.end]
    return [Bucket(t, Span(start, end)) for (t, start), end in zip(found, ends, strict=True)]


def shown(span: Span, zone: ZoneInfo) -> list[tuple[str, datetime]]:
    """(t, start) of each local hour. One that happens twice is two, told apart by the offset in `t`."""
    found = []
    before = None
    instant = span.start
    while instant < span.end:
        hour = _hour(instant, zone)
        if hour != before:
            found.append((instant.astimezone(zone).isoformat(), instant))
            before = hour
        instant += STEP
    return found


def _hour(instant: datetime, zone: ZoneInfo) -> tuple[object, ...]:
    local = instant.astimezone(zone)
    return local.date(), local.hour, local.utcoffset()


def calendar(days: Days | Hours, granularity: str) -> list[tuple[str, datetime]]:
    found = []
    day = days.first
    while day <= days.last:
        begins = {"day": True, "week": day.weekday() == 0, "month": day.day == 1}[granularity]
        if begins or day == days.first:
            found.append((day.isoformat(), max(day_start(day, days.zone), days.span.start)))
        day += DAY
    return found


def _year_before(day: date) -> date:
    if (day.month, day.day) == (2, 29):
        return date(day.year - 1, 2, 28)
    return date(day.year - 1, day.month, day.day)
