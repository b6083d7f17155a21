"""Downloads."""

import os
import re

from flask import Blueprint, Response, request, send_file

from appliance.base.timerange import Span
from appliance.reports import exports, filters
from appliance.reports.exports import Format, What
from appliance.runtime import Runtime
from appliance.sites.sites import Site
from appliance.web import auth
from appliance.web.affinity import on_any_processor
from appliance.web.requests import answer, range_asked_for

MEDIA_TYPES: dict[Format, str] = {
    "csv": "text/csv; charset=utf-8; header=present",
    "json": "application/x-ndjson",
    "parquet": "application/vnd.apache.parquet",
}


def blueprint(runtime: Runtime) -> Blueprint:
    routes = Blueprint("exports", __name__, url_prefix="/api/sites/<site_id>")

    @routes.get("/export")
    @on_any_processor()
    def download(site_id: str) -> Response:
        site = auth.site_of(runtime, site_id)
        what, format_ = exports.parse(request.args.get("what"), request.args.get("format"))
        span = range_asked_for(site.zone, runtime.clock.now())
        kept = filters.parse(request.args.get("filters"))
        name = file_name(site, span, what, format_)
        if (what, format_) == ("report", "json"):
            response = answer(runtime.reports.site_report(site, span, kept))
            response.headers.set("Content-Disposition", "attachment", filename=name)
            return response
        file = runtime.exports.make(site, span, kept, what, format_)
        # Handed to the server as a file: it is sent from the disk, and no thread waits for whoever reads it.
        response = send_file(file, MEDIA_TYPES[format_], as_attachment=True, download_name=name)
        response.content_length = os.fstat(file.fileno()).st_size
        return response

    return routes


def file_name(site: Site, span: Span, what: What, format_: Format) -> str:
    """Of letters, digits and hyphens alone, whatever the site is called."""
    shop = re.sub(r"[^a-z0-9]+", "-", site.name.lower()).strip("-")[:60] or site.site_id
    ending = "ndjson" if format_ == "json" and what != "report" else format_
    return f"{shop}-{what}-{span.first}-to-{span.last}.{ending}"
