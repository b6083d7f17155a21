"""The earlier range that a range is compared with, and how much of it counts while the range is not over."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, get_args

from appliance.base.errors import FieldError, InvalidError
from appliance.base.timerange import HourRange, Span, TimeRange, on_day

Compare = Literal["previous_period", "previous_year"]
COMPARE: tuple[Compare, ...] = get_args(Compare)


@dataclass(frozen=True)
class Earlier:
    """Where a range is not over, only what `span` holds before `until` counts against it; None: all of it."""

    span: Span
    until: datetime | None


def parse(text: str | None) -> Compare | None:
    """Raises InvalidError."""
    for known in COMPARE:
        if text == known:
            return known
    if not text:
        return None
    detail = f"must be one of {', '.join(COMPARE)}"
    raise InvalidError("The comparison asked for does not exist.", [FieldError("compare", detail)])


def earlier(span: Span, compare: Compare, now: datetime) -> Earlier:
    before = span.previous_period() if compare == "previous_period" else span.previous_year()
    under_way = span.start <= now < span.end
    return Earlier(before, _reached(span, before, compare, now) if under_way else None)


def _reached(span: Span, before: Span, compare: Compare, now: datetime) -> datetime:
    """Where now stands in the range before: as long before its end, or at the same time of the clock."""
    if isinstance(before, HourRange):
        return before.end - (span.end - now)
    today = now.astimezone(span.zone).date()
    if compare == "previous_period":
        return on_day(before.first + (today - span.first), now, span.zone)
    return on_day(TimeRange(today, today, span.zone).previous_year().first, now, span.zone)
