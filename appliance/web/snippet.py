"""The scripts for websites, precompressed, under lasting names and under one that names its content."""

from flask import Blueprint, Response, abort, request

from appliance.runtime import Runtime
from appliance.sites.scripts import Script, Scripts
from appliance.web.requests import host_name

LATEST = "public, max-age=3600, stale-while-revalidate=86400"
"""An update reaches every website within a day, and mostly within the hour."""
IMMUTABLE = "public, max-age=31536000, immutable"


def blueprint(runtime: Runtime, scripts: Scripts) -> Blueprint:
    routes = Blueprint("snippet", __name__)

    @routes.get("/analytics.js", defaults={"name": "analytics.js"})
    @routes.get("/analytics.detail.js", defaults={"name": "analytics.detail.js"})
    @routes.get("/consent.js", defaults={"name": "consent.js"})
    def latest(name: str) -> Response:
        _note(runtime)
        return _send(scripts.latest(name), LATEST)

    @routes.get("/analytics.<digest>.js")
    def hashed(digest: str) -> Response:
        script = scripts.pinned(digest)
        if script is None:
            abort(404, "There is no such version of the script here; copy the snippet again.")
        _note(runtime)
        return _send(script, IMMUTABLE)

    return routes


def _note(runtime: Runtime) -> None:
    """For whoever looks whether the script reaches the website: most browsers tell which one asks."""
    host = host_name(request.headers.get("Referer", "").partition("://")[2].partition("/")[0])
    for site in runtime.sites.at_host(host) if host else ():
        runtime.contacts.script_sent(site.site_id)


def _send(script: Script, caching: str) -> Response:
    coding = next((c for c in ("br", "gzip") if request.accept_encodings.quality(c) > 0), "")
    response = Response(script.forms[coding], mimetype="text/javascript")
    if coding:
        response.headers["Content-Encoding"] = coding
    response.headers["Cache-Control"] = caching
    response.headers["Vary"] = "Accept-Encoding"
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    response.set_etag(f"{script.hash}-{coding or 'plain'}")
    response.make_conditional(request)
    return response
