"""Rows of hours and days held against the visits and facts that they are made of, all counted anew.

Of each site its days that have ended and whose facts are there, the latest first. A row that waits to be made
again is left out: what is wrong with it is about to be mended.
"""

import math
import time
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import partial

from appliance.aggregates import pacing
from appliance.aggregates.counted_rows import LIMIT_S, CountedRows
from appliance.base import timerange
from appliance.base.timerange import TimeRange
from appliance.reports.past import Past
from appliance.sites.sites import Site, Sites
from appliance.storage.database import Database

_DAY = timedelta(days=1)


@dataclass
class Recounted:
    """`counted`: how many of the `days` there are; `rows`: how many differ, on the days `wrong`."""

    days: int = 0
    counted: int = 0
    rows: int = 0
    wrong: set[date] = field(default_factory=set)

    def note(self, day: date) -> None:
        self.rows += 1
        self.wrong.add(day)


@dataclass(frozen=True)
class Recounting:
    """How many of the days are counted so far."""

    counted: int
    days: int


@dataclass(frozen=True)
class _Span:
    """The local days of a site from `first` to `last`, before which nothing is known of its visits."""

    site: Site
    first: date
    last: date

    def of(self, dates: list[date]) -> list[TimeRange]:
        return [TimeRange(day, day, self.site.zone) for day in dates if self.first <= day <= self.last]


class Recount:
    def __init__(self, database: Database, sites: Sites, counted: CountedRows) -> None:
        self._database = database
        self._sites = sites
        self._counted = counted
        self._past = Past(database)
        self._found: Recounted | None = None

    @property
    def under_way(self) -> Recounting | None:
        """How far the latest run is; None when it has ended."""
        found = self._found
        return Recounting(found.counted, found.days) if found else None

    def run(self, now: datetime, within_s: float = math.inf) -> Recounted:
        """Of all sites, some days at a time; after `within_s` no more are begun. Raises DatabaseError."""
        give_way_at = time.monotonic() + within_s
        spans = self._spans(now)
        dates = _dates(spans)
        self._found = found = Recounted(days=len(dates))
        try:
            for batch in pacing.batches(dates):
                for span in spans:
                    compare = partial(self._compare, span.site, span.of(batch[::-1]), found)
                    self._database.at_one_moment(compare)
                found.counted += len(batch)
                if time.monotonic() > give_way_at:
                    break
        finally:
            self._found = None
        return found

    def _spans(self, now: datetime) -> list[_Span]:
        """Of the sites of which there is anything."""
        spans = []
        for site in self._sites.all():
            wanted = {"site_id": site.site_id, "timezone": site.timezone}
            ((first,),) = self._database.read("recount.first", wanted, within_s=LIMIT_S)
            if first is not None:
                whole = self._past.first_day(site) or first
                today = now.astimezone(site.zone).date()
                spans.append(_Span(site, max(first, whole), today - _DAY))
        return spans

    def _compare(self, site: Site, days: list[TimeRange], found: Recounted) -> None:
        since = self._past.since(site)
        if not days or (since and since > days[0].start):  # its facts went a moment ago
            return
        whole = TimeRange(days[0].first, days[-1].first, site.zone)
        hours = self._counted.hours(site, timerange.buckets(whole, "hour"))
        by_hour = {"site_id": site.site_id, "rows": hours, "start": whole.start, "end": whole.end}
        for (hour,) in self._database.read("recount.hours", by_hour, within_s=LIMIT_S):
            found.note(hour.astimezone(site.zone).date())
        counted = self._counted.days(site, days)
        by_day = {"site_id": site.site_id, "rows": counted, "first": whole.first, "last": whole.last}
        for (day,) in self._database.read("recount.days", by_day, within_s=LIMIT_S):
            found.note(day)


def _dates(spans: list[_Span]) -> list[date]:
    """The latest first."""
    if not spans:
        return []
    first, last = min(span.first for span in spans), max(span.last for span in spans)
    return [last - number * _DAY for number in range((last - first).days + 1)]
