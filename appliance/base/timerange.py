"""Local days, the last hours, and buckets of a site's time zone, as half-open spans of UTC.

A day with a clock change has 23 or 25 hours; an hour that happens twice is two buckets.
"""

import re
from bisect import bisect_right
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal, get_args
from zoneinfo import ZoneInfo

from appliance.base.errors import FieldError, InvalidError

Granularity = Literal["hour", "day", "week", "month"]
GRANULARITIES: tuple[Granularity, ...] = get_args(Granularity)
DEFAULT_DAYS = 7
LAST_HOURS = "24h"
"""What `range` may be."""
HOURS = 24
MAX_BUCKETS = 20_000
"""More points than any chart shows; keeps one request from asking for a million."""

_RFC_3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?(Z|[+-]\d\d:\d\d)", re.ASCII)

_LENGTH = {
    "hour": timedelta(hours=1),
    "day": timedelta(days=1),
    "week": timedelta(days=7),
    "month": timedelta(days=30),
}

_DAY = timedelta(days=1)
_MOMENT = timedelta(microseconds=1)
SLOT = timedelta(minutes=15)
"""Every zone's offset since 2000, and so every local hour, begins on a quarter of an hour of UTC."""


@dataclass(frozen=True)
class TimeRange:
    """The local days `first` to `last`, both included, in `zone`."""

    first: date
    last: date
    zone: ZoneInfo

    @property
    def start(self) -> datetime:
        return local_midnight(self.first, self.zone)

    @property
    def end(self) -> datetime:
        """The first instant after the range, UTC."""
        return local_midnight(self.last + timedelta(days=1), self.zone)

    def previous_period(self) -> "TimeRange":
        """As many days, right before."""
        length = self.last - self.first + _DAY
        return TimeRange(self.first - length, self.last - length, self.zone)

    def previous_year(self) -> "TimeRange":
        return TimeRange(_year_before(self.first), _year_before(self.last), self.zone)

    def __str__(self) -> str:
        return f"{self.first} to {self.last}"


@dataclass(frozen=True)
class HourRange:
    """The 24 local hours from `start` to before `end`, which are UTC; each of them is a bucket of its own."""

    start: datetime
    end: datetime
    zone: ZoneInfo

    @property
    def first(self) -> date:
        """The local day in which it begins."""
        return self.start.astimezone(self.zone).date()

    @property
    def last(self) -> date:
        """The local day in which it ends."""
        return (self.end - SLOT).astimezone(self.zone).date()

    def previous_period(self) -> "HourRange":
        """As many hours, right before."""
        return last_hours(self.zone, self.start)

    def previous_year(self) -> "HourRange":
        """Up to the same time of the clock, a year before."""
        local = (self.end - SLOT).astimezone(self.zone)
        before = datetime.combine(_year_before(local.date()), local.timetz())
        return last_hours(self.zone, before.astimezone(UTC) + SLOT)

    def __str__(self) -> str:
        """As RFC 3339 with the site's offset; the second is the first instant after the range."""
        return " to ".join(each.astimezone(self.zone).isoformat() for each in (self.start, self.end))


Span = TimeRange | HourRange


@dataclass(frozen=True)
class Bucket:
    """A span of a timeseries. `label` is `t` of the API: RFC 3339 for hours, else the first local day."""

    label: str
    start: datetime
    end: datetime


def local_midnight(day: date, zone: ZoneInfo) -> datetime:
    """The instant at which a local day begins, in UTC, also where a clock change skips midnight."""
    instant = datetime.combine(day, time(), zone).astimezone(UTC)
    while (instant - SLOT).astimezone(zone).date() >= day:
        instant -= SLOT
    return instant


def parse(first: str | None, last: str | None, zone: ZoneInfo, now: datetime) -> TimeRange:
    """The range asked for by `from` and `to` (YYYY-MM-DD); the last seven days where they are missing.

    Raises InvalidError for a malformed date or `from` after `to`.
    """
    faults: list[FieldError] = []
    last_day = _day(last, "to", faults) or now.astimezone(zone).date()
    first_day = _day(first, "from", faults) or last_day - timedelta(days=DEFAULT_DAYS - 1)
    if not faults and first_day > last_day:
        faults.append(
            FieldError("from", f"{first_day} is after {last_day}; the range must begin before it ends.")
        )
    if faults:
        raise InvalidError("The dates asked for cannot be used.", faults)
    return TimeRange(first_day, last_day, zone)


def parse_hours(name: str, until: str | None, zone: ZoneInfo, now: datetime) -> HourRange:
    """The hours asked for by `range` and `until` (RFC 3339); up to `now` where that is missing.

    Raises InvalidError.
    """
    if name != LAST_HOURS:
        detail = f"{name[:40]!r} is not a range; there is {LAST_HOURS}. Days are asked for by from and to."
        raise InvalidError("The range asked for does not exist.", [FieldError("range", detail)])
    return last_hours(zone, now + _MOMENT if until is None else _instant(until))


