"""The audit log, for owners alone."""

from flask import Blueprint, Response

from appliance.accounts.audit import NEWEST
from appliance.runtime import Runtime
from appliance.web import auth
from appliance.web.requests import answer, whole_number


def blueprint(runtime: Runtime) -> Blueprint:
    routes = Blueprint("audit", __name__)

    @routes.get("/api/audit")
    def index() -> Response:
        auth.owner()
        before = whole_number("before", default=NEWEST, most=NEWEST)
        return answer(runtime.audit.page(before, whole_number("limit", default=20, most=1000)))

    return routes
