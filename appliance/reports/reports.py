"""The numbers of a site over a range, as docs/metrics.md defines them: the report and its pages."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import cast

from appliance.base.clock import Clock
from appliance.base.comparisons import Earlier
from appliance.base.timerange import Span
from appliance.events import metrics
from appliance.events.metrics import CLOCK_TOLERANCE, CURRENT, Source
from appliance.events.privacy import VISIT_GAP
from appliance.reports.facts import SHARED, Conversions, Counted, Head, Page, View
from appliance.reports.filters import Filter, Selection
from appliance.reports.imported import Imported, ImportedHistory
from appliance.reports.past import Past
from appliance.sites.goals import Goal, Goals, Kind
from appliance.sites.sites import Site
from appliance.storage.database import Database

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
class Shares:
    """Largest first."""

    traffic_sources: list[SourceShare]
    operating_systems: list[Share]
    browsers: list[Share]


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
    """`kind` and `pattern` are the goal's own: an event's name, or a path that may hold wildcards."""

    id: str
    name: str
    kind: Kind
    pattern: str
    conversions: int
    conversion_rate_percent: float


@dataclass(frozen=True)
class GoalPreview:
    """`conversions` are events, `visitors` those who did it at least once, of `unique_visitors`."""

    date_range: str
    conversions: int
    visitors: int
    unique_visitors: int
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
    """The same numbers of an earlier range: of what lies before `until` in it, where the range itself is not
    over; null: of all of it."""

    date_range: str
    until: datetime | None


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
    imported: ImportedHistory | None = None


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


class Reports:
    """`filters` keep some of the visits, here and in `Timeseries` and `Breakdowns`.

    Where a range begins before the facts, all three raise InvalidError if there are filters.
    """

    def __init__(self, database: Database, goals: Goals, clock: Clock) -> None:
        self._database = database
        self._past = Past(database)
        self._imported = Imported(database)
        self._goals = goals
        self._clock = clock

    def site_report(
        self, site: Site, span: Span, filters: Filters = (), compared: Earlier | None = None
    ) -> SiteReport:
        """The numbers of `span`, and the summary of `compared` beside them, all of one moment.

        Nothing is compared with less than half an hour: in it, a visit may be under way without an event.
        """
        return self._database.at_one_moment(lambda: self._report(site, span, filters, compared))

    def _report(self, site: Site, span: Span, filters: Filters, compared: Earlier | None) -> SiteReport:
        now = self._clock.now()
        goals = self._goals.of(site)
        counted = self._past.counted(site, span, filters, SHARED)
        head, conversions = counted.head(), counted.conversions(goals)
        return SiteReport(
            website_name=site.name,
            url=site.url,
            timezone=site.timezone,
            report_generated_at=now.replace(microsecond=0),
            date_range=str(span),
            **vars(_summary(head, conversions)),
            unique_visitors_exact=counted.exact,
            current_visitors=_current_visitors(Selection(self._database, site, filters), now),
            goals=[
                GoalResult(
                    goal.goal_id,
                    goal.name,
                    goal.kind,
                    goal.pattern,
                    done,
                    metrics.percent(by, head.visitors),
                )
                for goal in goals
                for done, by in [conversions.get(goal.goal_id, (0, 0))]
            ],
            new_vs_returning=_new_vs_returning(counted, head),
            **vars(shares(counted, head.visits)),
            pages=[_report_page(view) for view in counted.viewed(REPORT_PAGES)],
            comparison=self._comparison(site, compared, filters, goals) if compared else None,
            imported=self._imported.history(site, span, filters),
        )

    def goal_preview(self, site: Site, span: Span, goal: Goal) -> GoalPreview:
        """What the goal counts in the range, whether it is kept or not."""
        return self._database.at_one_moment(lambda: self._preview(site, span, goal))

    def _preview(self, site: Site, span: Span, goal: Goal) -> GoalPreview:
        counted = self._past.counted(site, span, ())
        visitors = counted.head().visitors
        conversions, by = counted.conversions([goal]).get(goal.goal_id, (0, 0))
        return GoalPreview(str(span), conversions, by, visitors, metrics.percent(by, visitors))

    def top_pages(self, site: Site, span: Span, limit: int, filters: Filters = ()) -> TopPages:
        pages = self._past.counted(site, span, filters).pages(limit)
        return TopPages([_top_page(page) for page in pages.rows], pages.total)

    def _comparison(
        self, site: Site, compared: Earlier, filters: Filters, goals: list[Goal]
    ) -> Comparison | None:
        span, until = compared.span, compared.until
        if until and until - span.start < VISIT_GAP:
            return None
        if until and self._past.knows_only_days(site, until):
            until = None
        counted = self._past.counted(site, span, filters, until=until)
        summary = _summary(counted.head(), counted.conversions(goals))
        return Comparison(date_range=str(span), until=until, **vars(summary))


def shares(counted: Counted, visits: int) -> Shares:
    """Of the visits that start in the range."""
    known = (metrics.SOURCES, metrics.REPORT_SYSTEMS, metrics.REPORT_BROWSERS)
    sources, systems, browsers = map(metrics.folded, counted.shares(), known)
    return Shares(
        [SourceShare(cast(Source, name), count, metrics.percent(count, visits)) for name, count in sources],
        [Share(name, metrics.percent(count, visits)) for name, count in systems],
        [Share(name, metrics.percent(count, visits)) for name, count in browsers],
    )


def _summary(head: Head, conversions: Conversions) -> Summary:
    _, converted = conversions.get(None, (0, 0))
    return Summary(
        total_visitors=head.visits,
        visits=head.visits,
        unique_visitors=head.visitors,
        total_pageviews=head.pageviews,
        total_pages=head.pages,
        avg_time_spent_on_site_sec=metrics.tenths(head.page_time_ms, head.visits, unit=1000),
        avg_loading_time_ms=metrics.whole(head.load_us, head.loads),
        load_ms=LoadTime(*(metrics.nearest(value) for value in head.percentiles or (0, 0, 0))),
        bounce_rate_percent=metrics.percent(head.bounces, head.visits),
        conversion_rate_percent=metrics.percent(converted, head.visitors),
    )


def _current_visitors(kept: Selection, now: datetime) -> int:
    since = now - CURRENT
    ((current,),) = kept.read("reports.current", since, now + CLOCK_TOLERANCE + _MOMENT, since=since)
    return int(current)


def _new_vs_returning(counted: Counted, head: Head) -> NewVsReturning:
    returning = counted.returning()
    return NewVsReturning(
        metrics.percent(head.visitors - returning, head.visitors),
        metrics.percent(returning, head.visitors),
        metrics.percent(head.unrecognisable, head.visitors),
    )


def _top_page(page: Page) -> TopPage:
    return TopPage(
        path=page.path,
        page_title=page.title,
        pageviews=page.pageviews,
        visitors=page.visitors,
        avg_time_spent=_time_spent(page),
        bounce_rate_percent=metrics.percent(page.bounces, page.entries) if page.entries else None,
        load_ms=metrics.whole(page.load_us, page.loads) if page.loads else None,
    )


def _report_page(view: View) -> ReportPage:
    return ReportPage(view.title, view.path, _time_spent(view), view.pageviews)


def _time_spent(page: Page | View) -> float | None:
    return metrics.tenths(page.page_time_ms, page.timed, unit=1000) if page.timed else None
