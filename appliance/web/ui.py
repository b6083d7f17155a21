"""The dashboard's files: one page for every address, and its assets, compressed, under lasting names."""

import re
from pathlib import Path

from flask import Blueprint, Response, abort, request, send_from_directory

from appliance.sharing.shares import Shares
from appliance.web.headers import content_policy

# The addresses that the dashboard knows; any other shows its own "not found" page, with that status.
_KNOWN = re.compile(
    r"|login|signup|account|audit|people|invite/[\w-]+|settings/(?:appearance|backups|checkup|jobs|mail|network|retention|webhook)"
    r"|help|help/(?:start|snippet|metrics|privacy|backup|upgrade|troubleshooting|operations|security"
    r"|data-model|your-data)"
    r"|sites|sites/new|sites/[\w-]+|sites/[\w-]+/(?:arrived|goals|import|settings|snippet)"
)
_NOT_PAGES = ("api/", "assets/", "ingest/", "ws/")
_COMPRESSED = {"br": ".br", "gzip": ".gz"}
"""Beside a text of the build lie forms of it in these codings, the smaller first."""

# Named here, for Windows keeps its own idea of what a script is, which any program may change.
_TYPES = {".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml", ".woff2": "font/woff2"}


def blueprint(folder: Path, shares: Shares) -> Blueprint:
    routes = Blueprint("ui", __name__)
    page_text = (folder / "index.html").read_bytes()
    assets = {file.name for file in (folder / "assets").iterdir()}
    beside = {file.name for file in folder.iterdir() if file.is_file() and file.name != "index.html"}

    @routes.get("/", defaults={"path": ""})
    @routes.get("/<path:path>")
    def page(path: str) -> Response:
        if path.startswith(_NOT_PAGES):
            abort(404, "There is nothing at this address.")
        if path in beside:
            return send_from_directory(folder, path, max_age=3600)
        known = _KNOWN.fullmatch(path)
        if not known and "text/html" not in request.headers.get("Accept", ""):
            abort(404, "There is nothing at this address.")
        return whole_page(200 if known else 404)

    @routes.get("/share/<token>")
    def shared(token: str) -> Response:
        share = shares.find(token)
        response = whole_page(200 if share else 404)
        response.headers["Referrer-Policy"] = "no-referrer"  # The address is all that one needs to open it.
        response.headers["X-Robots-Tag"] = "noindex, nofollow"
        if share:
            response.headers["Content-Security-Policy"] = content_policy(framed_by=share.embed_origins)
        return response

    def whole_page(status: int) -> Response:
        response = Response(page_text, status, mimetype="text/html")
        response.headers["Cache-Control"] = "no-cache"
        return response

    @routes.get("/assets/<path:path>")
    def asset(path: str) -> Response:
        if path not in assets:
            abort(404, "There is nothing at this address.")
        forms = {coding: path + suffix for coding, suffix in _COMPRESSED.items() if path + suffix in assets}
        coding = next((coding for coding in forms if request.accept_encodings.quality(coding) > 0), "")
        response = send_from_directory(
            folder / "assets",
            forms.get(coding, path),
            mimetype=_TYPES.get(Path(path).suffix),
            max_age=31_536_000,
        )
        if coding:
            response.headers["Content-Encoding"] = coding
        if forms:
            response.headers["Vary"] = "Accept-Encoding"
        return response

    return routes