def last_hours(zone: ZoneInfo, until: datetime) -> HourRange:
    """The 24 local hours of which the last holds the moment before `until`."""
    day = (until - _MOMENT).astimezone(zone).date()
    around = TimeRange(day - 2 * _DAY, day, zone)
    edges = [start for _, start in _hours(around)] + [around.end]
    end = bisect_right(edges, until - _MOMENT)
    return HourRange(edges[end - HOURS], edges[end], zone)


def today(zone: ZoneInfo, now: datetime) -> TimeRange:
    day = now.astimezone(zone).date()
    return TimeRange(day, day, zone)


def last_days(count: int, zone: ZoneInfo, now: datetime) -> TimeRange:
    """So many, today included."""
    day = now.astimezone(zone).date()
    return TimeRange(day - (count - 1) * _DAY, day, zone)


def hour_start(zone: ZoneInfo, now: datetime) -> datetime:
    """When the hour under way began on the zone's clocks."""
    return now.astimezone(zone).replace(minute=0, second=0, microsecond=0).astimezone(UTC)


def yesterday_by_now(zone: ZoneInfo, now: datetime) -> tuple[datetime, datetime]:
    """Yesterday's beginning, and the instant at which the zone's clocks showed the time of now; UTC."""
    day = now.astimezone(zone).date() - _DAY
    return local_midnight(day, zone), on_day(day, now, zone)


def on_day(day: date, now: datetime, zone: ZoneInfo) -> datetime:
    """The instant, UTC, at which the zone's clocks show the time of now on a day: the first of two, and where
    they leave it out, as long after midnight as it would have been."""
    return datetime.combine(day, now.astimezone(zone).time(), zone).astimezone(UTC)


def buckets(span: Span, granularity: Granularity) -> list[Bucket]:
    """The range cut into consecutive buckets, the first and last clipped to it."""
    _check_count(span, granularity)
    starts = _hours(span) if granularity == "hour" else _days(span, granularity)
    edges = [start for _, start in starts] + [span.end]
    return [Bucket(label, start, end) for (label, start), end in zip(starts, edges[1:], strict=True)]


def _check_count(span: Span, granularity: Granularity) -> None:
    """Before they are made: the hours of two centuries take minutes to find."""
    points = (span.end - span.start) // _LENGTH[granularity]
    if points > MAX_BUCKETS:
        raise InvalidError(
            "The range has too many points at this granularity.",
            [
                FieldError(
                    "granularity", f"about {points} points; at most {MAX_BUCKETS}. Choose a coarser one."
                )
            ],
        )


def _day(text: str | None, pointer: str, faults: list[FieldError]) -> date | None:
    if text is None:
        return None
    try:
        day = datetime.strptime(text, "%Y-%m-%d").replace(tzinfo=UTC).date()
        if len(text) != 10 or not 2000 <= day.year <= 2200:
            raise ValueError
    except ValueError:
        faults.append(FieldError(pointer, f"{text[:40]!r} is not a date; write it as 2026-09-17."))
        return None
    return day


def _instant(text: str) -> datetime:
    try:
        instant = datetime.fromisoformat(text).astimezone(UTC) if _RFC_3339.fullmatch(text) else None
    except (ValueError, OverflowError):
        instant = None
    if instant is None or not 2000 <= instant.year <= 2200:
        detail = f"{text[:40]!r} is not a moment; write it as 2026-09-17T14:00:00Z."
        raise InvalidError("The hours asked for cannot be used.", [FieldError("until", detail)])
    return instant


def _year_before(day: date) -> date:
    """29 February has the 28th before it."""
    is_leap_day = (day.month, day.day) == (2, 29)
    return day.replace(year=day.year - 1, day=28 if is_leap_day else day.day)


def _days(span: Span, granularity: Granularity) -> list[tuple[str, datetime]]:
    count = (span.last - span.first).days + 1
    days = (span.first + timedelta(days=n) for n in range(count))
    return [
        (day.isoformat(), max(local_midnight(day, span.zone), span.start))
        for day in days
        if day == span.first or _begins(day, granularity)
    ]


def _begins(day: date, granularity: Granularity) -> bool:
    if granularity == "week":
        return day.weekday() == 0
    return granularity == "day" or day.day == 1


def _hours(span: Span) -> list[tuple[str, datetime]]:
    """A bucket begins whenever the local hour changes, or the same hour begins for the second time."""
    starts: list[tuple[str, datetime]] = []
    previous = None
    instant = span.start
    while instant < span.end:
        local = instant.astimezone(span.zone)
        hour = (local.date(), local.hour, local.fold)
        if hour != previous:
            starts.append((local.isoformat(timespec="seconds"), instant))
        previous = hour
        instant += SLOT
    return starts
