"""The numbers of a site over a range, as docs/metrics.md defines them: report, timeseries, top pages."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, cast, get_args

from appliance import metrics, timerange
from appliance.clock import Clock
from appliance.database import Database, Parameters, Row
from appliance.errors import FieldError, InvalidError
from appliance.metrics import CLOCK_TOLERANCE, CURRENT, Source
from appliance.sites import Site
from appliance.timerange import Bucket, Granularity, TimeRange

Metric = Literal["visitors", "visits", "pageviews", "bounce_rate", "avg_time", "load_ms"]
METRICS: tuple[Metric, ...] = get_args(Metric)
REPORT_PAGES = 100


@dataclass(frozen=True)
class NewVsReturning:
    """Percent of unique visitors. Cookieless ones cannot be recognised on another day and count as new."""

    new_percent: float
    returning_percent: float
    unrecognisable_percent: float


@dataclass(frozen=True)
class SourceShare:
    """`visitors` are visits, as in `total_visitors`."""

    source: Source
    visitors: int
    percent: float


@dataclass(frozen=True)
class Share:
    name: str
    percent: float


@dataclass(frozen=True)
class LoadTime:
    """Percentiles in milliseconds, interpolated linearly; 0 when no loading time was measured."""

    p50: int
    p75: int
    p95: int


@dataclass(frozen=True)
class ReportPage:
    """`avg_time_spent` in seconds; null when no visit tells how long the page was looked at."""

    page_title: str
    path: str
    avg_time_spent: float | None
    pageviews: int


@dataclass(frozen=True)
class GoalResult:
    id: str
    name: str
    conversions: int
    conversion_rate_percent: float


@dataclass(frozen=True)
class SiteReport:
    """`total_visitors` are visits that start in the range; `visits` is the same number under its own name."""

    website_name: str
    url: str
    timezone: str
    report_generated_at: datetime
    date_range: str
    total_visitors: int
    visits: int
    unique_visitors: int
    unique_visitors_exact: bool
    current_visitors: int
    total_pageviews: int
    total_pages: int
    avg_time_spent_on_site_sec: float
    avg_loading_time_ms: int
    load_ms: LoadTime
    bounce_rate_percent: float
    conversion_rate_percent: float
    goals: list[GoalResult]
    new_vs_returning: NewVsReturning
    traffic_sources: list[SourceShare]
    operating_systems: list[Share]
    browsers: list[Share]
    pages: list[ReportPage]


@dataclass(frozen=True)
class TopPage:
    path: str
    page_title: str
    pageviews: int
    visitors: int
    avg_time_spent: float | None
    bounce_rate_percent: float | None
    load_ms: int | None


@dataclass(frozen=True)
class TopPages:
    """`total` counts all paths viewed in the range."""

    pages: list[TopPage]
    total: int


@dataclass(frozen=True)
class Point:
    """`t` is RFC 3339 for hours, else the local date on which the bucket begins; `incomplete`: it is now."""

    t: str
    value: int | float
    incomplete: bool = False


@dataclass(frozen=True)
class Timeseries:
    granularity: Granularity
    timezone: str
    series: dict[Metric, list[Point]]


class Reports:
    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def site_report(self, site: Site, span: TimeRange) -> SiteReport:
        now = self._clock.now()
        within = _within(site, span)
        ((uniques, pageviews, pages, loads, load_us, percentiles),) = self._database.read(
            "reports.events", within
        )
        ((visits, bounces, page_time_ms),) = self._database.read("reports.visits", within)
        ((returning, unrecognisable),) = self._database.read("reports.returning", within)
        return SiteReport(
            website_name=site.name,
            url=site.url,
            timezone=site.timezone,
            report_generated_at=now.replace(microsecond=0),
            date_range=str(span),
            total_visitors=visits,
            visits=visits,
            unique_visitors=uniques,
            unique_visitors_exact=True,
            current_visitors=self._current_visitors(site, now),
            total_pageviews=pageviews,
            total_pages=pages,
            avg_time_spent_on_site_sec=metrics.tenths(page_time_ms, visits, unit=1000),
            avg_loading_time_ms=metrics.whole(load_us, loads),
            load_ms=LoadTime(*(metrics.nearest(value) for value in percentiles or (0, 0, 0))),
            bounce_rate_percent=metrics.percent(bounces, visits),
            conversion_rate_percent=0.0,
            goals=[],
            new_vs_returning=NewVsReturning(
                metrics.percent(uniques - returning, uniques),
                metrics.percent(returning, uniques),
                metrics.percent(unrecognisable, uniques),
            ),
            traffic_sources=self._sources(within, visits),
            operating_systems=self._shares("reports.systems", within, metrics.REPORT_SYSTEMS, visits),
            browsers=self._shares("reports.browsers", within, metrics.REPORT_BROWSERS, visits),
            pages=[_report_page(page) for page in self.top_pages(site, span, REPORT_PAGES).pages],
        )

    def top_pages(self, site: Site, span: TimeRange, limit: int) -> TopPages:
        rows = self._database.read("reports.pages", {**_within(site, span), "limit": limit})
        return TopPages([_top_page(row) for row in rows], rows[0][-1] if rows else 0)

    def timeseries(
        self, site: Site, span: TimeRange, wanted: list[Metric], granularity: Granularity
    ) -> Timeseries:
        """One point for every bucket of the range, zero where nothing happened."""
        buckets = timerange.buckets(span, granularity)
        starts = {**_within(site, span), "starts": [bucket.start for bucket in buckets]}
        happened = {row[0]: row for row in self._database.read("reports.timeseries_events", starts)}
        started = {row[0]: row for row in self._database.read("reports.timeseries_visits", starts)}
        now = self._clock.now()
        values = [_values(happened.get(bucket.start), started.get(bucket.start)) for bucket in buckets]
        series = {
            metric: [
                _point(bucket, value[metric], now) for bucket, value in zip(buckets, values, strict=True)
            ]
            for metric in wanted
        }
        return Timeseries(granularity, site.timezone, series)

    def _current_visitors(self, site: Site, now: datetime) -> int:
        parameters = {"site_id": site.site_id, "since": now - CURRENT, "until": now + CLOCK_TOLERANCE}
        ((current,),) = self._database.read("reports.current", parameters)
        return int(current)

    def _sources(self, within: Parameters, visits: int) -> list[SourceShare]:
        rows = metrics.folded(_counts(self._database.read("reports.sources", within)), metrics.SOURCES)
        return [
            SourceShare(cast(Source, name), count, metrics.percent(count, visits)) for name, count in rows
        ]

    def _shares(self, query: str, within: Parameters, known: tuple[str, ...], visits: int) -> list[Share]:
        rows = metrics.folded(_counts(self._database.read(query, within)), known)
        return [Share(name, metrics.percent(count, visits)) for name, count in rows]


def parse_metrics(text: str | None) -> list[Metric]:
    """`visitors,pageviews` as a list without repetitions. Raises InvalidError."""
    names = (text or "visitors").split(",")
    found: list[Metric] = [metric for metric in METRICS if metric in names]
    unknown = [name for name in names if name not in METRICS]
    if unknown:
        detail = f"{unknown[0][:40]!r} is not a metric; there are {', '.join(METRICS)}."
        raise InvalidError("The metric asked for does not exist.", [FieldError("metric", detail)])
    return found


def parse_granularity(text: str | None) -> Granularity:
    """Raises InvalidError."""
    for granularity in timerange.GRANULARITIES:
        if granularity == (text or "day"):
            return granularity
    detail = f"{(text or '')[:40]!r} is not one of {', '.join(timerange.GRANULARITIES)}."
    raise InvalidError("The granularity asked for does not exist.", [FieldError("granularity", detail)])


def _within(site: Site, span: TimeRange) -> dict[str, object]:
    return {"site_id": site.site_id, "start": span.start, "end": span.end}


def _counts(rows: list[Row]) -> list[tuple[str, int]]:
    return [(str(name), int(count)) for name, count in rows]


def _top_page(row: Row) -> TopPage:
    path, title, pageviews, visitors, timed, time_ms, entries, bounces, loads, load_us, _ = row
    return TopPage(
        path=path,
        page_title=title,
        pageviews=pageviews,
        visitors=visitors,
        avg_time_spent=metrics.tenths(time_ms, timed, unit=1000) if timed else None,
        bounce_rate_percent=metrics.percent(bounces, entries) if entries else None,
        load_ms=metrics.whole(load_us, loads) if loads else None,
    )


def _report_page(page: TopPage) -> ReportPage:
    return ReportPage(page.page_title, page.path, page.avg_time_spent, page.pageviews)


def _values(happened: Row | None, started: Row | None) -> dict[Metric, int | float]:
    _, visitors, pageviews, loads, load_us = happened or (None, 0, 0, 0, 0)
    _, visits, bounces, page_time_ms = started or (None, 0, 0, 0)
    return {
        "visitors": visitors,
        "visits": visits,
        "pageviews": pageviews,
        "bounce_rate": metrics.percent(bounces, visits),
        "avg_time": metrics.tenths(page_time_ms, visits, unit=1000),
        "load_ms": metrics.whole(load_us, loads),
    }


def _point(bucket: Bucket, value: int | float, now: datetime) -> Point:
    return Point(bucket.label, value, bucket.start <= now < bucket.end)
