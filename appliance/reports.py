"""The numbers of a site over a range, as docs/metrics.md defines them: the report and its pages."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, cast

from appliance import metrics
from appliance.clock import Clock
from appliance.database import Database, Row
from appliance.filters import Filter, Selection
from appliance.goals import Goal, Goals
from appliance.metrics import CLOCK_TOLERANCE, CURRENT, Source
from appliance.sites import Site
from appliance.timerange import TimeRange

REPORT_PAGES = 100

Filters = Sequence[Filter]

_MOMENT = timedelta(microseconds=1)


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
class Summary:
    """`total_visitors` are visits that start in the range; `visits` is the same number under its own name."""

    total_visitors: int
    visits: int
    unique_visitors: int
    total_pageviews: int
    total_pages: int
    avg_time_spent_on_site_sec: float
    avg_loading_time_ms: int
    load_ms: LoadTime
    bounce_rate_percent: float
    conversion_rate_percent: float


@dataclass(frozen=True, kw_only=True)
class Comparison(Summary):
    """The same numbers of an earlier range."""

    date_range: str


@dataclass(frozen=True, kw_only=True)
class SiteReport(Summary):
    website_name: str
    url: str
    timezone: str
    report_generated_at: datetime
    date_range: str
    unique_visitors_exact: bool
    current_visitors: int
    goals: list[GoalResult]
    new_vs_returning: NewVsReturning
    traffic_sources: list[SourceShare]
    operating_systems: list[Share]
    browsers: list[Share]
    pages: list[ReportPage]
    comparison: Comparison | None = None


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
class _Visitors:
    unique: int
    unrecognisable: int


class Reports:
    """`filters` keep some of the visits, here and in `Timeseries` and `Breakdowns`."""

    def __init__(self, database: Database, goals: Goals, clock: Clock) -> None:
        self._database = database
        self._goals = goals
        self._clock = clock

    def site_report(
        self, site: Site, span: TimeRange, filters: Filters = (), compared: TimeRange | None = None
    ) -> SiteReport:
        """The numbers of `span`, and the summary of `compared` beside them."""
        now = self._clock.now()
        kept = Selection(self._database, site, filters)
        goals = self._goals.of(site)
        summary, conversions, visitors = self._summary(kept, span, goals)
        return SiteReport(
            website_name=site.name,
            url=site.url,
            timezone=site.timezone,
            report_generated_at=now.replace(microsecond=0),
            date_range=str(span),
            **vars(summary),
            unique_visitors_exact=True,
            current_visitors=_current_visitors(kept, now),
            goals=[
                GoalResult(goal.goal_id, goal.name, done, metrics.percent(by, summary.unique_visitors))
                for goal in goals
                for done, by in [conversions.get(goal.goal_id, (0, 0))]
            ],
            new_vs_returning=_new_vs_returning(kept, span, visitors),
            **_shares(kept, span, summary.visits),
            pages=[_report_page(page) for page in self.top_pages(site, span, REPORT_PAGES, filters).pages],
            comparison=self._comparison(kept, compared, goals) if compared else None,
        )

    def top_pages(self, site: Site, span: TimeRange, limit: int, filters: Filters = ()) -> TopPages:
        kept = Selection(self._database, site, filters)
        rows = kept.read("reports.pages", span.start, span.end, limit=limit)
        return TopPages([_top_page(row) for row in rows], rows[0][-1] if rows else 0)

    def _comparison(self, kept: Selection, span: TimeRange, goals: list[Goal]) -> Comparison:
        summary, _, _ = self._summary(kept, span, goals)
        return Comparison(date_range=str(span), **vars(summary))

    def _summary(
        self, kept: Selection, span: TimeRange, goals: list[Goal]
    ) -> tuple[Summary, dict[str, tuple[int, int]], _Visitors]:
        """The single numbers; (conversions, converted visitors) by goal; who the visitors were."""
        within = span.start, span.end
        ((uniques, unrecognisable, visits, bounces, page_time_ms),) = kept.read("reports.summary", *within)
        ((pageviews, pages),) = kept.read("reports.pageviews", *within)
        ((loads, load_us, percentiles),) = kept.read("reports.loads", *within)
        conversions = _conversions(kept, span, goals)
        _, converted = conversions.get(None, (0, 0))
        summary = Summary(
            total_visitors=visits,
            visits=visits,
            unique_visitors=uniques,
            total_pageviews=pageviews,
            total_pages=pages,
            avg_time_spent_on_site_sec=metrics.tenths(page_time_ms, visits, unit=1000),
            avg_loading_time_ms=metrics.whole(load_us, loads),
            load_ms=LoadTime(*(metrics.nearest(value) for value in percentiles or (0, 0, 0))),
            bounce_rate_percent=metrics.percent(bounces, visits),
            conversion_rate_percent=metrics.percent(converted, uniques),
        )
        by_goal = {goal_id: counts for goal_id, counts in conversions.items() if goal_id is not None}
        return summary, by_goal, _Visitors(uniques, unrecognisable)


def _current_visitors(kept: Selection, now: datetime) -> int:
    since = now - CURRENT
    ((current,),) = kept.read("reports.current", since, now + CLOCK_TOLERANCE + _MOMENT, since=since)
    return int(current)


def _conversions(kept: Selection, span: TimeRange, goals: list[Goal]) -> dict[str | None, tuple[int, int]]:
    """(conversions, visitors) by goal, and of all goals together under None."""
    if not goals:
        return {}
    wanted: dict[str, Any] = {
        "goal_ids": [goal.goal_id for goal in goals],
        "kinds": [goal.kind for goal in goals],
        "patterns": [goal.expression for goal in goals],
    }
    rows = kept.read("goals.completions", span.start, span.end, **wanted)
    return {goal_id: (conversions, visitors) for goal_id, conversions, visitors in rows}


def _new_vs_returning(kept: Selection, span: TimeRange, visitors: _Visitors) -> NewVsReturning:
    ((returning,),) = kept.read("reports.returning", span.start, span.end)
    return NewVsReturning(
        metrics.percent(visitors.unique - returning, visitors.unique),
        metrics.percent(returning, visitors.unique),
        metrics.percent(visitors.unrecognisable, visitors.unique),
    )


def _shares(kept: Selection, span: TimeRange, visits: int) -> dict[str, Any]:
    rows = kept.read("reports.shares", span.start, span.end)
    sources, systems, browsers = (
        metrics.folded([(row[place], row[3]) for row in rows if row[place] is not None], known)
        for place, known in enumerate((metrics.SOURCES, metrics.REPORT_SYSTEMS, metrics.REPORT_BROWSERS))
    )
    return {
        "traffic_sources": [
            SourceShare(cast(Source, name), count, metrics.percent(count, visits)) for name, count in sources
        ],
        "operating_systems": [Share(name, metrics.percent(count, visits)) for name, count in systems],
        "browsers": [Share(name, metrics.percent(count, visits)) for name, count in browsers],
    }


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
