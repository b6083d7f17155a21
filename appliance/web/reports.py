"""The numbers of a site, as JSON."""

from dataclasses import dataclass

from flask import Blueprint, Response, request

from appliance import reports, timerange
from appliance.errors import FieldError, InvalidError
from appliance.reports import Metric, Point
from appliance.runtime import Runtime
from appliance.sites import Site
from appliance.timerange import Granularity, TimeRange
from appliance.web import auth
from appliance.web.requests import answer, whole_number


@dataclass(frozen=True)
class OneSeries:
    metric: Metric
    granularity: Granularity
    timezone: str
    points: list[Point]


def blueprint(runtime: Runtime) -> Blueprint:
    routes = Blueprint("reports", __name__, url_prefix="/api/sites/<site_id>")

    @routes.get("/report")
    def report(site_id: str) -> Response:
        site = auth.site_of(runtime, site_id)
        return answer(runtime.reports.site_report(site, _range(runtime, site)))

    @routes.get("/timeseries")
    def timeseries(site_id: str) -> Response:
        site = auth.site_of(runtime, site_id)
        wanted = reports.parse_metrics(request.args.get("metric"))
        granularity = reports.parse_granularity(request.args.get("granularity"))
        found = runtime.reports.timeseries(site, _range(runtime, site), wanted, granularity)
        if len(wanted) > 1:
            return answer(found)
        return answer(OneSeries(wanted[0], granularity, found.timezone, found.series[wanted[0]]))

    @routes.get("/top-pages")
    def top_pages(site_id: str) -> Response:
        site = auth.site_of(runtime, site_id)
        return answer(runtime.reports.top_pages(site, _range(runtime, site), whole_number("limit", 20, 1000)))

    return routes


def _range(runtime: Runtime, site: Site) -> TimeRange:
    for name in ("filters", "compare"):
        if request.args.get(name):
            # A number over other visits than those asked for would be a wrong number.
            raise InvalidError(f"{name} is not supported yet.", [FieldError(name, "leave it out")])
    return timerange.parse(request.args.get("from"), request.args.get("to"), site.zone, runtime.clock.now())
