"""The week or month that a report is about: whole ones of the website's own days."""

from datetime import date, datetime, timedelta
from typing import Literal, get_args
from zoneinfo import ZoneInfo

from appliance.base.timerange import TimeRange

Frequency = Literal["weekly", "monthly"]
FREQUENCIES: tuple[Frequency, ...] = get_args(Frequency)

SENT_FROM = timedelta(hours=7)
"""By the website's own clocks: it is there in the morning, and the night's stragglers are in it."""

_DAY = timedelta(days=1)
_LONGEST = {"weekly": 7 * _DAY, "monthly": 31 * _DAY}


def ended(frequency: Frequency, zone: ZoneInfo, now: datetime) -> TimeRange:
    """The newest one that is over, from seven in the morning of the day after on. Weeks begin on Mondays."""
    return before(frequency, (now.astimezone(zone).replace(tzinfo=None) - SENT_FROM).date(), zone)


def is_ahead(frequency: Frequency, noted: date, last: date) -> bool:
    """Whether `noted` is so far after the `last` day of the newest one that the clock must have been set
    back: another time zone makes no more of a difference than one week or month."""
    return noted - last > _LONGEST[frequency]


def before(frequency: Frequency, day: date, zone: ZoneInfo) -> TimeRange:
    """The one before that which `day` is in."""
    if frequency == "weekly":
        first = day - day.weekday() * _DAY
        return TimeRange(first - 7 * _DAY, first - _DAY, zone)
    last = day.replace(day=1) - _DAY
    return TimeRange(last.replace(day=1), last, zone)
