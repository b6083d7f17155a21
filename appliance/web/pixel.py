"""Events by the fetching of an image, for pages on which no script runs: `GET /ingest/pixel.gif`."""

import base64
import json
from http import HTTPStatus
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

from appliance.ingest.ingest import Outcome

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

PIXEL_PATH = "/ingest/pixel.gif"
FIELDS = ("url", "path", "title", "referrer", "language", "event_type", "event_id")
"""Of an event, as the query may give them."""

MAX_QUERY_BYTES = 8192

_CLEAR = base64.b64decode("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7")
_HEADERS = {
    "Content-Type": "image/gif",
    "Cache-Control": "no-store",
    "Cross-Origin-Resource-Policy": "cross-origin",
}


def event(environ: "WSGIEnvironment") -> bytes:
    """The body of the event that the query tells of. Its page is the one that shows the image, if it is not
    told, and a pageview is what happened."""
    query = environ.get("QUERY_STRING", "")[:MAX_QUERY_BYTES]
    told = {name: value for name, value in parse_qsl(query) if name in FIELDS}
    fields = {"event_type": "pageview", "url": environ.get("HTTP_REFERER", ""), **told}
    return json.dumps({name: value for name, value in fields.items() if value}).encode()


def answer(outcome: Outcome) -> tuple[HTTPStatus, dict[str, str], bytes]:
    """The image, when the event is on disk; how it fared stands in the status, as for other events."""
    if outcome.ignored is None:
        return HTTPStatus.OK, _HEADERS, _CLEAR
    ignored = {**_HEADERS, "X-Analytiq": f"ignored; reason={outcome.ignored}"}
    return HTTPStatus.ACCEPTED, ignored, _CLEAR
