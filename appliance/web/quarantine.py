"""What was left out of a site's numbers, as JSON."""

from flask import Blueprint, Response

from appliance.runtime import Runtime
from appliance.web import auth
from appliance.web.requests import answer, utc_days


def blueprint(runtime: Runtime) -> Blueprint:
    routes = Blueprint("quarantine", __name__, url_prefix="/api/sites/<site_id>")

    @routes.get("/quarantine")
    def left_out(site_id: str) -> Response:
        site = auth.site_of(runtime, site_id)
        return answer(runtime.quarantine.report(site, utc_days(runtime.clock.now())))

    return routes
