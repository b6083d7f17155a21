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
<title>Analytiq is starting over</title>
<style>
:root { color-scheme: light dark; background: light-dark(#faf9f6, #121413);
  color: light-dark(#1c2321, #ecefed); font: 1rem/1.5 Inter, system-ui, sans-serif }
body { max-width: 24rem; margin: 4rem auto; padding: 0 1rem }
.name { display: flex; gap: .5rem; align-items: center; font-weight: 600; margin: 0 0 2rem }
h1 { font-size: 1.25rem; font-weight: 600; margin: 0 }
h1 + p { margin: .25rem 0; font-size: .875rem; color: light-dark(#4c5653, #b7bfbb) }
</style>
<p class="name"><svg viewBox="0 0 32 32" width="24" height="24" aria-hidden="true">
<rect width="32" height="32" rx="7" fill="#0b6e69"/>
<path d="M6.5 21.5 12 14.5 17 18.5 25 9.5" fill="none" stroke="#fff" stroke-width="3" stroke-linecap="round"
  stroke-linejoin="round"/><circle cx="25" cy="9.5" r="2.6" fill="#fff"/></svg>Analytiq</p>
<h1>Analytiq is starting over</h1>
<p>It goes on taking events, and nothing is lost. This page comes by itself in a moment.</p>
"""


def blueprint() -> Blueprint:
    routes = Blueprint("meanwhile", __name__)

    @routes.route("/", defaults={"_path": ""}, methods=_METHODS)
    @routes.route("/<path:_path>", methods=_METHODS)
    def elsewhere(_path: str) -> Response:
        """Raises UnavailableError; a browser that wants a page gets one, which loads itself again."""
        wanted = request.accept_mimetypes
        if request.method == "GET" and wanted["text/html"] > wanted["application/json"]:
            again = {"Refresh": str(AGAIN_AFTER_S), "Retry-After": str(AGAIN_AFTER_S)}
            return Response(_PAGE, 503, {**again, "Cache-Control": "no-store"})
        raise UnavailableError(_TOLD, AGAIN_AFTER_S)

    return routes
