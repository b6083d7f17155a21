"""The numbers of a site, as JSON."""

from dataclasses import dataclass

from flask import Blueprint, Response, request

from appliance.base import comparisons
from appliance.base.comparisons import Earlier
from appliance.base.timerange import Granularity, Span
from appliance.reports import breakdowns, filters, ranking, timeseries
from appliance.reports.bucket_counts import Metric
from appliance.reports.filters import Filter
from appliance.reports.imported import ImportedDay
from appliance.reports.ranking import Ranking
from appliance.reports.timeseries import Point
from appliance.runtime import Runtime
from appliance.sites.sites import Site
from appliance.web import auth
from appliance.web.reckoning import Reckoning
from appliance.web.requests import answer, range_asked_for, whole_number


@dataclass(frozen=True)
class OneSeries:
    """`compare`: the same metric over all of an earlier range, when asked for; `imported`: as in `Series`."""

    metric: Metric
    granularity: Granularity
    timezone: str
    points: list[Point]
    imported: list[ImportedDay]
    compare: list[Point] | None = None


def blueprint(runtime: Runtime, reckoning: Reckoning) -> Blueprint:
    routes = Blueprint("reports", __name__, url_prefix="/api/sites/<site_id>")

    @routes.get("/report")
    @reckoning.apart
    def report(site_id: str) -> Response:
        site = auth.site_of(runtime, site_id)
        span = _range(runtime, site)
        return answer(runtime.reports.site_report(site, span, _filters(), _compared(runtime, span)))

    @routes.get("/timeseries")
    @reckoning.apart
    def series(site_id: str) -> Response:
        site = auth.site_of(runtime, site_id)
        wanted = timeseries.parse_metrics(request.args.get("metric"))
        granularity = timeseries.parse_granularity(request.args.get("granularity"))
        span = _range(runtime, site)
        compared = _compared(runtime, span)
        found = runtime.timeseries.series(site, span, wanted, granularity, _filters())
        if len(wanted) > 1:
            return answer(found)
        (metric,) = wanted
        points = found.series[metric]
        if compared is None:
            return answer(OneSeries(metric, granularity, found.timezone, points, found.imported))
        earlier = runtime.timeseries.series(site, compared.span, wanted, granularity, _filters())
        return answer(
            OneSeries(metric, granularity, found.timezone, points, found.imported, earlier.series[metric])
        )

    @routes.get("/top-pages")
    @reckoning.apart
    def top_pages(site_id: str) -> Response:
        site = auth.site_of(runtime, site_id)
        limit = whole_number("limit", 20, 1000)
        return answer(runtime.reports.top_pages(site, _range(runtime, site), limit, _filters()))

    @routes.get("/breakdown")
    @reckoning.apart
    def breakdown(site_id: str) -> Response:
        site = auth.site_of(runtime, site_id)
        dimension = breakdowns.parse_dimension(request.args.get("dimension"))
        wanted, span = _ranking(), _range(runtime, site)
        return answer(runtime.breakdowns.rows(site, span, dimension, wanted, _filters()))

    @routes.get("/vitals")
    @reckoning.apart
    def vitals(site_id: str) -> Response:
        site = auth.site_of(runtime, site_id)
        limit = whole_number("limit", 20, 1000)
        return answer(runtime.vitals.of(site, _range(runtime, site), limit, _filters()))

    return routes


def _range(runtime: Runtime, site: Site) -> Span:
    return range_asked_for(site.zone, runtime.clock.now())


def _filters() -> tuple[Filter, ...]:
    return filters.parse(request.args.get("filters"))


def _ranking() -> Ranking:
    return Ranking(
        whole_number("limit", 20, 1000),
        whole_number("offset", 0, 1_000_000, least=0),
        ranking.parse_search(request.args.get("search")),
        ranking.parse_sort(request.args.get("sort")),
        ranking.parse_order(request.args.get("order")),
    )


def _compared(runtime: Runtime, span: Span) -> Earlier | None:
    """The earlier range asked for by `compare`. Raises InvalidError."""
    compare = comparisons.parse(request.args.get("compare"))
    return comparisons.earlier(span, compare, runtime.clock.now()) if compare else None
