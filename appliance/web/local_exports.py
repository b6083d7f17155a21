"""Exports asked for by the command line, as files on this machine, some days at a time."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from flask import Blueprint, Response
from pydantic import BaseModel, ConfigDict

from appliance.base.timerange import TimeRange
from appliance.reports.exports import Format, Wanted
from appliance.runtime import Runtime
from appliance.web import auth
from appliance.web.affinity import on_any_processor
from appliance.web.requests import answer, json_form


class LocalExportForm(BaseModel):
    """Make a file of the days `first_day` to `last_day`; or, without them, only tell which there are."""

    model_config = ConfigDict(extra="forbid")

    site_id: str
    what: Literal["events", "visits"] = "events"
    format: Format = "csv"
    first_day: date | None = None
    last_day: date | None = None


@dataclass(frozen=True)
class LocalExport:
    """`file`: on the server's own machine, for whoever asked to delete. Days are the first and last on which
    something happened; null: nothing has."""

    first_day: date | None
    last_day: date | None
    file: str | None = None


def export_for(runtime: Runtime, form: LocalExportForm) -> LocalExport:
    site = runtime.sites.present(form.site_id)
    if form.first_day is not None and form.last_day is not None:
        wanted = Wanted(site, TimeRange(form.first_day, form.last_day, site.zone), (), form.what, form.format)
        runtime.exports.make(wanted).close()
        return LocalExport(form.first_day, form.last_day, str(runtime.exports.path(wanted)))
    known = runtime.overview.status(site)
    if known.first_event_at is None or known.last_event_at is None:
        return LocalExport(None, None)
    first, last = (each.astimezone(site.zone) for each in (known.first_event_at, known.last_event_at))
    return LocalExport(first.date(), last.date())


def blueprint(runtime: Runtime) -> Blueprint:
    routes = Blueprint("local_exports", __name__, url_prefix="/api/local")

    @routes.post("/export")
    @on_any_processor()
    def ask() -> Response:
        runtime.local_access.admit(auth.bearer_token() or "")
        return answer(export_for(runtime, json_form(LocalExportForm)))

    return routes
