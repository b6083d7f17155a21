"""What is answered while the program starts over, to all that is no event and no script: "in a moment"."""

from flask import Blueprint, Response, request

from appliance.base.errors import UnavailableError

AGAIN_AFTER_S = 1
_METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]
_TOLD = "Analytiq is starting over. It goes on taking events, and nothing is lost; try again in a moment."
_PAGE = """<!DOCTYPE html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<title>Analytiq is starting over</title>
<body style="font: 1rem system-ui; max-width: 30rem; margin: 20vh auto; padding: 0 1rem">
<h1 style="font-size: 1.25rem">Analytiq is starting over</h1>
<p>It goes on taking events, and nothing is lost. This page comes by itself in a moment.</p>
"""


def blueprint() -> Blueprint:
    routes = Blueprint("meanwhile", __name__)

    @routes.route("/", defaults={"_path": ""}, methods=_METHODS)
    @routes.route("/<path:_path>", methods=_METHODS)
    def elsewhere(_path: str) -> Response:
        """Raises UnavailableError; a browser that wants a page gets one, which loads itself again."""
        if request.method == "GET" and request.accept_mimetypes.best == "text/html":
            again = {"Refresh": str(AGAIN_AFTER_S), "Retry-After": str(AGAIN_AFTER_S)}
            return Response(_PAGE, 503, {**again, "Cache-Control": "no-store"})
        raise UnavailableError(_TOLD, AGAIN_AFTER_S)

    return routes
