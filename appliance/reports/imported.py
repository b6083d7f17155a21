"""Imported history: what other programs counted on days on which the website counted nothing itself.

It stands beside the website's own numbers and is never added to them. The rule is in docs/metrics.md.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from appliance.base.timerange import Span, TimeRange
from appliance.events import metrics
from appliance.reports.filters import Filter
from appliance.sites.sites import Site
from appliance.storage.database import Database


@dataclass(frozen=True)
class ImportedDay:
    """A day as `source` counted it, under the names of a timeseries' metrics; null: its file does not
    tell."""

    t: str
    source: str
    visitors: int | None
    visits: int | None
    pageviews: int | None
    bounce_rate: float | None
    avg_time: float | None


@dataclass(frozen=True)
class ImportedHistory:
    """Of the imported days of a range, which are not in its own numbers. Null is what not all of them tell.

    `daily_visitors` is the sum of each day's visitors, so that whoever came on two days is in it twice.
    """

    days: int
    first_day: date
    last_day: date
    sources: list[str]
    daily_visitors: int | None
    visits: int | None
    pageviews: int | None
    bounce_rate_percent: float | None
    avg_visit_sec: float | None


@dataclass(frozen=True)
class _Day:
    """As the database has it."""

    day: date
    source: str
    visitors: int | None
    visits: int | None
    pageviews: int | None
    bounces: int | None
    visit_seconds: int | None


class Imported:
    def __init__(self, database: Database) -> None:
        self._database = database

    def days(self, site: Site, span: Span, filters: Sequence[Filter]) -> list[ImportedDay]:
        """Those of the range, in order; none of hours, and none under filters, which sums do not know."""
        return [_point(each) for each in self._days(site, span, filters)]

    def history(self, site: Site, span: Span, filters: Sequence[Filter]) -> ImportedHistory | None:
        """None where no day of the range was imported."""
        days = self._days(site, span, filters)
        if not days:
            return None
        visits, bounces = _sum([day.visits for day in days]), _sum([day.bounces for day in days])
        seconds = _sum([day.visit_seconds for day in days])
        return ImportedHistory(
            days=len(days),
            first_day=days[0].day,
            last_day=days[-1].day,
            sources=sorted({day.source for day in days}),
            daily_visitors=_sum([day.visitors for day in days]),
            visits=visits,
            pageviews=_sum([day.pageviews for day in days]),
            bounce_rate_percent=_rate(bounces, visits),
            avg_visit_sec=_mean(seconds, visits),
        )

    def _days(self, site: Site, span: Span, filters: Sequence[Filter]) -> list[_Day]:
        if filters or not isinstance(span, TimeRange):
            return []
        wanted = {"site_id": site.site_id, "first": span.first, "last": span.last}
        found = [_Day(*row) for row in self._database.read("imported.days", wanted)]
        if not found:
            return []
        own = self._own_days(site, TimeRange(found[0].day, found[-1].day, site.zone))
        return [each for each in found if each.day not in own]

    def _own_days(self, site: Site, span: TimeRange) -> set[date]:
        wanted = {"site_id": site.site_id, "zone": site.timezone, "first": span.first, "last": span.last}
        rows = self._database.read("imported.own_days", {**wanted, "start": span.start, "end": span.end})
        return {day for (day,) in rows}


def _point(each: _Day) -> ImportedDay:
    return ImportedDay(
        t=each.day.isoformat(),
        source=each.source,
        visitors=each.visitors,
        visits=each.visits,
        pageviews=each.pageviews,
        bounce_rate=_rate(each.bounces, each.visits),
        avg_time=_mean(each.visit_seconds, each.visits),
    )


def _sum(counts: list[int | None]) -> int | None:
    known = [count for count in counts if count is not None]
    return sum(known) if len(known) == len(counts) else None


def _rate(bounces: int | None, visits: int | None) -> float | None:
    return metrics.percent(bounces, visits) if bounces is not None and visits else None


def _mean(seconds: int | None, visits: int | None) -> float | None:
    return metrics.tenths(seconds, visits) if seconds is not None and visits else None
