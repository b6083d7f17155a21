"""What became of a site's events, as JSON."""

from flask import Blueprint, Response

from appliance.runtime import Runtime
from appliance.web import auth
from appliance.web.requests import answer, utc_days


def blueprint(runtime: Runtime) -> Blueprint:
    routes = Blueprint("ledger", __name__, url_prefix="/api/sites/<site_id>")

    @routes.get("/ledger")
    def days(site_id: str) -> Response:
        site = auth.site_of(runtime, site_id)
        return answer(runtime.ledger.days(site, utc_days(runtime.clock.now())))

    return routes
