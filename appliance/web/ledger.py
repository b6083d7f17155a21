"""What became of a site's events, as JSON."""

from zoneinfo import ZoneInfo

from flask import Blueprint, Response, request

from appliance import timerange
from appliance.runtime import Runtime
from appliance.web import auth
from appliance.web.requests import answer

_UTC = ZoneInfo("UTC")
"""An event is entered once, under a day that no later change of the site's time zone moves."""


def blueprint(runtime: Runtime) -> Blueprint:
    routes = Blueprint("ledger", __name__, url_prefix="/api/sites/<site_id>")

    @routes.get("/ledger")
    def days(site_id: str) -> Response:
        site = auth.site_of(runtime, site_id)
        span = timerange.parse(request.args.get("from"), request.args.get("to"), _UTC, runtime.clock.now())
        return answer(runtime.ledger.days(site, span))

    return routes
