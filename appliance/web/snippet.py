"""The tracking script, precompressed, under a lasting name and under one that names its content."""

import json
from dataclasses import dataclass
from pathlib import Path

from flask import Blueprint, Response, abort, request

LATEST = "public, max-age=3600, stale-while-revalidate=86400"
"""An update reaches every website within a day, and mostly within the hour."""
IMMUTABLE = "public, max-age=31536000, immutable"


@dataclass(frozen=True)
class _Script:
    """`forms` by content coding; the hash is that of the uncompressed text."""

    hash: str
    forms: dict[str, bytes]


def blueprint(folder: Path) -> Blueprint:
    routes = Blueprint("snippet", __name__)
    script = _read(folder)

    @routes.get("/analytics.js")
    def latest() -> Response:
        return _send(script, LATEST)

    @routes.get("/analytics.<digest>.js")
    def hashed(digest: str) -> Response:
        if digest != script.hash:
            abort(404, "There is no such version of the script any more; use /analytics.js.")
        return _send(script, IMMUTABLE)

    return routes


def _read(folder: Path) -> _Script:
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    forms = {
        "br": (folder / "analytics.js.br").read_bytes(),
        "gzip": (folder / "analytics.js.gz").read_bytes(),
        "": (folder / "analytics.js").read_bytes(),
    }
    return _Script(manifest["analytics.js"]["hash"], forms)


def _send(script: _Script, caching: str) -> Response:
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
