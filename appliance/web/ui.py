"""The dashboard's files: one page for every address, and its assets under names that never change."""

import re
from pathlib import Path

from flask import Blueprint, Response, abort, request, send_from_directory

# The addresses that the dashboard knows; any other shows its own "not found" page, with that status.
_KNOWN = re.compile(r"|login|signup|sites|sites/new|sites/[\w-]+|sites/[\w-]+/(?:arrived|settings|snippet)")
_NOT_PAGES = ("api/", "assets/", "ingest/", "ws/")


def blueprint(folder: Path) -> Blueprint:
    routes = Blueprint("ui", __name__)
    page_text = (folder / "index.html").read_bytes()
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
        response = Response(page_text, 200 if known else 404, mimetype="text/html")
        response.headers["Cache-Control"] = "no-cache"
        return response

    @routes.get("/assets/<path:path>")
    def asset(path: str) -> Response:
        return send_from_directory(folder / "assets", path, max_age=31_536_000)

    return routes
