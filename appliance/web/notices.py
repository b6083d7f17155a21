"""What is wrong with this Analytiq and with the websites of whoever asks, as JSON.

It asks no database: it must answer when that is the trouble.
"""

from dataclasses import dataclass

from flask import Blueprint, Response

from appliance.guardian import alarms
from appliance.process import notices
from appliance.process.notices import Notice
from appliance.runtime import Runtime
from appliance.web import auth
from appliance.web.requests import answer


@dataclass(frozen=True)
class NoticeList:
    notices: list[Notice]


def blueprint(runtime: Runtime) -> Blueprint:
    routes = Blueprint("notices", __name__)

    @routes.get("/api/notices")
    def index() -> Response:
        found = notices.of(runtime.health.facts(runtime.clock.now()))
        return answer(NoticeList([*found, *_of_sites(runtime)]))

    return routes


def _of_sites(runtime: Runtime) -> list[Notice]:
    """Of those that whoever asks has."""
    sites = {site.site_id: site for site, _ in runtime.access.sites_of(auth.account())}
    return [alarms.notice(alarm, sites[alarm.site_id]) for alarm in runtime.guardian.alarms(set(sites))]
