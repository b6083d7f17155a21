"""Downloads."""

import os
import re
from dataclasses import dataclass
from typing import BinaryIO

from flask import Blueprint, Response, request, send_file
from werkzeug.exceptions import RequestedRangeNotSatisfiable

from appliance.reports import exports, filters
from appliance.reports.exports import Format, Wanted
from appliance.runtime import Runtime
from appliance.web import auth
from appliance.web.affinity import on_any_processor
from appliance.web.requests import answer, range_asked_for

MEDIA_TYPES: dict[Format, str] = {
    "csv": "text/csv; charset=utf-8; header=present",
    "json": "application/x-ndjson",
    "parquet": "application/vnd.apache.parquet",
}


@dataclass(frozen=True)
class ExportProgress:
    """How much of the file is made, from 0 to 1; null: none is being made for the same wish."""

    done: float | None


def blueprint(runtime: Runtime) -> Blueprint:
    routes = Blueprint("exports", __name__, url_prefix="/api/sites/<site_id>")

    @routes.get("/export")
    @on_any_processor()
    def download(site_id: str) -> Response:
        wanted = _wanted(runtime, site_id)
        name = file_name(wanted)
        if (wanted.what, wanted.format) == ("report", "json"):
            response = answer(runtime.reports.site_report(wanted.site, wanted.span, wanted.filters))
            response.headers.set("Content-Disposition", "attachment", filename=name)
            return response
        before = runtime.exports.kept(wanted) if request.range else None
        if before is not None:
            if _goes_on(before):
                return _rest(_sent(before, wanted, name), before)
            before.close()
        return _sent(runtime.exports.make(wanted), wanted, name)

    @routes.get("/export/progress")
    def progress(site_id: str) -> Response:
        return answer(ExportProgress(runtime.exports.progress(_wanted(runtime, site_id))))

    return routes


def _wanted(runtime: Runtime, site_id: str) -> Wanted:
    site = auth.site_of(runtime, site_id)
    what, format_ = exports.parse(request.args.get("what"), request.args.get("format"))
    span = range_asked_for(site.zone, runtime.clock.now())
    return Wanted(site, span, filters.parse(request.args.get("filters")), what, format_)


def _sent(file: BinaryIO, wanted: Wanted, name: str) -> Response:
    """Handed to the server as a file: it is sent from the disk, and no thread waits for whoever reads it."""
    response = send_file(file, MEDIA_TYPES[wanted.format], as_attachment=True, download_name=name)
    response.content_length = os.fstat(file.fileno()).st_size
    response.set_etag(_etag(file))
    response.accept_ranges = "bytes"
    return response


def _goes_on(file: BinaryIO) -> bool:
    """Whether the request is for the rest of this file, and not of another that was there before."""
    condition = request.if_range
    return condition.date is None and condition.etag in (None, _etag(file))


def _rest(response: Response, file: BinaryIO) -> Response:
    """Not by Werkzeug, whose way keeps a thread until all of it is read."""
    size = response.content_length or 0
    asked = request.range.range_for_length(size) if request.range else None
    if asked is None:
        response.close()
        raise RequestedRangeNotSatisfiable(size)
    start, end = asked
    file.seek(start)
    response.status_code = 206
    response.content_length = end - start
    response.content_range.set(start, end, size)
    return response


def _etag(file: BinaryIO) -> str:
    made = os.fstat(file.fileno())
    return f"{made.st_ino:x}-{made.st_mtime_ns:x}-{made.st_size:x}"


def file_name(wanted: Wanted) -> str:
    """Of letters, digits and hyphens alone, whatever the site is called."""
    site, what, span = wanted.site, wanted.what, wanted.span
    shop = re.sub(r"[^a-z0-9]+", "-", site.name.lower()).strip("-")[:60] or site.site_id
    ending = "ndjson" if wanted.format == "json" and what != "report" else wanted.format
    return f"{shop}-{what}-{span.first}-to-{span.last}.{ending}"
