"""What is wrong with this Analytiq, as JSON. It asks no database: it must answer when that is the trouble."""

from dataclasses import dataclass

from flask import Blueprint, Response

from appliance.process import notices
from appliance.process.notices import Notice
from appliance.runtime import Runtime
from appliance.web.requests import answer


@dataclass(frozen=True)
class NoticeList:
    notices: list[Notice]


def blueprint(runtime: Runtime) -> Blueprint:
    routes = Blueprint("notices", __name__)

    @routes.get("/api/notices")
    def index() -> Response:
        return answer(NoticeList(notices.of(runtime.health.facts(runtime.clock.now()))))

    return routes
